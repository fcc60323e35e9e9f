/**
 * How typed text finds a place: the rules are explained in tests/places/matching.py, which asks the same of the station
 * file; held together by tests/places/vectors.json, which both test suites read.
 */

export interface Place {
  uic: string
  name: string
  weight: number
  abbreviations: readonly string[]
  /** Names other than the native one. */
  names: readonly string[]
}

const LIGATURES: Readonly<Record<string, string>> = { ß: 'ss', œ: 'oe', æ: 'ae' }
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' }
const SAINTS = ['st', 'ste', 'saint', 'sainte', 'sankt', 'san', 'santa']
const SAINT_SPELLINGS = [...SAINTS, 's']
const CANTON_CODE =
  /^(.+) (?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH)$/
const MINIMUM_LETTERS = 2

function spellPlainly(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, ' ').trim()
}

/** The one or two comparable spellings of a text: umlauts without dots, and umlauts written out. */
export function listSpellings(text: string): string[] {
  const lowered = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßœæ]/g, (letter) => LIGATURES[letter] ?? letter)
    .replace(/(?<![a-z0-9])s\./g, 'st ')
  const written = lowered.replace(/[äöü]/g, (letter) => UMLAUTS[letter] ?? letter)
  return [...new Set([spellPlainly(lowered), spellPlainly(written)])].filter(Boolean)
}

function listSaintSpellings(spelling: string): string[] {
  const words = spelling.split(' ')
  if (!words.some((word) => SAINTS.includes(word))) return [spelling]
  return SAINT_SPELLINGS.map((saint) => words.map((word) => (SAINTS.includes(word) ? saint : word)).join(' '))
}

function listNameSpellings(name: string): string[] {
  const withoutCanton = CANTON_CODE.exec(name)?.[1]
  const names = withoutCanton === undefined ? [name] : [name, withoutCanton]
  return names.flatMap(listSpellings).flatMap(listSaintSpellings)
}

interface Entry {
  place: Place
  abbreviations: ReadonlySet<string>
  names: readonly string[]
  /** Those of the native name as written. */
  nativeNames: ReadonlySet<string>
}

export interface PlaceIndex {
  entries: readonly Entry[]
  byUic: ReadonlyMap<string, Place>
}

/** Spells all names and abbreviations once, so that a key stroke only compares. */
export function buildPlaceIndex(places: readonly Place[]): PlaceIndex {
  const entries = places.map((place) => ({
    place,
    abbreviations: new Set(place.abbreviations.map((text) => text.toLowerCase())),
    names: [...new Set([place.name, ...place.names].flatMap(listNameSpellings))],
    nativeNames: new Set(listSpellings(place.name)),
  }))
  return { entries, byUic: new Map(places.map((place) => [place.uic, place])) }
}

interface PlaceMatch {
  /** 0 abbreviation, 1 name, 2 start of a name, 3 start of a later word. */
  rank: number
  isName: boolean
  /** By its names it can stand against another place's abbreviation. */
  canContend: boolean
  place: Place
}

function matchName(queries: readonly string[], name: string): number | null {
  if (queries.includes(name)) return 1
  if (queries.some((query) => name.startsWith(query))) return 2
  return queries.some((query) => name.includes(` ${query}`)) ? 3 : null
}

function matchEntry(queries: readonly string[], letters: number, entry: Entry): PlaceMatch | null {
  const { place } = entry
  const isAbbreviation = entry.abbreviations.has(queries[0] ?? '')
  if (letters < MINIMUM_LETTERS) return isAbbreviation ? { rank: 0, isName: false, canContend: false, place } : null
  let best = 4
  let canContend = false
  for (const name of entry.names) {
    const rank = matchName(queries, name)
    if (rank === null) continue
    best = Math.min(best, rank)
    const isLong = letters > MINIMUM_LETTERS || entry.nativeNames.has(name)
    canContend ||= isLong && (rank <= 2 || queries.some((query) => ` ${name} `.includes(` ${query} `)))
  }
  if (best === 4 && !isAbbreviation) return null
  return { rank: isAbbreviation ? 0 : best, isName: best === 1, canContend, place }
}

/** By code points, as Python sorts. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function compareMatches(one: PlaceMatch, other: PlaceMatch): number {
  return (
    one.rank - other.rank ||
    other.place.weight - one.place.weight ||
    compareTexts(one.place.name, other.place.name) ||
    compareTexts(one.place.uic, other.place.uic)
  )
}

function matchPlaces(query: string, index: PlaceIndex): PlaceMatch[] {
  const queries = listSpellings(query)
  if (queries.length === 0) return []
  const letters = (queries[0] ?? '').replaceAll(' ', '').length
  const matches: PlaceMatch[] = []
  for (const entry of index.entries) {
    const match = matchEntry(queries, letters, entry)
    if (match) matches.push(match)
  }
  return matches.sort(compareMatches)
}

export function rankPlaces(query: string, index: PlaceIndex, limit: number): Place[] {
  return matchPlaces(query, index).slice(0, limit).map((match) => match.place)
}

export interface Candidates {
  /** One: it may be accepted silently. Several: ask. None: unknown. */
  places: Place[]
  /** Whether the text is exactly a name or an abbreviation. */
  isExact: boolean
}

export function findCandidates(query: string, index: PlaceIndex): Candidates {
  const matches = matchPlaces(query, index)
  const exact = matches.filter((match) => match.rank <= 1)
  const [found] = exact
  if (exact.length > 1) return { places: exact.map((match) => match.place), isExact: true }
  if (found) {
    const isContended = matches.some((match) => match.canContend && match.place.weight > found.place.weight)
    if (found.isName || !isContended) return { places: [found.place], isExact: true }
  }
  return { places: matches.map((match) => match.place), isExact: false }
}

export function listCandidates(query: string, index: PlaceIndex): Place[] {
  return findCandidates(query, index).places
}

/** The one place that may be accepted silently, else null. */
export function resolvePlace(query: string, index: PlaceIndex): Place | null {
  const candidates = listCandidates(query, index)
  return candidates.length === 1 ? (candidates[0] ?? null) : null
}

export function isAmbiguous(query: string, index: PlaceIndex): boolean {
  return listCandidates(query, index).length > 1
}
