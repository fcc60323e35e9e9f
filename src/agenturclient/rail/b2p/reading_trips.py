"""B2P's trips into our connections."""

import datetime as dt
from typing import Final, Literal

from agenturclient.rail.b2p import wire
from agenturclient.rail.b2p.moments import read_moment
from agenturclient.rail.port import Co2Comparison, Leg, LegNote, StopEvent, TrafficMessage, Trip

_LEG_KINDS: Final[dict[str, Literal["ride", "walk", "transfer"]]] = {
    "PUBLIC_JOURNEY": "ride",
    "WALK_TRANSFER": "walk",
    "TRANSFER": "transfer",
}
_CANCELLED_STOPS: Final = frozenset({"CANCELLED", "NOT_SERVICED"})


def read_trip(trip: wire.Trip) -> Trip | None:
    """A connection; None if it has no legs or nobody knows when it starts and ends."""
    legs = tuple(_read_leg(segment) for segment in trip.segments if len(segment.stops) >= 2)
    if not legs or len(legs) != len(trip.segments):
        return None
    first, last = legs[0].origin, legs[-1].destination
    if first.planned_at is None or last.planned_at is None:
        return None
    return Trip(
        trip_id=trip.trip_id,
        departure_at=first.planned_at,
        arrival_at=last.planned_at,
        expected_departure_at=first.expected_at,
        expected_arrival_at=last.expected_at,
        duration_seconds=int((last.planned_at - first.planned_at).total_seconds()),
        changes=max(0, sum(leg.kind == "ride" for leg in legs) - 1),
        legs=legs,
        is_cancelled=any(leg.is_cancelled for leg in legs),
        is_possible=trip.valid is not False,
        is_alternative=trip.alternative is True,
        search_hint=trip.search_hint,
        co2=_read_co2(wire.decode_or_none(trip.eco_balance, wire.EcoBalance)),
        messages=tuple(dict.fromkeys(message for leg in legs for message in leg.messages)),
    )


def _read_leg(segment: wire.Segment) -> Leg:
    product = segment.transport_product or wire.TransportProduct()
    messages, _ = wire.decode_each(segment.messages, wire.Message)
    notes, _ = wire.decode_each(segment.attributes, wire.Note)
    origin, destination = _read_departure(segment.stops[0]), _read_arrival(segment.stops[-1])
    return Leg(
        kind=_LEG_KINDS.get(segment.type, "ride" if segment.transport_product is not None else "transfer"),
        origin=origin,
        destination=destination,
        stops=tuple(_read_departure(stop) for stop in segment.stops[1:-1]),
        vehicle_type=None if product.vehicle_type is None else product.vehicle_type.lower(),
        product_name=product.name,
        category=product.category_short_form,
        category_name=product.category_long_form,
        line=None if product.line is None else str(product.line),
        train_number=None if product.number is None else str(product.number),
        direction=segment.direction,
        is_cancelled=segment.cancelled is True or origin.is_cancelled or destination.is_cancelled,
        is_partly_cancelled=segment.partially_cancelled is True,
        is_reachable=segment.reachable is not False,
        messages=tuple(
            TrafficMessage(
                header=message.header_formatted or "",
                text=message.footer_formatted or "",
                category=None if message.category is None else message.category.lower(),
                priority=message.priority,
            )
            for message in messages
            if message.header_formatted or message.footer_formatted
        ),
        notes=tuple(LegNote(key=note.key, text=note.value) for note in notes),
    )


def _read_departure(stop: wire.Stop) -> StopEvent:
    """The stop as a departure; where it has none (a walk's end), its arrival."""
    if stop.departure_date_time is None and stop.arrival_date_time is not None:
        return _read_arrival(stop)
    return _build_event(
        stop,
        planned_at=read_moment(stop.departure_date_time),
        expected_at=read_moment(stop.departure_date_time_rt),
        tracks=(stop.departure_track, stop.departure_track_rt),
        is_track_changed=stop.departure_platform_changed is True,
    )


def _read_arrival(stop: wire.Stop) -> StopEvent:
    """The stop as an arrival; where it has none, its departure."""
    if stop.arrival_date_time is None and stop.departure_date_time is not None:
        return _read_departure(stop)
    return _build_event(
        stop,
        planned_at=read_moment(stop.arrival_date_time),
        expected_at=read_moment(stop.arrival_date_time_rt),
        tracks=(stop.arrival_track, stop.arrival_track_rt),
        is_track_changed=stop.arrival_platform_changed is True,
    )


def _build_event(
    stop: wire.Stop,
    *,
    planned_at: dt.datetime | None,
    expected_at: dt.datetime | None,
    tracks: tuple[str | None, str | None],
    is_track_changed: bool,
) -> StopEvent:
    planned_track, expected_track = tracks
    place_id = str(stop.id2.value) if stop.id2 is not None and stop.id2.value is not None else ""
    return StopEvent(
        place_uic=int(place_id) if place_id.isascii() and place_id.isdigit() else None,
        place_name=stop.name,
        planned_at=planned_at,
        expected_at=expected_at,
        track=expected_track or planned_track,
        planned_track=planned_track,
        is_track_changed=is_track_changed,
        has_unknown_delay=stop.delay_undefined is True,
        is_cancelled=stop.stop_status in _CANCELLED_STOPS,
    )


def _read_co2(balance: wire.EcoBalance | None) -> Co2Comparison | None:
    if balance is None:
        return None
    return Co2Comparison(train_grams=round(balance.co2_train * 1000), car_grams=round(balance.co2_car * 1000))
