/** Dates (`2026-11-24`) and times (`08:30`) as plain texts, always on the wall clock of Switzerland. */
import type { Language } from './language'

const WEEKDAYS: Record<Language, readonly string[]> = {
  de: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
  fr: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
  it: ['do', 'lu', 'ma', 'me', 'gi', 've', 'sa'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const LONG_LOCALES: Record<Language, string> = { de: 'de-CH', fr: 'fr-CH', it: 'it-CH', en: 'en-GB' }

const zurich = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Zurich',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

export interface WallClock {
  date: string
  time: string
  seconds: string
}

/** A moment on the wall clock of Switzerland. */
export function readWallClock(moment: Date | string | number): WallClock {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of zurich.formatToParts(new Date(moment))) parts[part.type] = part.value
  return {
    date: `${parts.year ?? ''}-${parts.month ?? ''}-${parts.day ?? ''}`,
    time: `${parts.hour ?? ''}:${parts.minute ?? ''}`,
    seconds: parts.second ?? '',
  }
}

export function formatTime(moment: string): string {
  return readWallClock(moment).time
}

export function formatTimeWithSeconds(moment: string): string {
  const clock = readWallClock(moment)
  return `${clock.time}:${clock.seconds}`
}

function toUtc(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

export function isRealDate(date: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return false
  const day = toUtc(date)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date)
}

export function addDays(date: string, days: number): string {
  const day = toUtc(date)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** 0 is Sunday. */
export function findWeekday(date: string): number {
  return toUtc(date).getUTCDay()
}

export function countDaysBetween(from: string, to: string): number {
  return Math.round((toUtc(to).getTime() - toUtc(from).getTime()) / 86_400_000)
}

export function formatWeekday(date: string, language: Language): string {
  return WEEKDAYS[language][findWeekday(date)] ?? ''
}

/** `24.11.2026`, for dates that need no weekday (dates of birth). */
export function formatPlainDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${day}.${month}.${year}`
}

/** `Di 24.11.2026` */
export function formatDate(date: string, language: Language): string {
  return `${formatWeekday(date, language)} ${formatPlainDate(date)}`
}

/** `Di 24.11.` */
export function formatShortDate(date: string, language: Language): string {
  return formatDate(date, language).slice(0, -4)
}

/** `Dienstag, 24. November 2026`, for reading aloud. */
export function formatLongDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(LONG_LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(toUtc(date))
}

/** `56 min`, `1 h 20` */
export function formatDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${String(minutes)}\u00a0min`
  return `${String(Math.floor(minutes / 60))}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`
}

/** `26:24`, for a countdown; never negative. */
export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  return `${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`
}

/** Whole years between a date of birth and a day. Who was born on 29 February has their birthday on 1 March. */
export function computeAge(bornOn: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years
}
