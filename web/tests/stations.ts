/** The server's own station file, for tests that must agree with it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildPlaceIndex, type Place, type PlaceIndex } from '@/places/rules'

const file = resolve(import.meta.dirname, '../../src/agenturclient/places/data/places.csv')

function parseRow(row: string): Place {
  const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2] ?? '')
  const [uic = '', name = '', , , , weight = '0', abbreviations = '', names = ''] = cells
  return {
    uic,
    name,
    weight: Number(weight),
    abbreviations: abbreviations.split('|').filter(Boolean),
    names: names.split('|').filter(Boolean).map((pair) => pair.slice(pair.indexOf(':') + 1)),
  }
}

export function loadStations(): PlaceIndex {
  const [, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  return buildPlaceIndex(rows.map(parseRow))
}
