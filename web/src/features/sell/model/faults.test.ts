import { expect, it } from 'vitest'
import { isFieldRefused } from './faults'

// As the server answers to `PUT /orders/…/travellers` and to a hold.
const errors = [
  { pointer: '/travellers/0/first_name', traveller_code: 't10', field: 'first_name', detail: 'must contain letters' },
  { traveller_code: 't2', field: 'born_on', detail: 'is missing' },
]

it('marks the field that is meant, and no other', () => {
  expect(isFieldRefused(errors, 't10', 'firstName')).toBe(true)
  expect(isFieldRefused(errors, 't2', 'bornOn')).toBe(true)
  expect(isFieldRefused(errors, 't1', 'firstName')).toBe(false)
  expect(isFieldRefused(errors, 't10', 'lastName')).toBe(false)
})

it('marks nothing where a problem names no field', () => {
  for (const nothing of [undefined, null, 'x', [], [null, 'first_name', { pointer: '/travellers' }]]) {
    expect(isFieldRefused(nothing, 't1', 'firstName')).toBe(false)
  }
})
