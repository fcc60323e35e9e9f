import { describe, expect, it } from 'vitest'
import { findReferenceFault } from './reference'

describe('your reference', () => {
  it.each([
    ['', null, null],
    ['', { is_reference_mandatory: true, reference_pattern: null }, 'missing'],
    ['  ', { is_reference_mandatory: true, reference_pattern: null }, 'missing'],
    ['AB-1234', { is_reference_mandatory: true, reference_pattern: '[A-Z]{2}-\\d{4}' }, null],
    ['AB-12345', { is_reference_mandatory: true, reference_pattern: '[A-Z]{2}-\\d{4}' }, 'pattern'],
    ['x', { is_reference_mandatory: false, reference_pattern: '(?P<python>x)' }, null],
  ])('%s under %o: %s', (text, rule, fault) => {
    expect(findReferenceFault(text, rule)).toBe(fault)
  })
})
