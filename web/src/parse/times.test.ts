import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTime } from './times'

describe('times', () => {
  it.each([
    ['830', '08:30', 0],
    ['0830', '08:30', 0],
    ['8:30', '08:30', 0],
    ['8.30', '08:30', 0],
    ['8h30', '08:30', 0],
    ['14h', '14:00', 0],
    ['8', '08:00', 0],
    ['0', '00:00', 0],
    ['2400', '00:00', 1],
    ['+1h', '09:02', 0],
    ['+1h30', '09:32', 0],
    ['+30', '08:32', 0],
    ['+16h', '00:02', 1],
    ['-9h', '23:02', -1],
    ['jetzt', '08:02', 0],
    ['now', '08:02', 0],
  ])('%s is %s', (text, time, addDays) => {
    expect(parseTime(text, '08:02')).toEqual({ time, addDays })
  })

  it.each(['', '860', '2401', '25', '8:3', 'abc', '12345', '+', '24.12.'])('%s is none', (text) => {
    expect(parseTime(text, '08:02')).toBeNull()
  })

  it('reads every time of the day however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hours, minutes) => {
        const [hour, minute] = [String(hours), String(minutes).padStart(2, '0')]
        const time = `${hour.padStart(2, '0')}:${minute}`
        for (const text of [`${hour}:${minute}`, `${hour}.${minute}`, `${hour}h${minute}`, `${hour}${minute}`]) {
          expect(parseTime(text, '12:00')?.time).toBe(time)
        }
      }),
    )
  })
})
