import { addDays, findWeekday, isRealDate } from '@/format/dates'
import { LANGUAGES, type Language } from '@/format/language'
import { DAY_WORDS, WEEKDAY_WORDS, foldWord } from './words'

export interface DateContext {
  /** Today in Switzerland, `2026-11-24`. */
  today: string
  language: Language
}

function makeDate(year: number, month: string, day: string): string | null {
  const date = `${String(year).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDate(date) ? date : null
}

/** The meaning of a word: the screen's language first; in others only if they agree. */
function findWordValue(word: string, words: Record<Language, Readonly<Record<string, number>>>, language: Language) {
  const own = words[language][word]
  if (own !== undefined) return own
  const meanings = new Set(LANGUAGES.map((other) => words[other][word]).filter((value) => value !== undefined))
  return meanings.size === 1 ? [...meanings][0] : undefined
}

function parseDateWord(word: string, { today, language }: DateContext): string | null {
  const shift = findWordValue(word, DAY_WORDS, language)
  if (shift !== undefined) return addDays(today, shift)
  const weekday = findWordValue(word.replace(/\.$/, ''), WEEKDAY_WORDS, language)
  // A weekday is the next such day after today: whoever means today says so.
  if (weekday !== undefined) return addDays(today, (weekday - findWeekday(today) + 6) % 7 + 1)
  return null
}

/** A day and month without a year is the next such day, today included. 29 February waits for its year. */
function completeYear(day: string, month: string, today: string): string | null {
  const year = Number(today.slice(0, 4))
  for (let next = year; next <= year + 8; next += 1) {
    const date = makeDate(next, month, day)
    if (date !== null && date >= today) return date
  }
  return null
}

/** A date of travel as people type it: `24.12.`, `24/12`, `24.12.26`, `tom`, `fr`, `+1`, `2026-12-24`; or null. */
export function parseTravelDate(text: string, context: DateContext): string | null {
  const word = foldWord(text.trim())
  const shift = /^([+-])(\d{1,3})(?:[dtjg])?$/.exec(word)
  if (shift) return addDays(context.today, Number(shift[2]) * (shift[1] === '-' ? -1 : 1))
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return isRealDate(word) ? word : null
  const numeric = /^(\d{1,2})[./-](\d{1,2})(?:[./-]?|[./-](\d{2}|\d{4}))$/.exec(word)
  if (!numeric) return parseDateWord(word, context)
  const [, day = '', month = '', year] = numeric
  if (year === undefined) return completeYear(day, month, context.today)
  return makeDate(year.length === 2 ? 2000 + Number(year) : Number(year), month, day)
}

/** A date of birth: `120484`, `12041984`, `12.4.84`, `12/04/1984`; never in the future, at most 120 years ago. */
export function parseBirthDate(text: string, today: string): string | null {
  const match =
    /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text.trim()) ?? /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})$/.exec(text.trim())
  if (!match) return null
  const [, day = '', month = '', year = ''] = match
  const thisYear = Number(today.slice(0, 4))
  const candidates = year.length === 4 ? [Number(year)] : [2000 + Number(year), 1900 + Number(year)]
  for (const candidate of candidates) {
    const date = makeDate(candidate, month, day)
    if (date !== null && date <= today && thisYear - candidate <= 120) return date
  }
  return null
}
