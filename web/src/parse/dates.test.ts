import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, formatPlainDate } from '@/format/dates'
import type { Language } from '@/format/language'
import { parseBirthDate, parseTravelDate } from './dates'

// A Tuesday.
const today = '2026-11-24'
const read = (text: string, language: Language = 'de') => parseTravelDate(text, { today, language })

describe('dates of travel', () => {
  it.each([
    ['24.12.', '2026-12-24'],
    ['24.12', '2026-12-24'],
    ['24/12', '2026-12-24'],
    ['24.12.26', '2026-12-24'],
    ['24.12.2027', '2027-12-24'],
    ['2026-12-24', '2026-12-24'],
    ['3.1.', '2027-01-03'],
    ['24.11.', '2026-11-24'],
    ['29.2.', '2028-02-29'],
    ['+1', '2026-11-25'],
    ['+14', '2026-12-08'],
    ['heute', today],
    ['morgen', '2026-11-25'],
    ['übermorgen', '2026-11-26'],
    ['uebermorgen', '2026-11-26'],
    ['tom', '2026-11-25'],
    ['domani', '2026-11-25'],
    ['après-demain', '2026-11-26'],
    ['Fr', '2026-11-27'],
    ['fr.', '2026-11-27'],
    ['di', '2026-12-01'],
    ['Mercredi', '2026-11-25'],
  ])('%s is %s', (text, date) => {
    expect(read(text)).toBe(date)
  })

  it.each(['', 'xy', '31.4.', '24.13.', '0830', '+', '32.1.2027'])('%s is none', (text) => {
    expect(read(text)).toBeNull()
  })

  it('takes words that differ between languages by that of the screen, and never guesses', () => {
    expect(read('do', 'de')).toBe('2026-11-26')
    expect(read('do', 'it')).toBe('2026-11-29')
    expect(read('di', 'fr')).toBe('2026-11-29')
    expect(read('do', 'en')).toBeNull()
    expect(read('di', 'en')).toBeNull()
    expect(read('me', 'en')).toBe('2026-11-25')
  })

  it('reads every full date that it could show', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
        const date = addDays(today, days)
        expect(read(formatPlainDate(date))).toBe(date)
      }),
    )
  })
})

describe('dates of birth', () => {
  it.each([
    ['120484', '1984-04-12'],
    ['12041984', '1984-04-12'],
    ['12.4.84', '1984-04-12'],
    ['12/04/1984', '1984-04-12'],
    ['010125', '2025-01-01'],
    ['241126', '2026-11-24'],
    ['251126', '1926-11-25'],
    ['01011906', '1906-01-01'],
  ])('%s is %s', (text, date) => {
    expect(parseBirthDate(text, today)).toBe(date)
  })

  it.each(['', '12.4.', '310284', '25112026', '01011905', '1204844'])('%s is none', (text) => {
    expect(parseBirthDate(text, today)).toBeNull()
  })
})
