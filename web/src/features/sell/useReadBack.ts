/** Sentences that are read back: what a command means, who travels, what is about to be sold. */
import { useLanguage } from '@/composables/useLanguage'
import { isSwissTimePast, readServerNow, readSwissNow } from '@/composables/serverClock'
import type { Order } from '@/api/types'
import { formatDate, formatPlainDate, formatShortDate, formatTime, readWallClock } from '@/format/dates'
import { useOrderWords } from '@/orders/useOrderWords'
import type { CommandReading } from '@/parse/command'
import type { TravellerGroup } from '@/parse/travellers'

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
    const isPast =
      reading.date !== null && reading.time !== null && isSwissTimePast(reading.date, reading.time, readServerNow())
    return [[date, time, isPast ? `(${t('sell.past')})` : ''].filter(Boolean).join(' ')]
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

  /** Which departures of an order are over, in words; empty if none is. A wrong date is the most usual mistake. */
  function describeDeparted(order: Order, now: number): string {
    const gone = order.items
      .flatMap((item) => [item.outward, item.inward])
      .flatMap((trip) => (trip && Date.parse(trip.departure_at) < now ? [trip] : []))
      .map((trip) => `${formatShortDate(readWallClock(trip.departure_at).date, language.value)} ${formatTime(trip.departure_at)}`)
    return gone.length === 0 ? '' : t('sell.departedWarning', { when: [...new Set(gone)].join(', ') })
  }

  return { ...useOrderWords(), describeDeparted, describeGroup, describeReading }
}
