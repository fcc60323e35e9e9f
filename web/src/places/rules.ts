/**
 * Search for places in memory: the same rules as src/agenturclient/places/rules.py, held together by
 * tests/places/vectors.json, which both test suites read. The rules are explained there.
 */

export interface Place {
  uic: string
  name: string
  weight: number
  abbreviations: readonly string[]
  /** Names other than the native one. */
  names: readonly string[]
}

const SAINTS = new Set(['saint', 'sainte', 'sankt', 'san', 'santa'])
const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' }
const LIGATURES: Record<string, string> = { ß: 'ss', œ: 'oe', æ: 'ae' }
const MINIMUM_LETTERS = 2

function stripAccents(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '')
  const words = plain.replace(/[^a-z0-9]+/g, ' ').trim().split(' ')
  return words.map((word) => (SAINTS.has(word) ? 'st' : word)).join(' ')
}

/** The one or two comparable spellings of a text: umlauts without dots, and umlauts written out. */
export function listSpellings(text: string): string[] {
  const lowered = text.normalize('NFC').toLowerCase().replace(/[ßœæ]/g, (letter) => LIGATURES[letter] ?? letter)
  const written = lowered.replace(/[äöü]/g, (letter) => UMLAUTS[letter] ?? letter)
  return [...new Set([stripAccents(lowered), stripAccents(written)])].filter(Boolean)
}

interface Entry {
  place: Place
  abbreviations: readonly string[]
  names: readonly string[]
}

export interface PlaceIndex {
  entries: readonly Entry[]
  byUic: ReadonlyMap<string, Place>
}

/** Folds all names once, so that a key stroke only compares. */
export function buildPlaceIndex(places: readonly Place[]): PlaceIndex {
  const entries = places.map((place) => ({
    place,
    abbreviations: place.abbreviations.flatMap(listSpellings),
    names: [place.name, ...place.names].flatMap(listSpellings),
  }))
  return { entries, byUic: new Map(places.map((place) => [place.uic, place])) }
}

function classifyMatch(tokens: readonly string[], entry: Entry): number | null {
  if (entry.abbreviations.some((name) => tokens.includes(name))) return 0
  if (entry.names.some((name) => tokens.includes(name))) return 1
  if (entry.names.some((name) => tokens.some((token) => name.startsWith(token)))) return 2
  if (entry.names.some((name) => tokens.some((token) => name.includes(` ${token}`)))) return 3
  return null
}

interface Hit {
  rank: number
  place: Place
}

/** By code points, as Python sorts. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function compareHits(one: Hit, other: Hit): number {
  return (
    one.rank - other.rank ||
    other.place.weight - one.place.weight ||
    compareTexts(one.place.name, other.place.name) ||
    compareTexts(one.place.uic, other.place.uic)
  )
}

function matchPlaces(query: string, index: PlaceIndex): Hit[] {
  const tokens = listSpellings(query).filter((token) => token.replace(/ /g, '').length >= MINIMUM_LETTERS)
  if (tokens.length === 0) return []
  const hits: Hit[] = []
  for (const entry of index.entries) {
    const rank = classifyMatch(tokens, entry)
    if (rank !== null) hits.push({ rank, place: entry.place })
  }
  return hits.sort(compareHits)
}

export function rankPlaces(query: string, index: PlaceIndex, limit: number): Place[] {
  return matchPlaces(query, index).slice(0, limit).map((hit) => hit.place)
}

/** The places that a text may stand for: those of the best class if that is an exact one, else all that match. */
export function listCandidates(query: string, index: PlaceIndex): Place[] {
  const hits = matchPlaces(query, index)
  const best = hits[0]?.rank
  const chosen = best !== undefined && best <= 1 ? hits.filter((hit) => hit.rank === best) : hits
  return chosen.map((hit) => hit.place)
}

/** Whether the text is exactly an abbreviation or a name, of one place only. */
export function findExactPlace(query: string, index: PlaceIndex): Place | null {
  const hits = matchPlaces(query, index)
  const best = hits[0]
  if (!best || best.rank > 1) return null
  return hits.filter((hit) => hit.rank === best.rank).length === 1 ? best.place : null
}

/** The one place that may be accepted silently, else null. */
export function resolvePlace(query: string, index: PlaceIndex): Place | null {
  const candidates = listCandidates(query, index)
  return candidates.length === 1 ? (candidates[0] ?? null) : null
}

export function isAmbiguous(query: string, index: PlaceIndex): boolean {
  return listCandidates(query, index).length > 1
}
