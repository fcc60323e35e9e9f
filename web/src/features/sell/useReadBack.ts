/** Sentences that are read back: what a command means, who travels, what is about to be sold. */
import { useLanguage } from '@/composables/useLanguage'
import { readSwissNow } from '@/composables/serverClock'
import { formatDate, formatLongDate, formatPlainDate, formatTime, readWallClock } from '@/format/dates'
import { formatMoney } from '@/format/money'
import { findTotal } from './model/total'
import type { CommandReading } from '@/parse/command'
import type { TravellerGroup } from '@/parse/travellers'
import type { Order, OrderItem, OrderTraveller } from '@/api/types'

export function useReadBack() {
  const { t, language } = useLanguage()

  function describeGroup(group: TravellerGroup): string {
    const reduction = group.reduction === 'none' ? '' : t(`reductions.${group.reduction}`)
    const born = group.bornOn.map((date) => formatPlainDate(date)).join(', ')
    return [t(`travellerCounts.${group.kind}`, group.count), reduction, born].filter(Boolean).join(' ')
  }

  function describeWhen(reading: CommandReading): string[] {
    const way = reading.isArrival === true ? 'arrival' : 'departure'
    const time = reading.time === null ? '' : t(`sell.${way}At`, { time: reading.time })
    const date = reading.date === null ? '' : formatDate(reading.date, language.value)
    return [[date, time].filter(Boolean).join(' ')]
  }

  function describeReturn(reading: CommandReading): string {
    const date = reading.returnDate === null ? '' : formatDate(reading.returnDate, language.value)
    if (reading.isReturn !== true && date === '' && reading.returnTime === null) return ''
    return [t('journeys.return'), date, reading.returnTime].filter(Boolean).join(' ')
  }

  /** `Zürich HB → Bern · Di 24.11.2026 ab 08:30 · 2 Erwachsene Halbtax · 2. Klasse` */
  function describeReading(reading: CommandReading): string {
    const places = [reading.origin, ...reading.via, reading.destination]
      .flatMap((place) => (place ? [place.candidates[0]?.name ?? place.text] : []))
      .join(' → ')
    const isTrip = reading.origin !== null
    const shown = isTrip && reading.date === null ? { ...reading, date: readSwissNow().date } : reading
    const full = isTrip && shown.time === null ? { ...shown, time: readSwissNow().time } : shown
    return [
      places,
      reading.product?.candidates[0]?.title ?? '',
      ...describeWhen(full),
      describeReturn(reading),
      ...reading.travellers.map(describeGroup),
      reading.travelClass === null ? '' : t(`classes.${reading.travelClass}`),
    ].filter(Boolean).join(' · ')
  }

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

  return { describeGroup, describeReading, describeTraveller, nameTraveller, describeItem, describeOrder }
}
