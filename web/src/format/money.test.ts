import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmount, formatMoney, parseAmount } from './money'

describe('amounts', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [123450, '1’234.50'],
    [-2095, '−20.95'],
    [100000000, '1’000’000.00'],
  ])('%i is shown as %s', (rappen, text) => {
    expect(formatAmount(rappen)).toBe(text)
  })

  it('has the currency and a no-break space before the amount', () => {
    expect(formatMoney({ amount: 123450, currency: 'CHF' })).toBe('CHF\u00a01’234.50')
  })

  it.each([
    ["1'234.50", 123450],
    ['1’234.5', 123450],
    ['12.-', 1200],
    ['12.–', 1200],
    ['CHF 12,50', 1250],
    ['−3.20', -320],
    ['-0', 0],
    ['12', 1200],
  ])('%s is read', (text, rappen) => {
    expect(parseAmount(text)).toBe(rappen)
  })

  it.each(['', '1.234', 'zwölf', '1e3', '1.2.3', '12345678901'])('%s is not read', (text) => {
    expect(parseAmount(text)).toBeNull()
  })

  it('reads back whatever it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (rappen) => {
        expect(parseAmount(formatMoney({ amount: rappen, currency: 'CHF' }))).toBe(rappen)
      }),
    )
  })
})
