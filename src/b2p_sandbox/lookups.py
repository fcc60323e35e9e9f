"""Stations, connections, networks and the service pages: what can be looked up without selling."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.fares.products import render_product
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.timetable import (
    Journey,
    OutsideTimetable,
    Place,
    TripPage,
    UnknownPlace,
    render_location,
    render_trip,
)
from b2p_sandbox.wire import (
    Request,
    Response,
    answer_list,
    find_text,
    get_text,
    list_texts,
    parse_clock_time,
    parse_day,
    parse_integer,
)

MAX_VIAS = 10

# Fare networks with a few of their zones: facts from the networks' public zone maps, a selection.
NETWORKS: tuple[tuple[int, str, str, str, tuple[str, ...]], ...] = (
    (470, "LIBERO", "Tarifverbund BE-SO, Libero", "Libero", ("100", "101", "110", "111", "112", "700", "720")),
    (490, "ZVV", "Zürcher Verkehrsverbund", "ZVV", ("110", "120", "121", "150", "154", "155")),
    (460, "TNW", "Tarifverbund Nordwestschweiz", "TNW", ("10", "11", "13", "14", "15")),
    (440, "MOBILIS", "Communauté tarifaire vaudoise", "Mobilis", ("11", "12", "15", "16", "19")),
    (430, "UNIRESO", "Communauté tarifaire intégrale genevoise", "unireso", ("10", "12", "14")),
    (480, "OSTWIND", "Tarifverbund Ostwind", "OSTWIND", ("210", "211", "212", "213")),
    (450, "PASSEPARTOUT", "Tarifverbund LU OW NW", "Passepartout", ("10", "20", "23")),
    (420, "ARCOBALENO", "Comunità tariffale Ticino e Moesano", "Arcobaleno", ("100", "200", "210")),
)


def find_place(sandbox: Sandbox, text: str, name: str, *, service: str) -> Place:
    """The place of a UIC code given as a parameter."""
    uic = parse_integer(text, name, service=service)
    try:
        return sandbox.timetable.get_place(uic)
    except UnknownPlace as error:
        raise B2pProblem(f"{service}/location-unknown", "The station is not known.", detail=name) from error


def get_journey(sandbox: Sandbox, trip_id: str, *, service: str) -> Journey:
    """The journey behind a tripId, which is a snapshot of at most a day ago."""
    try:
        return sandbox.timetable.decode_trip_id(trip_id, now=sandbox.clock.now())
    except ValueError as error:
        raise B2pProblem(f"{service}/trip-id-invalid", "The tripId cannot be read.", detail="tripId") from error


def answer_locations(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/locations?name=`"""
    name = get_text(request, "name", service="locations").strip()
    if len(name) < 2:
        raise B2pProblem("locations/name-too-short", "The name is too short to search for.", detail="name")
    if len(name) > 200:
        raise B2pProblem("locations/name-too-long", "The name is too long to search for.", detail="name")
    return answer_list([render_location(place) for place in sandbox.timetable.find_locations(name)])


def answer_stations(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/stations` (deprecated): all stations, in pages."""
    size = parse_integer(find_text(request, "Page-size") or "300", "Page-size", service="stations")
    page = parse_integer(find_text(request, "page") or "0", "page", service="stations")
    if not 10 <= size <= 1000 or page < 0:
        raise B2pProblem("stations/page-invalid", "Page-size is 10 to 1000, page 0 or more.", detail="Page-size")
    order = find_text(request, "order")
    if order not in {None, "NAME", "WEIGHT"}:
        raise B2pProblem("stations/order-invalid", "The order is NAME or WEIGHT.", detail="order")
    # every station of the stand-in's timetable is in Switzerland
    is_here = (find_text(request, "country") or "CH").upper() == "CH"
    places = list(sandbox.timetable.places.values()) if is_here else []
    places.sort(key=lambda place: (-place.weight if order == "WEIGHT" else 0, place.name))
    chosen = places[page * size : (page + 1) * size]
    stations = [{"uicCode": str(place.uic), "name": place.name} for place in chosen]
    return Response(200, [{"stations": stations, "nextPageAvailable": (page + 1) * size < len(places)}])


def answer_trips(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/trips`: connections, with the scroll contexts in headers."""
    is_eco = (find_text(request, "calculateEco") or "false").lower() == "true"
    context = request.headers.get("scroll-context")
    page = _scroll(sandbox, context) if context else _search(sandbox, request)
    journeys = page if is_alternate_match(request) else []
    trips = [render_trip(journey, language=request.language, now=request.now, is_eco=is_eco) for journey in journeys]
    contexts = {"Scrollback-Context": page.scroll_back, "Scrollforward-Context": page.scroll_forward}
    return answer_list(trips, headers={name: value for name, value in contexts.items() if value})


def is_alternate_match(request: Request) -> bool:
    """Whether ordinary connections were asked for: the stand-in has no one-to-one alternatives to cancelled trips."""
    return find_text(request, "alternateMatch") not in {"ALTERNATE_ONLY", "CANCELLED_ONLY"}


def _scroll(sandbox: Sandbox, context: str) -> TripPage:
    try:
        return sandbox.timetable.scroll_trips(context, now=sandbox.clock.now())
    except ValueError as error:
        raise B2pProblem(
            "trips/scroll-context-invalid", "The scroll context cannot be read.", detail="Scroll-Context"
        ) from error


def _search(sandbox: Sandbox, request: Request) -> TripPage:
    service = "trips"
    origin = find_place(sandbox, get_text(request, "originId", service=service), "originId", service=service)
    destination = find_place(
        sandbox, get_text(request, "destinationId", service=service), "destinationId", service=service
    )
    if origin.uic == destination.uic:
        raise B2pProblem("trips/same-station", "Origin and destination are the same.", detail="destinationId")
    vias = [find_place(sandbox, text, "viaId", service=service) for text in list_texts(request, "viaId")]
    if len(vias) > MAX_VIAS:
        raise B2pProblem("trips/too-many-vias", f"At most {MAX_VIAS} stations on the way.", detail="viaId")
    side = find_text(request, "arrivalDeparture") or "ED"
    if side not in {"ED", "LA"}:
        raise B2pProblem("trips/parameter-invalid", "ED or LA is expected.", detail="arrivalDeparture")
    day = parse_day(get_text(request, "date", service=service), "date", service=service)
    clock_time = parse_clock_time(get_text(request, "time", service=service), "time", service=service)
    try:
        return sandbox.timetable.search_trips(
            origin.uic,
            destination.uic,
            via=[via.uic for via in vias],
            at=localize_time(day, clock_time, service=service),
            is_arrival=side == "LA",
            before=_read_count(request, "includeBefore", "0"),
            after=_read_count(request, "includeAfter", "5"),
            now=sandbox.clock.now(),
        )
    except OutsideTimetable as error:
        raise B2pProblem("trips/date-out-of-range", "The day is not in the timetable.", detail="date") from error


def _read_count(request: Request, name: str, default: str) -> int:
    count = parse_integer(find_text(request, name) or default, name, service="trips")
    if not 0 <= count <= 6:
        raise B2pProblem("trips/parameter-invalid", "Between 0 and 6 connections are given.", detail=name)
    return count


def localize_time(day: date, clock_time: time, *, service: str) -> datetime:
    """The moment of a local time in Switzerland; 400 for a time that the change to summer time skips. A time that
    occurs twice is the earlier one."""
    moment = datetime.combine(day, clock_time.replace(tzinfo=None), tzinfo=ZURICH)
    if moment.astimezone(UTC).astimezone(ZURICH).time() != moment.time():
        raise B2pProblem(f"{service}/time-does-not-exist", "The clocks change at this time.", detail="time")
    return moment


def answer_trip(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/trips/{tripId}`: the connection anew, with what is known by now. Its deprecated cutting is refused."""
    for name in ("originRedefined", "destinationRedefined"):
        if find_text(request, name) is not None:
            raise B2pProblem("trips/parameter-not-supported", "The stand-in does not cut trips.", detail=name)
    journey = get_journey(sandbox, request.path_values["tripId"], service="trips")
    if not is_alternate_match(request):
        return Response(204)
    return Response(200, [render_trip(journey, language=request.language, now=request.now, is_eco=False)])


def answer_products(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/products`"""
    today = sandbox.clock.today()
    return answer_list([render_product(product, request.language, today) for product in sandbox.catalogue.values()])


def answer_product(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/products/{productId}`"""
    text = request.path_values["productId"]
    product = sandbox.catalogue.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 12 else None
    if product is None:
        raise B2pProblem("products/not-found", "There is no such product.", status=404)
    return Response(200, render_product(product, request.language, sandbox.clock.today()))


def _render_network(row: tuple[int, str, str, str, tuple[str, ...]], *, has_zones: bool) -> dict[str, object]:
    network_id, code, name, screen_name, zones = row
    document: dict[str, object] = {"id": network_id, "code": code, "name": name, "screenName": screen_name}
    if has_zones:
        document["zones"] = [{"code": zone, "ownerId": network_id} for zone in zones]
    return document


def _get_network(request: Request) -> tuple[int, str, str, str, tuple[str, ...]]:
    for row in NETWORKS:
        if str(row[0]) == request.path_values["networkId"]:
            return row
    raise B2pProblem("networks/not-found", "There is no such network.", status=404)


def answer_networks(_sandbox: Sandbox, _request: Request) -> Response:
    """`GET /api/networks`"""
    return answer_list([_render_network(row, has_zones=False) for row in NETWORKS])


def answer_network(_sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/networks/{networkId}`"""
    return Response(200, _render_network(_get_network(request), has_zones=True))


def answer_zones(_sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/networks/{networkId}/zones`"""
    return Response(200, _render_network(_get_network(request), has_zones=True)["zones"])


def answer_service_status(sandbox: Sandbox, _request: Request) -> Response:
    """`GET /service/status`"""
    status = sandbox.switches.service_status
    components = [
        {"name": name, "title": title, "version": "3.20.23", "status": status if name == "nova" else "OK"}
        for name, title in (("nova", "Ticketing"), ("journey", "Timetable"), ("payment", "Payment"))
    ]
    return Response(
        200,
        {"name": "b2p", "title": "B2P sandbox", "version": "3.20.23", "status": status, "components": components},
    )


def answer_service_info(sandbox: Sandbox, _request: Request) -> Response:
    """`GET /service/info`: the message of the switch `service_message`, if any."""
    message = sandbox.switches.service_message
    if message is None:
        return Response(200, [])
    now = sandbox.clock.now()
    identity = hashlib.blake2b(repr(sorted(message.items())).encode(), digest_size=6).hexdigest()
    until = now + timedelta(hours=4)
    return Response(200, [{"id": identity, "message": message, "validFrom": now, "validTo": until}])
