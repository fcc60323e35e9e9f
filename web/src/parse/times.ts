import { NOW_WORDS, foldWord } from './words'

export interface TimeReading {
  /** `08:30` */
  time: string
  /** Days by which a shift (`+3h`) goes past midnight. */
  addDays: number
}

function makeTime(hours: number, minutes: number): TimeReading | null {
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null
  return {
    time: `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`,
    addDays: hours === 24 ? 1 : 0,
  }
}

function shiftTime(now: string, minutes: number): TimeReading {
  const total = Number(now.slice(0, 2)) * 60 + Number(now.slice(3, 5)) + minutes
  const days = Math.floor(total / 1440)
  const rest = total - days * 1440
  const time = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
  return { time, addDays: days }
}

/** A shift as typed: `+1h`, `+1h30`, `+30`, `-15`, in minutes; or null. A bare number counts minutes. */
export function parseTimeShift(text: string): number | null {
  const match = /^([+-])(?:(\d{1,2})h(\d{1,2})?|(\d{1,3})(?:m|min|')?)$/.exec(foldWord(text.trim()))
  if (!match) return null
  const minutes = match[2] === undefined ? Number(match[4]) : Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

/** A time as people type it: `830`, `0830`, `8:30`, `8.30`, `8h30`, `14h`, `8`, `+1h`, `+30`, `now`; or null. */
export function parseTime(text: string, now: string): TimeReading | null {
  const word = foldWord(text.trim())
  if (NOW_WORDS.has(word)) return { time: now, addDays: 0 }
  const shift = parseTimeShift(word)
  if (shift !== null) return shiftTime(now, shift)
  const match = /^(\d{1,2})[:.h](\d{2})$/.exec(word) ?? /^(\d{1,2})(\d{2})$/.exec(word) ?? /^(\d{1,2})h?$/.exec(word)
  return match ? makeTime(Number(match[1]), Number(match[2] ?? 0)) : null
}
