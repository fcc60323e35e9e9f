import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countTravellers, parseTravellers } from './travellers'

const today = '2026-11-24'
const read = (text: string) => {
  const { groups, unknown } = parseTravellers(text, today)
  const shown = groups.map((group) =>
    [group.count, group.kind, group.reduction === 'none' ? '' : group.reduction, ...group.bornOn].filter(Boolean).join(' '),
  )
  return [...shown, ...unknown.map((word) => `?${word}`)]
}

describe('travellers', () => {
  it.each([
    ['2 adult half', ['2 adult half_fare']],
    ['1 child', ['1 child']],
    ['dog', ['1 dog']],
    ['half', ['1 adult half_fare']],
    ['half 120484', ['1 adult half_fare 1984-04-12']],
    ['2 Erw. Halbtax', ['2 adult half_fare', '?Erw.']],
    ['2 erw halbtax 1 kind hund', ['2 adult half_fare', '1 child', '1 dog']],
    ['half child', ['1 adult half_fare', '1 child']],
    ['half half', ['1 adult half_fare', '1 adult half_fare']],
    ['adulte demi enfant vélo', ['1 adult half_fare', '1 child', '1 bike']],
    ['2 adulti metà bambino bici', ['2 adult half_fare', '1 child', '1 bike']],
    ['ga ga1', ['1 adult ga_2nd', '1 adult ga_1st']],
    ['dog half', ['1 dog', '1 adult half_fare']],
    ['120484 030981', ['2 adult 1984-04-12 1981-09-03']],
    ['2 full 1 half', ['2 adult', '1 adult half_fare']],
    ['child junior', ['1 child junior_card']],
    ['2', ['2 adult']],
    ['0 half', ['1 adult half_fare', '?0']],
    ['xyz', ['?xyz']],
    ['', []],
  ])('%s', (text, groups) => {
    expect(read(text)).toEqual(groups)
  })

  it('never loses or invents anybody', () => {
    const kind = fc.constantFrom('adult', 'child', 'dog', 'bike')
    const chips = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), kind), { maxLength: 8 })
    fc.assert(
      fc.property(chips, (wanted) => {
        const text = wanted.map(([count, word]) => `${String(count)} ${word}`).join(' ')
        const { groups, unknown } = parseTravellers(text, today)
        expect(unknown).toEqual([])
        expect(groups.map((group) => [group.count, group.kind])).toEqual(wanted)
        expect(countTravellers(groups)).toBe(wanted.reduce((sum, [count]) => sum + count, 0))
      }),
    )
  })
})
