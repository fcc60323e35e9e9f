/** The same once more: the search that leads to what an order had, for the same travellers. */
import type { Order, OrderTraveller, OrderItem } from '@/api/types'
import { readWallClock } from '@/format/dates'
import type { TravellerGroup } from '@/parse/travellers'
import type { Place } from '@/places/rules'
import { makeEmptyForm, type SearchForm } from './search'

function makePlace(uic: number | null, name: string): Place | null {
  return uic === null ? null : { uic: String(uic), name, weight: 0, abbreviations: [], names: [] }
}

function readKind(traveller: OrderTraveller): TravellerGroup['kind'] {
  if (traveller.kind !== 'person') return traveller.kind
  return traveller.age !== null && traveller.age < 16 ? 'child' : 'adult'
}

/** One chip for those of a kind that stand next to each other: the order of travellers stays. */
function groupTravellers(travellers: readonly OrderTraveller[]): TravellerGroup[] {
  const groups: TravellerGroup[] = []
  for (const traveller of travellers) {
    const kind = readKind(traveller)
    const bornOn = traveller.kind === 'person' && traveller.born_on !== null ? [traveller.born_on] : []
    const last = groups.at(-1)
    if (last?.kind === kind && last.reduction === traveller.reduction) {
      last.count += 1
      last.bornOn.push(...bornOn)
    } else groups.push({ count: 1, kind, reduction: traveller.reduction, bornOn })
  }
  return groups
}

function findJourney(item: OrderItem): Partial<SearchForm> | null {
  const { outward, inward } = item
  if (item.kind === 'product') {
    return item.product_id === null
      ? null
      : { kind: 'product', date: item.travel_on, product: { product_id: item.product_id, title: item.title } }
  }
  if (!outward) return null
  const there = readWallClock(outward.departure_at)
  const back = inward ? readWallClock(inward.departure_at) : null
  return {
    kind: back ? 'return' : 'single',
    origin: makePlace(outward.origin_uic, outward.origin_name),
    destination: makePlace(outward.destination_uic, outward.destination_name),
    date: there.date, time: there.time, returnDate: back?.date ?? null, returnTime: back?.time ?? null,
  }
}

/** Of the order's first item; null if it cannot be searched for (a ticket without a connection). */
export function makeFormOfOrder(order: Order, today: string): SearchForm | null {
  const [item] = order.items
  const journey = item ? findJourney(item) : null
  if (!item || !journey) return null
  const travellers = order.travellers.filter((one) => item.traveller_codes.includes(one.code))
  return {
    ...makeEmptyForm(today), ...journey, travelClass: item.travel_class ?? 2, party: groupTravellers(travellers),
  }
}
