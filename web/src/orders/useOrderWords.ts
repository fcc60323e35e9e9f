/** An order in plain words: who travels, what for, and the sentence that is read back before anything final. */
import type { Order, OrderItem, OrderTraveller } from '@/api/types'
import { useLanguage } from '@/composables/useLanguage'
import { formatLongDate, formatShortDate, formatTime, readWallClock } from '@/format/dates'
import { formatMoney } from '@/format/money'
import { findTotal } from './total'

export function useOrderWords() {
  const { t, language } = useLanguage()

  function describeTraveller(traveller: OrderTraveller): string {
    if (traveller.kind !== 'person') return t(`travellerCounts.${traveller.kind}`, 1)
    const kind = traveller.age !== null && traveller.age < 16 ? 'child' : 'adult'
    const reduction = traveller.reduction === 'none' ? '' : t(`reductions.${traveller.reduction}`)
    return [t(`travellerCounts.${kind}`, 1), reduction].filter(Boolean).join(' ')
  }

  function nameTraveller(traveller: OrderTraveller): string {
    return [traveller.first_name, traveller.last_name].filter(Boolean).join(' ')
  }

  /** `Anna Keller mit Halbtax`, `Beat Keller (1 Kind)` */
  function describeForReading(traveller: OrderTraveller): string {
    const isPlain = traveller.kind === 'person' && (traveller.age === null || traveller.age >= 16)
    const reduction = traveller.reduction === 'none' ? '' : t('sell.with', { what: t(`reductions.${traveller.reduction}`) })
    const kind = isPlain ? reduction : `(${describeTraveller(traveller)})`
    return [nameTraveller(traveller), kind].filter(Boolean).join(' ')
  }

  /** `Di 24.11. 08:32 · IC 1 ⇄ Mi 25.11. 17:02 · 2. Kl. · Sparbillett` */
  function describeJourney(item: OrderItem): string {
    const backOn = item.inward ? formatShortDate(readWallClock(item.inward.departure_at).date, language.value) : ''
    const back = item.inward ? ` ⇄ ${backOn} ${formatTime(item.inward.departure_at)}` : ''
    const there = item.outward ? `${formatTime(item.outward.departure_at)} · ${item.outward.trains.join(', ')}` : ''
    const travelClass = item.travel_class === null ? '' : t(`classesShort.${item.travel_class}`)
    const kind = item.bundle.is_saver ? t('sell.saver') : ''
    const when = `${formatShortDate(item.travel_on, language.value)} ${there}${back}`.trim()
    return [when, travelClass, kind].filter(Boolean).join(' · ')
  }

  function describeItem(item: OrderItem): string {
    const travelClass = item.travel_class === null ? '' : t(`classesSpoken.${item.travel_class}`)
    const bound = item.bundle.is_saver ? t('sell.onlyThisTrain') : ''
    const trip = item.outward
    const day = formatLongDate(item.travel_on, language.value)
    if (!trip) return [item.title, t('sell.validFrom', { day }), travelClass].filter(Boolean).join(', ')
    const facts = { from: trip.origin_name, to: trip.destination_name, day, time: formatTime(trip.departure_at) }
    const back = item.inward
      ? t('sell.andBack', {
          day: formatLongDate(readWallClock(item.inward.departure_at).date, language.value),
          time: formatTime(item.inward.departure_at),
        })
      : ''
    return [t('sell.spokenTrip', facts), back, travelClass, bound].filter(Boolean).join(', ')
  }

  /** One sentence in plain words: who, from and to, date with weekday, class, how many, total. */
  function describeOrder(order: Order): string {
    const who = order.travellers.map(describeForReading).join(', ')
    const what = order.items.map(describeItem).join('; ')
    const total = formatMoney(findTotal(order))
    return t('sell.spokenOrder', { who, what, total })
  }

  return { describeTraveller, nameTraveller, describeJourney, describeItem, describeOrder }
}
