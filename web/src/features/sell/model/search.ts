/** What is looked for: the form of the left column as plain data, and how a command changes it. */
import { addDays } from '@/format/dates'
import type { CommandReading, PlaceReading } from '@/parse/command'
import type { NamedProduct } from '@/parse/products'
import type { Place } from '@/places/rules'
import type { TravellerGroup } from '@/parse/travellers'

export type JourneyKind = 'single' | 'return' | 'product'

export interface SearchForm {
  kind: JourneyKind
  origin: Place | null
  destination: Place | null
  via: Place[]
  date: string
  /** Null means now. */
  time: string | null
  isArrival: boolean
  returnDate: string | null
  returnTime: string | null
  travelClass: 1 | 2
  party: TravellerGroup[]
  product: NamedProduct | null
}

export const ONE_ADULT: TravellerGroup = { count: 1, kind: 'adult', reduction: 'none', bornOn: [] }

export function makeEmptyForm(today: string): SearchForm {
  return {
    kind: 'single', origin: null, destination: null, via: [], date: today, time: null, isArrival: false,
    returnDate: null, returnTime: null, travelClass: 2, party: [{ ...ONE_ADULT, bornOn: [] }], product: null,
  }
}

/** A text of a command that is not one place or product: which field, and what it may be. */
export interface OpenQuestion {
  field: 'origin' | 'destination' | 'via' | 'product'
  text: string
  candidates: (Place | NamedProduct)[]
}

function ask(field: 'origin' | 'destination' | 'via', place: PlaceReading): OpenQuestion[] {
  return place.candidates.length === 1 ? [] : [{ field, text: place.text, candidates: place.candidates }]
}

/** What must be decided before the command can be carried out, in the order of its words. */
export function listQuestions(reading: CommandReading): OpenQuestion[] {
  const { origin, destination, via, product } = reading
  return [
    ...(origin ? ask('origin', origin) : []),
    ...(destination ? ask('destination', destination) : []),
    ...via.flatMap((place) => ask('via', place)),
    ...(product && product.candidates.length !== 1
      ? [{ field: 'product' as const, text: product.text, candidates: product.candidates }]
      : []),
  ]
}

function takeOnly<T>(candidates: readonly T[] | undefined): T | null {
  return candidates?.length === 1 ? (candidates[0] ?? null) : null
}

function isNewSearch(reading: CommandReading): boolean {
  return reading.origin !== null || reading.product !== null
}

function decideKind(form: SearchForm, reading: CommandReading): JourneyKind {
  if (reading.product) return 'product'
  if (reading.isReturn === true || reading.returnDate !== null || reading.returnTime !== null) return 'return'
  if (reading.isReturn === false || reading.origin) return 'single'
  return form.kind
}

/** The form after a command. A new search begins from nothing but keeps the travellers if it names none. */
export function applyCommand(form: SearchForm, reading: CommandReading, today: string): SearchForm {
  const isNew = isNewSearch(reading)
  const base = isNew ? { ...makeEmptyForm(today), party: form.party, travelClass: form.travelClass } : form
  const places = isNew
    ? {
        origin: takeOnly(reading.origin?.candidates),
        destination: takeOnly(reading.destination?.candidates),
        via: reading.via.flatMap((place) => takeOnly(place.candidates) ?? []),
        product: takeOnly(reading.product?.candidates),
      }
    : {}
  return {
    ...base,
    ...places,
    kind: decideKind(base, reading),
    date: reading.date ?? base.date,
    time: reading.time ?? base.time,
    isArrival: reading.isArrival ?? base.isArrival,
    returnDate: reading.returnDate ?? base.returnDate,
    returnTime: reading.returnTime ?? base.returnTime,
    travelClass: reading.travelClass ?? base.travelClass,
    party: reading.travellers.length > 0 ? reading.travellers : base.party,
  }
}

/** Everything needed to search is there. */
export function canSearch(form: SearchForm): boolean {
  if (form.party.length === 0) return false
  if (form.kind === 'product') return form.product !== null
  return form.origin !== null && form.destination !== null
}

/** The day of the way back: as asked for, else the same day; never before the way there. */
export function findReturnDate(form: SearchForm): string {
  return form.returnDate !== null && form.returnDate > form.date ? form.returnDate : form.date
}

/** When the way back is looked for: as asked for, else two hours after the arrival there. */
export function findReturnStart(form: SearchForm, arrival: { date: string; time: string }) {
  const date = findReturnDate(form)
  if (form.returnTime !== null) return { date, time: form.returnTime }
  if (date > arrival.date) return { date, time: '08:00' }
  const hour = Number(arrival.time.slice(0, 2)) + 2
  return hour < 24
    ? { date: arrival.date, time: `${String(hour).padStart(2, '0')}:${arrival.time.slice(3, 5)}` }
    : { date: addDays(arrival.date, 1), time: '08:00' }
}
