/** What the list shows, as the address keeps it and as the server is asked. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { OrderState } from '@/api/types'
import { addDays, isRealDate } from '@/format/dates'
import { parseTravelDate, type DateContext } from '@/parse/dates'

export interface OrderFilter {
  text: string
  states: OrderState[]
  isMine: boolean
  travelOn: string | null
  /** Cursor of the page; null is the newest one. */
  cursor: string | null
}

/** States that a seller means together; one chip each. */
export const STATE_GROUPS: readonly { key: string; states: readonly OrderState[] }[] = [
  { key: 'baskets', states: ['open', 'held'] },
  { key: 'unclear', states: ['confirming', 'in_doubt'] },
  { key: 'sold', states: ['confirmed'] },
  { key: 'returned', states: ['cancelled', 'partly_refunded', 'refunded'] },
  { key: 'ended', states: ['failed', 'abandoned', 'expired'] },
]
const STATES = STATE_GROUPS.flatMap((group) => group.states)
export const PAGE_SIZE = 50
const HALF_A_YEAR = 183
const MAX_TEXT = 100

function readOne(value: LocationQuery[string] | undefined): string {
  return String((Array.isArray(value) ? value[0] : value) ?? '')
}

/** Whatever an address says; what makes no sense is left out. */
export function readFilter(query: LocationQuery): OrderFilter {
  const wanted = new Set([query['state']].flat())
  const day = readOne(query['day'])
  return {
    text: readOne(query['text']).slice(0, MAX_TEXT),
    states: STATES.filter((state) => wanted.has(state)),
    isMine: readOne(query['mine']) === '1',
    travelOn: isRealDate(day) ? day : null,
    cursor: readOne(query['after']) || null,
  }
}

export function writeFilter(filter: OrderFilter): LocationQueryRaw {
  return {
    ...(filter.text ? { text: filter.text } : {}),
    ...(filter.states.length > 0 ? { state: filter.states } : {}),
    ...(filter.isMine ? { mine: '1' } : {}),
    ...(filter.travelOn ? { day: filter.travelOn } : {}),
    ...(filter.cursor ? { after: filter.cursor } : {}),
  }
}

export function isFiltered(filter: OrderFilter): boolean {
  return filter.text.trim() !== '' || filter.states.length > 0 || filter.isMine || filter.travelOn !== null
}

export function hasGroup(filter: OrderFilter, states: readonly OrderState[]): boolean {
  return states.every((state) => filter.states.includes(state))
}

export function toggleGroup(filter: OrderFilter, states: readonly OrderState[]): OrderFilter {
  const isOn = hasGroup(filter, states)
  const others = filter.states.filter((state) => !states.includes(state))
  return { ...filter, states: isOn ? others : [...others, ...states], cursor: null }
}

const isPartialDate = (text: string) => /^\d{1,2}[./-]\d{1,2}[./-]?$/.test(text)
const isNumericDate = (text: string) => isPartialDate(text) || /^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})$/.test(text)

/** A day as people type it. Orders lie behind as well as ahead, so a day without a year is the nearest such day. */
export function parseOrderDay(text: string, context: DateContext): string | null {
  const typed = text.trim()
  const today = isPartialDate(typed) ? addDays(context.today, -HALF_A_YEAR) : context.today
  return parseTravelDate(typed, { ...context, today })
}

/** The day that was typed where one searches for anything; null if it is something else. Words may be names. */
export function readTextAsDay(text: string, context: DateContext): string | null {
  return isNumericDate(text.trim()) ? parseOrderDay(text, context) : null
}

/** The question for the server; the same for the list and for its CSV. */
export function toParameters(filter: OrderFilter, context: DateContext) {
  const day = readTextAsDay(filter.text, context)
  return {
    query: day === null ? filter.text.trim() : '',
    state: filter.states,
    is_mine: filter.isMine || undefined,
    travel_on: day ?? filter.travelOn,
    cursor: filter.cursor,
    limit: PAGE_SIZE,
  }
}
