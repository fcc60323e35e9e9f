import { describe, expect, it } from 'vitest'
import { loadStations } from '../../tests/stations'
import { parseCommand, type CommandContext, type CommandReading } from './command'

const places = loadStations()
const products = [
  { product_id: 1, title: 'Swiss Travel Pass 3 Tage' },
  { product_id: 2, title: 'Swiss Travel Pass 8 Tage' },
  { product_id: 3, title: 'Swiss Travel Pass Flex 3 Tage' },
  { product_id: 4, title: 'Spartageskarte' },
]
const empty: CommandContext = { today: '2026-11-24', now: '08:02', language: 'de', places, products, present: null }
const searched: CommandContext = { ...empty, present: { date: '2026-11-24', time: '08:30' } }

function read(line: string, context = empty): CommandReading {
  const reading = parseCommand(line, context)
  if (!reading) throw new Error('nothing read')
  return reading
}

function names(reading: CommandReading) {
  return [reading.origin, ...reading.via, reading.destination].map((place) =>
    place === null ? null : place.candidates.length === 1 ? place.candidates[0]?.name : place.candidates.length,
  )
}

describe('a new search', () => {
  it('reads the standard sale', () => {
    const reading = read('zue bn 0830 half')
    expect(names(reading)).toEqual(['Zürich HB', 'Bern'])
    expect(reading).toMatchObject({ time: '08:30', date: null, travelClass: null, unknown: [] })
    expect(reading.travellers).toEqual([{ count: 1, kind: 'adult', reduction: 'half_fare', bornOn: [] }])
  })

  it('reads names of several words', () => {
    expect(names(read('zürich flughafen st gallen 2 adult'))).toEqual(['Zürich Flughafen', 'St. Gallen'])
    expect(names(read('genf zürich hb'))).toEqual(['Genève', 'Zürich HB'])
  })

  it('takes the two first words as places even where they could mean a day', () => {
    expect(names(read('so mi'))[0]).toBe('Solothurn')
    expect(names(read('so bn fr'))).toEqual(['Solothurn', 'Bern'])
    expect(read('so bn fr').date).toBe('2026-11-27')
  })

  it('never resolves a text that could be several places', () => {
    const reading = read('basel bn')
    expect(reading.origin?.candidates.length).toBeGreaterThan(1)
    expect(reading.origin?.candidates[0]?.name).toBe('Basel SBB')
    expect(names(reading)[1]).toBe('Bern')
  })

  it('reads everything else in any order', () => {
    const reading = read('zue bn via olten k1 24.12. an 0930 2 adult half 1 child hund')
    expect(names(reading)).toEqual(['Zürich HB', 'Olten', 'Bern'])
    expect(reading).toMatchObject({ travelClass: 1, date: '2026-12-24', time: '09:30', isArrival: true, unknown: [] })
    expect(reading.travellers.map((group) => group.kind)).toEqual(['adult', 'child', 'dog'])
  })

  it('reads the way back', () => {
    expect(read('zue bn fr 0830 return so 1730')).toMatchObject({
      isReturn: true, date: '2026-11-27', time: '08:30', returnDate: '2026-11-29', returnTime: '17:30',
    })
  })

  it('names words that it does not know', () => {
    expect(read('zue bn 0830 quark').unknown).toEqual(['quark'])
    expect(read('qxqx bn').origin?.candidates).toEqual([])
  })

  it('tells dates with a dot from times', () => {
    expect(read('zue bn 24.12')).toMatchObject({ date: '2026-12-24', time: null })
    expect(read('zue bn 8.30')).toMatchObject({ date: null, time: '08:30' })
  })

  it('is null for an empty line', () => {
    expect(parseCommand('  ', empty)).toBeNull()
  })
})

describe('a change to the present search', () => {
  it.each([
    ['k1', { travelClass: 1 }],
    ['+1h', { time: '09:30' }],
    ['+45', { time: '09:15' }],
    ['+16h', { time: '00:30', date: '2026-11-25' }],
    ['+1', { date: '2026-11-25' }],
    ['return 1730', { isReturn: true, returnTime: '17:30', time: null }],
    ['so', { date: '2026-11-29' }],
    ['an 0930', { isArrival: true, time: '09:30' }],
  ])('%s', (line, expected) => {
    expect(read(line, searched)).toMatchObject({ ...expected, origin: null, destination: null, unknown: [] })
  })

  it('is a new search as soon as there are places', () => {
    expect(names(read('so bn', searched))).toEqual(['Solothurn', 'Bern'])
  })
})

describe('a product', () => {
  it('is found by its words or initials', () => {
    expect(read('stp 3').product?.candidates.map((product) => product.product_id)).toEqual([1, 3])
    expect(read('swiss travel pass 8').product?.candidates.map((product) => product.product_id)).toEqual([2])
    expect(read('spartages 24.12. half')).toMatchObject({ date: '2026-12-24', origin: null })
    expect(read('spartages 24.12. half').product?.candidates[0]?.product_id).toBe(4)
  })

  it('with exactly this name is the only one', () => {
    expect(read('Swiss Travel Pass 3 Tage 2 adult').product?.candidates.map((one) => one.product_id)).toEqual([1])
  })
})
