import { describe, expect, it } from 'vitest'
import { addDays, computeAge, formatCountdown, formatDate, formatDuration, formatShortDate, isRealDate, readWallClock } from './dates'
import { LANGUAGES } from './language'

describe('dates', () => {
  it('shows the weekday by language', () => {
    const shown = LANGUAGES.map((language) => formatDate('2026-11-24', language))
    expect(shown).toEqual(['Di 24.11.2026', 'mar. 24.11.2026', 'ma 24.11.2026', 'Tue 24.11.2026'])
    expect(formatShortDate('2026-11-24', 'de')).toBe('Di 24.11.')
  })

  it('shows moments on the wall clock of Switzerland, in summer and winter', () => {
    expect(readWallClock('2026-07-01T22:30:00Z')).toEqual({ date: '2026-07-02', time: '00:30', seconds: '00' })
    expect(readWallClock('2026-11-24T08:32:00+01:00')).toEqual({ date: '2026-11-24', time: '08:32', seconds: '00' })
    expect(readWallClock('2026-11-24T23:00:00Z').time).toBe('00:00')
  })

  it('counts days over the end of a year and of February', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(isRealDate('2027-02-29')).toBe(false)
  })

  it('computes an age, also of who was born on 29 February', () => {
    expect(computeAge('1984-04-12', '2026-04-11')).toBe(41)
    expect(computeAge('1984-04-12', '2026-04-12')).toBe(42)
    expect(computeAge('2008-02-29', '2026-02-28')).toBe(17)
    expect(computeAge('2008-02-29', '2026-03-01')).toBe(18)
  })

  it('shows durations and countdowns', () => {
    expect(formatDuration(56 * 60)).toBe('56\u00a0min')
    expect(formatDuration(80 * 60)).toBe('1\u00a0h\u00a020')
    expect(formatCountdown(1584.9)).toBe('26:24')
    expect(formatCountdown(-3)).toBe('00:00')
  })
})
