import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadStations } from '../../tests/stations'
import { isAmbiguous, rankPlaces, resolvePlace } from './rules'

interface Vector {
  query: string
  first_uic: string | null
  is_ambiguous: boolean
}

// The same vectors as tests/places/test_rules.py: both sides find the same places.
const vectorFile = resolve(import.meta.dirname, '../../../tests/places/vectors.json')
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vector[]
const stations = loadStations()

describe('place search', () => {
  it('has the vectors and the stations', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(60)
    expect(stations.entries.length).toBeGreaterThanOrEqual(900)
  })

  it.each(vectors)('$query', (vector) => {
    expect(rankPlaces(vector.query, stations, 10)[0]?.uic ?? null).toBe(vector.first_uic)
    expect(isAmbiguous(vector.query, stations)).toBe(vector.is_ambiguous)
    expect(resolvePlace(vector.query, stations)?.uic ?? null).toBe(vector.is_ambiguous ? null : vector.first_uic)
  })
})
