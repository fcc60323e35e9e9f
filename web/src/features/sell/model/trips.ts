/** What a connection shows in its row. */
import { readWallClock, countDaysBetween } from '@/format/dates'
import type { Leg, Trip } from '@/api/types'

export interface TripRow {
  id: string
  departure: string
  arrival: string
  /** Days by which the arrival is later than the departure. */
  daysLater: number
  date: string
  durationSeconds: number
  changes: number
  trains: string[]
  operator: string | null
  track: string | null
  isTrackChanged: boolean
  /** Minutes late at departure, null if nothing is known or it is on time. */
  delayMinutes: number | null
  hasUnknownDelay: boolean
  isCancelled: boolean
  occupancy: string | null
  trip: Trip
}

function nameTrain(leg: Leg): string {
  const name = [leg.category, leg.line].filter(Boolean).join(' ')
  return name || (leg.product_name ?? leg.vehicle_type ?? '')
}

function computeDelay(planned: string | null, expected: string | null): number | null {
  if (planned === null || expected === null) return null
  const minutes = Math.round((new Date(expected).getTime() - new Date(planned).getTime()) / 60_000)
  return minutes > 0 ? minutes : null
}

/** The train is gone, as far as is known: a late one is still awaited. */
export function hasTripLeft(trip: Trip, now: number): boolean {
  return Date.parse(trip.expected_departure_at ?? trip.departure_at) < now
}

export function readTripRow(trip: Trip): TripRow {
  const departure = readWallClock(trip.departure_at)
  const arrival = readWallClock(trip.arrival_at)
  const rides = trip.legs.filter((leg) => leg.kind === 'ride')
  const first = rides[0]?.origin
  return {
    id: trip.trip_id,
    departure: departure.time,
    arrival: arrival.time,
    daysLater: countDaysBetween(departure.date, arrival.date),
    date: departure.date,
    durationSeconds: trip.duration_seconds,
    changes: trip.changes,
    trains: rides.map(nameTrain),
    operator: rides[0]?.operator ?? null,
    track: first?.track ?? null,
    isTrackChanged: first?.is_track_changed ?? false,
    delayMinutes: computeDelay(trip.departure_at, trip.expected_departure_at),
    hasUnknownDelay: first?.has_unknown_delay ?? false,
    isCancelled: trip.is_cancelled || !trip.is_possible,
    occupancy: rides.map((leg) => leg.occupancy).find((value) => value !== null) ?? null,
    trip,
  }
}
