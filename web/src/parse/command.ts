/**
 * The command line: `zue bn 0830 half`, or a change to the present search: `k1`, `+1h`, `return 1730`.
 *
 * Two places come first (each may have several words), then everything else in any order. Of all ways to cut the
 * first words into two places the one that leaves the fewest words without a meaning counts. A text that could be
 * several places is never resolved here: the caller shows the candidates.
 */
import { addDays } from '@/format/dates'
import { findCandidates, type Place, type PlaceIndex } from '@/places/rules'
import { parseTravelDate, type DateContext } from './dates'
import { findProducts, type NamedProduct } from './products'
import { parseTime } from './times'
import { TravellerReader, type TravellerGroup } from './travellers'
import { ARRIVAL_WORDS, DEPARTURE_WORDS, RETURN_WORDS, SINGLE_WORDS, VIA_WORDS, foldWord } from './words'

export interface CommandContext extends DateContext {
  /** Now in Switzerland, `08:02`. */
  now: string
  places: PlaceIndex
  products: readonly NamedProduct[]
  /** Whether a search stands that a line without places changes, and its date and time. */
  present: { date: string; time: string } | null
}

export interface PlaceReading {
  text: string
  /** One: resolved. Several: ask. None: unknown here. */
  candidates: Place[]
}

export interface ProductReading {
  text: string
  candidates: NamedProduct[]
}

export interface CommandReading {
  origin: PlaceReading | null
  destination: PlaceReading | null
  via: PlaceReading[]
  product: ProductReading | null
  date: string | null
  time: string | null
  isArrival: boolean | null
  travelClass: 1 | 2 | null
  isReturn: boolean | null
  returnDate: string | null
  returnTime: string | null
  travellers: TravellerGroup[]
  /** Words without a meaning. */
  unknown: string[]
}

const MAX_PLACE_WORDS = 4
const MAX_PRODUCT_WORDS = 7

/** Reads what stands after the places. */
class DetailReader {
  readonly reading: CommandReading = {
    origin: null, destination: null, via: [], product: null, date: null, time: null, isArrival: null,
    travelClass: null, isReturn: null, returnDate: null, returnTime: null, travellers: [], unknown: [],
  }
  private readonly travellers: TravellerReader
  private readonly base: { date: string; time: string }

  constructor(private readonly context: CommandContext, private readonly findPlace: PlaceFinder) {
    this.travellers = new TravellerReader(context.today)
    this.base = context.present ?? { date: context.today, time: context.now }
  }

  readAll(words: readonly string[]): CommandReading {
    let at = 0
    while (at < words.length) at += this.readFrom(words, at)
    this.reading.travellers = this.travellers.finish()
    return this.reading
  }

  /** Takes one word or more; how many. */
  private readFrom(words: readonly string[], at: number): number {
    const word = words[at] ?? ''
    const folded = foldWord(word)
    if (VIA_WORDS.has(folded) && at + 1 < words.length) {
      const place = this.findPlace(words, at + 1)
      this.reading.via.push(place.reading)
      return 1 + place.length
    }
    const isTaken =
      this.takeDirection(folded) || this.takeClass(folded) || this.takeShift(folded) || this.takeClock(word) ||
      this.takeDate(word) || this.travellers.takeWord(word) || this.takeBareTime(word)
    if (!isTaken) this.reading.unknown.push(word)
    return 1
  }

  private takeDirection(word: string): boolean {
    if (RETURN_WORDS.has(word)) this.reading.isReturn = true
    else if (SINGLE_WORDS.has(word)) this.reading.isReturn = false
    else if (ARRIVAL_WORDS.has(word)) this.reading.isArrival = true
    else if (DEPARTURE_WORDS.has(word)) this.reading.isArrival = false
    else return false
    return true
  }

  private takeClass(word: string): boolean {
    const match = /^(?:k([12])|([12])\.?(?:kl|cl)\.?)$/.exec(word)
    if (!match) return false
    this.reading.travelClass = (match[1] ?? match[2]) === '1' ? 1 : 2
    return true
  }

  /** `+1h`, `+30` shift the time; `+1` to `+9` the day. */
  private takeShift(word: string): boolean {
    if (!/^[+-]/.test(word)) return false
    const days = /^([+-]\d)[dtjg]?$/.exec(word)
    if (days) return this.setDate(addDays(this.base.date, Number(days[1])))
    const moved = parseTime(word, this.base.time)
    if (!moved) return false
    return this.setTime(moved.time) && (moved.addDays === 0 || this.setDate(addDays(this.base.date, moved.addDays)))
  }

  /** What can only be a time: `0830`, `830`, `8:30`, `8h30`, `now`. */
  private takeClock(word: string): boolean {
    const clock = /^\d{1,2}$|^\d{1,2}\.\d{2}\.?$/.test(word) ? null : parseTime(word, this.context.now)
    if (!clock) return false
    return this.setTime(clock.time) && (clock.addDays === 0 || this.setDate(addDays(this.base.date, clock.addDays)))
  }

  private takeDate(word: string): boolean {
    const date = /^\d{1,2}$/.test(word) ? null : parseTravelDate(word, this.context)
    return date !== null && this.setDate(date)
  }

  /** `8.30`, which is no date. */
  private takeBareTime(word: string): boolean {
    const clock = /^\d{1,2}\.\d{2}$/.test(word) ? parseTime(word, this.context.now) : null
    return clock !== null && this.setTime(clock.time)
  }

  /** After `return` a time or date is that of the way back; a second one of the same kind has no meaning. */
  private setTime(time: string): boolean {
    const field = this.reading.isReturn === true ? 'returnTime' : 'time'
    if (this.reading[field] !== null) return false
    this.reading[field] = time
    return true
  }

  private setDate(date: string): boolean {
    const field = this.reading.isReturn === true ? 'returnDate' : 'date'
    if (this.reading[field] !== null) return false
    this.reading[field] = date
    return true
  }
}

type PlaceFinder = (words: readonly string[], at: number) => { reading: PlaceReading; length: number }

/** Looks texts up once per line. */
function makePlaceLookup(places: PlaceIndex) {
  const known = new Map<string, PlaceReading & { isExact: boolean }>()
  return (text: string) => {
    let found = known.get(text)
    if (!found) {
      const { places: candidates, isExact } = findCandidates(text, places)
      found = { text, candidates, isExact: isExact && candidates.length === 1 }
      known.set(text, found)
    }
    return found
  }
}

interface Cut {
  reading: CommandReading
  cost: number
}

function readPlaces(words: readonly string[], context: CommandContext): CommandReading {
  const lookUp = makePlaceLookup(context.places)
  const findPlace: PlaceFinder = (from, at) => {
    const lengths = [1, 2, 3, 4].filter((length) => at + length <= from.length).reverse()
    const readings = lengths.map((length) => ({ length, reading: lookUp(from.slice(at, at + length).join(' ')) }))
    const best = readings.find(({ reading }) => reading.isExact) ?? readings.at(-1)
    return best ?? { length: 1, reading: { text: '', candidates: [] } }
  }
  let best: Cut | null = null
  for (let first = 1; first <= Math.min(MAX_PLACE_WORDS, words.length); first += 1) {
    const origin = lookUp(words.slice(0, first).join(' '))
    if (first > 1 && origin.candidates.length === 0) break
    for (let second = 1; second <= Math.min(MAX_PLACE_WORDS, Math.max(1, words.length - first)); second += 1) {
      const destination = first < words.length ? lookUp(words.slice(first, first + second).join(' ')) : null
      if (second > 1 && destination?.candidates.length === 0) break
      const rest = words.slice(first + (destination ? second : 0))
      const reading = { ...new DetailReader(context, findPlace).readAll(rest), origin, destination }
      const cost = computeCost(reading) + [origin, destination].filter((place) => place && !place.isExact).length
      if (!best || cost < best.cost) best = { reading, cost }
    }
  }
  return best?.reading ?? new DetailReader(context, findPlace).readAll(words)
}

function computeCost(reading: CommandReading): number {
  const places = [reading.origin, reading.destination, ...reading.via].filter((place) => place !== null)
  const missing = places.filter((place) => place.candidates.length === 0).length
  const ambiguous = places.filter((place) => place.candidates.length > 1).length
  return (reading.unknown.length + missing) * 100 + ambiguous * 10
}

/** A line that begins with a product's name: the longest run of words that names one or several. */
function readProduct(words: readonly string[], context: CommandContext, findPlace: PlaceFinder): CommandReading | null {
  for (let length = Math.min(MAX_PRODUCT_WORDS, words.length); length > 0; length -= 1) {
    const text = words.slice(0, length).join(' ')
    const candidates = findProducts(text, context.products)
    if (candidates.length > 0) {
      return { ...new DetailReader(context, findPlace).readAll(words.slice(length)), product: { text, candidates } }
    }
  }
  return null
}

/** What a line means; null for an empty one. */
export function parseCommand(line: string, context: CommandContext): CommandReading | null {
  const words = line.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return null
  const noPlace: PlaceFinder = (from, at) => ({ length: 1, reading: { text: from[at] ?? '', candidates: [] } })
  if (context.present) {
    const changes = new DetailReader(context, noPlace).readAll(words)
    if (changes.unknown.length === 0 && changes.via.length === 0) return changes
  }
  const trip = readPlaces(words, context)
  if (computeCost(trip) < 100 && trip.destination) return trip
  const product = readProduct(words, context, noPlace)
  if (product && computeCost(product) < 100) return product
  return trip
}
