"""Places and journeys in the shape of B2P's description (schemas Location and Trip of version 3.20.23)."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from b2p_sandbox.timetable.journeys import Journey, RideLeg, StopCall, WalkLeg
from b2p_sandbox.timetable.places import Place

JsonObject = dict[str, object]

# Greenhouse gas and primary energy per passenger kilometre, in the order of what operators and the mobitool factors
# publish: an electric train, and a car with an average load.
TRAIN_CO2_KG_PER_KM = 0.0075
CAR_CO2_KG_PER_KM = 0.186
TRAIN_PETROL_LITRES_PER_KM = 0.0079
CAR_PETROL_LITRES_PER_KM = 0.0855
CAR_MINUTES_PER_KM = 60 / 72
CAR_MINUTES_BASE = 8

CATEGORY_NAMES: Mapping[str, Mapping[str, str]] = {
    "IC": dict.fromkeys(("de", "fr", "it", "en"), "InterCity"),
    "IR": dict.fromkeys(("de", "fr", "it", "en"), "InterRegio"),
    "RE": dict.fromkeys(("de", "fr", "it", "en"), "RegioExpress"),
    "R": {"de": "Regio", "fr": "Régional", "it": "Regionale", "en": "Regional train"},
    "S": {"de": "S-Bahn", "fr": "RER", "it": "Rete celere", "en": "Suburban train"},
    "BAT": {"de": "Schiff", "fr": "Bateau", "it": "Battello", "en": "Ship"},
    "FUN": {"de": "Standseilbahn", "fr": "Funiculaire", "it": "Funicolare", "en": "Funicular"},
    "GEX": dict.fromkeys(("de", "fr", "it", "en"), "Glacier Express"),
    "PE": dict.fromkeys(("de", "fr", "it", "en"), "Panorama Express"),
}
NOTES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "IC": ("WR", {"de": "Restaurant", "fr": "Restaurant", "it": "Ristorante", "en": "Restaurant"}),
    "GEX": ("WR", {"de": "Restaurant", "fr": "Restaurant", "it": "Ristorante", "en": "Restaurant"}),
    "S": ("NF", {"de": "Niederflureinstieg", "fr": "Plancher surbaissé", "it": "Pianale ribassato", "en": "Low floor"}),
}
CANCELLED_TEXTS = {
    "de": "{train} fällt aus.",
    "fr": "{train} est supprimé.",
    "it": "{train} è soppresso.",
    "en": "{train} is cancelled.",
}
PARTLY_CANCELLED_TEXTS = {
    "de": "{train} fällt ab {station} aus.",
    "fr": "{train} est supprimé dès {station}.",
    "it": "{train} è soppresso da {station}.",
    "en": "{train} is cancelled from {station} on.",
}
FOOTERS = {
    "de": "Bitte wählen Sie eine andere Verbindung.",
    "fr": "Veuillez choisir une autre correspondance.",
    "it": "Vi preghiamo di scegliere un altro collegamento.",
    "en": "Please choose another connection.",
}


def render_location(place: Place) -> JsonObject:
    """A station as B2P's Location."""
    return {
        "id": place.uic,
        "name": place.name,
        "coordinates": {"latitude": place.lat, "longitude": place.lon},
        "type": "STATION",
        "tariffBorder": False,
        "weight": place.weight,
        "vehicleTypes": list(place.vehicle_types),
    }


def render_trip(journey: Journey, *, language: str, now: datetime, is_eco: bool) -> JsonObject:
    """A journey as B2P's Trip, with the real-time data that is out by `now`. `language`: de, fr, it or en."""
    segments = [
        _render_ride(leg, language, now) if isinstance(leg, RideLeg) else _render_walk(leg) for leg in journey.legs
    ]
    trains = "/".join(str(key) for key in journey.train_keys)
    check = f"{trains}/{journey.departure_at.isoformat()}/{journey.arrival_at.isoformat()}"
    trip: JsonObject = {
        "tripId": journey.trip_id,
        "alternative": False,
        "valid": journey.is_valid_at(now),
        "segments": segments,
        "scrollCheckSum": hashlib.blake2b(check.encode(), digest_size=8).hexdigest(),
    }
    if is_eco:
        trip["ecoBalance"] = render_eco_balance(journey)
    return trip


def render_eco_balance(journey: Journey) -> JsonObject:
    """What the journey costs the climate, against a car on the same distance."""
    kilometres = journey.distance_km
    by_car = timedelta(minutes=round(CAR_MINUTES_BASE + kilometres * CAR_MINUTES_PER_KM))
    return {
        "co2Train": round(kilometres * TRAIN_CO2_KG_PER_KM, 2),
        "co2Car": round(kilometres * CAR_CO2_KG_PER_KM, 2),
        "primeTrain": round(kilometres * TRAIN_PETROL_LITRES_PER_KM, 2),
        "primeCar": round(kilometres * CAR_PETROL_LITRES_PER_KM, 2),
        "durationTrain": _write_duration(journey.duration),
        "durationCar": _write_duration(by_car),
    }


def _write_duration(duration: timedelta) -> str:
    hours, minutes = divmod(int(duration.total_seconds()) // 60, 60)
    return f"PT{hours}H{minutes}M" if hours else f"PT{minutes}M"


def _render_ride(leg: RideLeg, language: str, now: datetime) -> JsonObject:
    is_foreseen = leg.is_foreseen(now)
    return {
        "type": "PUBLIC_JOURNEY",
        "stops": [_render_call(call, leg, is_foreseen=is_foreseen) for call in leg.stops],
        "transportProduct": {
            "name": leg.line,
            "categoryShortForm": leg.category,
            "categoryLongForm": CATEGORY_NAMES[leg.category][language],
            "line": leg.line_number,
            "number": leg.train_number,
            "vehicleType": leg.vehicle_type,
        },
        "attributes": _render_notes(leg, language),
        "messages": _render_messages(leg, language) if is_foreseen else [],
        "direction": leg.direction,
        "cancelled": is_foreseen and leg.is_cancelled,
        "partiallyCancelled": is_foreseen and leg.is_partly_cancelled,
        "reachable": leg.is_reachable or not is_foreseen,
        "redirected": False,
    }


def _render_notes(leg: RideLeg, language: str) -> list[JsonObject]:
    if leg.category not in NOTES:
        return []
    key, texts = NOTES[leg.category]
    first, last = leg.stops[0].position, leg.stops[-1].position
    return [{"key": key, "value": texts[language], "priority": 100, "routeIndexFrom": first, "routeIndexTo": last}]


def _render_messages(leg: RideLeg, language: str) -> list[JsonObject]:
    if not leg.is_cancelled and not leg.is_partly_cancelled:
        return []
    train = f"{leg.line} {leg.train_number}"
    ends = [call for call in leg.stops if not call.is_cancelled]
    text = CANCELLED_TEXTS[language].format(train=train)
    if leg.is_partly_cancelled and ends:
        text = PARTLY_CANCELLED_TEXTS[language].format(train=train, station=ends[-1].place.name)
    identity = hashlib.blake2b(f"{leg.train_number}/{leg.operating_day}".encode(), digest_size=4).digest()
    return [
        {
            "id": str(int.from_bytes(identity, "big")),
            "category": "DISTURBANCE",
            "priority": 40,
            "headerFormatted": text,
            "footerFormatted": FOOTERS[language],
            "routeIndexFrom": leg.stops[0].position,
            "routeIndexTo": leg.stops[-1].position,
        }
    ]


def _render_call(call: StopCall, leg: RideLeg, *, is_foreseen: bool) -> JsonObject:
    is_first, is_last = call.arrival_at is None, call.departure_at is None
    changed_track = call.changed_track if is_foreseen else None
    stop = _render_stop(call.place)
    stop["stopStatus"] = _find_stop_status(call, leg) if is_foreseen else "PLANNED"
    stop["boardingAlightingStatus"] = "BOARDING" if is_first else "ALIGHTING" if is_last else "BOARDING_ALIGHTING"
    stop["routeIndex"] = call.position
    for side, planned, delay in (
        ("arrival", call.arrival_at, call.arrival_delay_minutes),
        ("departure", call.departure_at, call.departure_delay_minutes),
    ):
        if planned is None:
            continue
        stop[f"{side}DateTime"] = planned.isoformat()
        if call.track is not None:
            stop[f"{side}Track"] = call.track
        if changed_track is not None:
            stop[f"{side}TrackRt"] = changed_track
            stop[f"{side}PlatformChanged"] = True
        if is_foreseen and not call.is_cancelled:
            stop[f"{side}DateTimeRt"] = (planned + timedelta(minutes=delay)).isoformat()
            if delay:
                stop[f"{side}DelayText"] = f"+{delay}'"
    return stop


def _find_stop_status(call: StopCall, leg: RideLeg) -> str:
    if call.is_cancelled:
        return "CANCELLED"
    following = [other for other in leg.stops if other.position == call.position + 1]
    return "BEGIN_PARTIAL_CANCELLATION" if following and following[0].is_cancelled else "PLANNED"


def _render_stop(place: Place) -> JsonObject:
    return {
        "id2": {"value": str(place.uic), "type": "UIC"},
        "name": place.name,
        "stopStatus": "PLANNED",
        "arrivalPlatformChanged": False,
        "departurePlatformChanged": False,
        "delayUndefined": False,
        "requestStop": False,
        "tariffBorder": False,
    }


def _render_walk(leg: WalkLeg) -> JsonObject:
    start, end = _render_stop(leg.origin), _render_stop(leg.destination)
    start["departureDateTime"] = leg.departure_at.isoformat()
    end["arrivalDateTime"] = leg.arrival_at.isoformat()
    return {
        "type": "WALK_TRANSFER" if leg.is_walk else "TRANSFER",
        "stops": [start, end],
        "attributes": [],
        "messages": [],
        "cancelled": False,
        "partiallyCancelled": False,
        "reachable": True,
        "redirected": False,
    }
