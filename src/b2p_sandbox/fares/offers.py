"""The offer operations: read the question, price it, remember the offers for 15 minutes, answer with bundles."""

import hashlib
from datetime import date, datetime, timedelta

import msgspec

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.fares.pricing import (
    BundleDraft,
    Draft,
    Section,
    draft_flexible,
    draft_group,
    find_day_passes,
    find_product_bundle,
    find_saver,
    find_saver_day_pass,
)
from b2p_sandbox.fares.products import (
    BIKE,
    COUNTRY_PARAMETER,
    DAY_PASS,
    GROUP_DAY_PASS,
    SAVER_DAY_PASS,
    Product,
    is_in_season,
)
from b2p_sandbox.fares.tariff import VAT_PER_MILLE
from b2p_sandbox.fares.texts import get_label
from b2p_sandbox.lookups import find_place, get_journey
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.records import Offer, RefundRule
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.timetable import Journey
from b2p_sandbox.travellers import Traveller, parse_party, read_group, read_party
from b2p_sandbox.wire import (
    Request,
    Response,
    answer_list,
    decode_body,
    find_text,
    get_text,
    list_texts,
    parse_clock_time,
    parse_day,
    parse_integer,
)

OFFERS_LAST = timedelta(minutes=15)
ON_SALE_DAYS = 548


class PricesRequest(msgspec.Struct, rename="camel"):
    """The body of `POST /api/v2/prices`."""

    passengers: list[str]
    trip_ids: list[str]
    quality_of_service: int | None = None
    product_id: int | None = None


def describe_journey(journey: Journey, direction: str = "outward") -> Section:
    """A journey as a section of a sale. Without night trains that matters: the travel day is the departure's."""
    departure = journey.departure_at
    return Section(
        origin=journey.origin.name,
        origin_uic=journey.origin.uic,
        destination=journey.destination.name,
        destination_uic=journey.destination.uic,
        travel_on=departure.astimezone(ZURICH).date(),
        distance_km=journey.tariff_km,
        departure_at=departure,
        arrival_at=journey.arrival_at,
        train_keys=tuple(str(key) for key in journey.train_keys),
        train_text=_name_trains(journey),
        direction="return" if direction == "return" else "outward",
    )


def _name_trains(journey: Journey) -> str:
    """The day, and each train with its departure: what a saver ticket is bound to."""
    calls = [(ride.line, ride.departure_at.astimezone(ZURICH)) for ride in journey.rides]
    trains = ", ".join(f"{line} {departure:%H:%M}" for line, departure in calls)
    return f"{calls[0][1]:%d.%m.%Y} {trains}"


def answer_prices(sandbox: Sandbox, request: Request) -> Response:
    """`POST /api/v2/prices`: per trip and traveller the cheapest price; a trip's entries add up to the total."""
    question = decode_body(request, PricesRequest, service="prices")
    party = parse_party(question.passengers, [], [], service="prices")
    if not 1 <= len(question.trip_ids) <= 50:
        raise B2pProblem("prices/trip-ids-invalid", "Between 1 and 50 tripIds are needed.", detail="tripIds")
    if question.quality_of_service not in {None, 1, 2}:
        raise B2pProblem("prices/quality-of-service-invalid", "The class is 1 or 2.", detail="qualityOfService")
    prices: list[dict[str, object]] = []
    for trip_id in question.trip_ids:
        section = describe_journey(get_journey(sandbox, trip_id, service="prices"))
        prices += _list_cheapest(sandbox, section, party, question, request.now, trip_id)
    return answer_list(prices)


def _list_cheapest(
    sandbox: Sandbox, section: Section, party: list[Traveller], question: PricesRequest, now: datetime, trip_id: str
) -> list[dict[str, object]]:
    service_class = question.quality_of_service or 2
    if not _is_on_sale(sandbox, section.travel_on):
        return []
    flexible = draft_flexible(sandbox, [section], party, service_class)
    saver = find_saver(sandbox, [section], party, service_class, now)
    candidates = [bundle for bundle in (saver, flexible) if bundle is not None]
    if question.product_id is not None:
        candidates = [
            bundle for bundle in candidates if any(draft.product_id == question.product_id for draft in bundle.drafts)
        ]
    if not candidates:
        return []
    cheapest = min(candidates, key=lambda bundle: bundle.total)
    return [
        {
            "tripId": trip_id,
            "passengerId": draft.traveller.id,
            "price": draft.price,
            "currency": "CHF",
            "qualityOfService": service_class,
            "productId": draft.product_id,
            "superSaver": bool(draft.claims),
        }
        for draft in cheapest.drafts
    ]


def _is_on_sale(sandbox: Sandbox, day: date) -> bool:
    today = sandbox.clock.today()
    return today - timedelta(days=1) <= day <= today + timedelta(days=ON_SALE_DAYS)


def answer_trip_offers(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/trip-offers`: flexible, saver and day-pass bundles for a connection and perhaps the way back."""
    sections = _read_trip_sections(sandbox, request, service="offers")
    party = read_party(request, service="offers")
    bundles: list[BundleDraft] = []
    for service_class in (2, 1):
        flexible = draft_flexible(sandbox, sections, party, service_class)
        saver = find_saver(sandbox, sections, party, service_class, request.now)
        bundles += [saver, flexible] if saver is not None else [flexible]
        bundles += find_day_passes(sandbox, sections, party, service_class, flexible.total)
    return _answer_bundles(sandbox, request, bundles)


def _read_trip_sections(sandbox: Sandbox, request: Request, *, service: str) -> list[Section]:
    sections = [describe_journey(get_journey(sandbox, get_text(request, "tripId", service=service), service=service))]
    return_id = find_text(request, "returnTripId")
    if return_id is not None:
        back = describe_journey(get_journey(sandbox, return_id, service=service), "return")
        arrival = sections[0].arrival_at
        if arrival is not None and back.departure_at is not None and back.departure_at < arrival:
            raise B2pProblem(f"{service}/return-too-early", "The way back starts before the way out ends.")
        sections.append(back)
    for section in sections:
        if not _is_on_sale(sandbox, section.travel_on):
            raise B2pProblem(f"{service}/date-not-on-sale", "There is nothing on sale for this day.", detail="tripId")
    return sections


def answer_route_offers(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/route-offers`: open tickets and day passes; without a destination day passes only."""
    travel_on = parse_day(get_text(request, "date", service="offers"), "date", service="offers")
    if (clock_text := find_text(request, "time")) is not None:
        parse_clock_time(clock_text, "time", service="offers")
    party = read_party(request, service="offers")
    if not _is_on_sale(sandbox, travel_on) or travel_on < sandbox.clock.today():
        raise B2pProblem("offers/date-not-on-sale", "There is nothing on sale for this day.", detail="date")
    origin = find_place(sandbox, get_text(request, "originId", service="offers"), "originId", service="offers")
    vias = [find_place(sandbox, text, "viaId", service="offers") for text in list_texts(request, "viaId")]
    destination_text = find_text(request, "destinationId")
    destination = None
    distance: float | None = 0.0
    if destination_text is not None:
        destination = find_place(sandbox, destination_text, "destinationId", service="offers")
        if destination.uic == origin.uic:
            raise B2pProblem("offers/same-station", "Origin and destination are the same.", detail="destinationId")
        distance = sandbox.timetable.measure_route_tariff_km(origin.uic, destination.uic, [via.uic for via in vias])
    if distance is None:
        return Response(204)
    section = Section(
        origin=origin.name,
        origin_uic=origin.uic,
        destination=destination.name if destination else None,
        destination_uic=destination.uic if destination else None,
        travel_on=travel_on,
        distance_km=distance,
        via_text=", ".join(via.name for via in vias),
    )
    bundles: list[BundleDraft] = []
    for service_class in (2, 1):
        total = None
        if destination is not None:
            flexible = draft_flexible(sandbox, [section], party, service_class)
            bundles.append(flexible)
            total = flexible.total
        bundles += find_day_passes(sandbox, [section], party, service_class, total)
    return _answer_bundles(sandbox, request, bundles)


def answer_product_offers(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/product-offers/{productId}`: one bundle per class in which the product exists."""
    product, first_day = _read_product(sandbox, request)
    party = read_party(request, service="product-offers")
    if product is None or first_day is None:
        return Response(204)
    bundles: list[BundleDraft | None] = []
    for service_class in sorted(product.prices, reverse=True):
        if product.kind == "network":
            bundles += _list_network_bundles(sandbox, product, party, first_day, service_class)
        elif product.kind != "group":
            bundles.append(find_product_bundle(sandbox, product, party, first_day, service_class))
    return _answer_bundles(sandbox, request, [bundle for bundle in bundles if bundle is not None])


def _list_network_bundles(
    sandbox: Sandbox, product: Product, party: list[Traveller], first_day: date, service_class: int
) -> list[BundleDraft | None]:
    section = Section(
        origin="GA-Bereich", origin_uic=0, destination=None, destination_uic=None, travel_on=first_day, distance_km=0
    )
    if product.id == SAVER_DAY_PASS:
        return [find_saver_day_pass(sandbox, section, party, service_class)]
    if product.id == DAY_PASS:
        passes = find_day_passes(sandbox, [section], party, service_class, None)
        return [bundle for bundle in passes if bundle.flexibility == "FLEX"]
    if product.id == BIKE and all(traveller.kind == "bicycle" for traveller in party):
        return [draft_flexible(sandbox, [section], party, service_class)]
    return []


def _read_product(sandbox: Sandbox, request: Request) -> tuple[Product | None, date | None]:
    """Product and first day; None where nothing is on sale (unknown product, past, too far, out of season)."""
    service = "product-offers"
    product_id = parse_integer(request.path_values["productId"], "productId", service=service)
    first_day = parse_day(get_text(request, "validFromDate", service=service), "validFromDate", service=service)
    if (clock_text := find_text(request, "validFromTime")) is not None:
        parse_clock_time(clock_text, "validFromTime", service=service)
    product = sandbox.catalogue.get(product_id)
    today = sandbox.clock.today()
    is_possible = today <= first_day and first_day.year <= today.year + 1
    if product is None or not is_possible or not is_in_season(product, first_day):
        return None, None
    return product, first_day


def answer_group_trip_offers(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/group-trip-offers`: one offer for the whole group and class."""
    parts = read_group(request, service="group-offers")
    sections = _read_trip_sections(sandbox, request, service="group-offers")
    return _answer_bundles(
        sandbox, request, [draft_group(sandbox, sections, parts, service_class, None) for service_class in (2, 1)]
    )


def answer_group_product_offers(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/group-product-offers/{productId}`: the group day pass."""
    parts = read_group(request, service="group-offers")
    product, first_day = _read_product(sandbox, request)
    if product is None or first_day is None or product.id != GROUP_DAY_PASS:
        return Response(204)
    section = Section(
        origin="GA-Bereich", origin_uic=0, destination=None, destination_uic=None, travel_on=first_day, distance_km=0
    )
    return _answer_bundles(
        sandbox, request, [draft_group(sandbox, [section], parts, service_class, product) for service_class in (2, 1)]
    )


def _answer_bundles(sandbox: Sandbox, request: Request, bundles: list[BundleDraft]) -> Response:
    product_text = find_text(request, "productId")
    if product_text is not None:
        wanted = parse_integer(product_text, "productId", service="offers")
        bundles = [bundle for bundle in bundles if any(draft.product_id == wanted for draft in bundle.drafts)]
    return answer_list([_register_bundle(sandbox, request, bundle) for bundle in bundles])


def _register_bundle(sandbox: Sandbox, request: Request, bundle: BundleDraft) -> dict[str, object]:
    bundle_id = f"bundle-{sandbox.store.draw_number('bundle', 0)}"
    language = request.language
    offers = [(_create_offer(sandbox, request, bundle, draft, bundle_id), draft) for draft in bundle.drafts]
    sandbox.store.add_bundle(bundle_id, [offer for offer, draft in offers if draft.requires_purchase])
    characteristic = {
        "type": "TEXT",
        "code": "FLEXIBILITY",
        "title": get_label("flexibility", language),
        "value": bundle.flexibility,
        "valueTitle": get_label(bundle.flexibility, language),
    }
    return {
        "totalPrice": bundle.total,
        "currency": "CHF",
        "qualityOfService": bundle.service_class,
        "outwardCharacteristic": {"genericCharacteristic": [characteristic]},
        "offers": [_render_offer(offer, draft, request.now) for offer, draft in offers],
        "notifications": [],
    }


def _create_offer(sandbox: Sandbox, request: Request, bundle: BundleDraft, draft: Draft, bundle_id: str) -> Offer:
    language, section, product = request.language, draft.section, draft.product
    number = sandbox.store.draw_number("offer", 0)
    is_group = bool(draft.group_infos)
    is_multi_day = product is not None and product.kind in {"pass", "card"}
    product_name = (product or sandbox.catalogue[draft.product_id]).name[language]
    title = product_name if product is not None and not draft.label else get_label(draft.label, language)
    if section.destination is not None:
        title = f"{title}: {section.origin}–{section.destination}"
    return Offer(
        id=hashlib.blake2b(f"{sandbox.settings.seed}|offer|{number}".encode(), digest_size=12).hexdigest(),
        bundle_id=bundle_id,
        contract_id=request.contract_id,
        traveller_id=draft.traveller.id,
        traveller_kind="group" if is_group else draft.traveller.kind,
        traveller_age=draft.traveller.age if draft.traveller.kind == "person" and not is_group else None,
        reduction=draft.traveller.reduction,
        product_id=draft.product_id,
        product_name=product_name,
        title=f"{title}, {get_label(f'class_{bundle.service_class}', language)}",
        description=get_label(draft.about, language),
        language=language,
        offer_type=draft.offer_type,
        price=draft.price,
        service_class=bundle.service_class,
        direction=draft.direction,
        origin=section.origin if section.origin_uic else None,
        origin_uic=str(section.origin_uic) if section.origin_uic else None,
        destination=section.destination,
        destination_uic=str(section.destination_uic) if section.destination_uic else None,
        via_text=section.via_text,
        travel_on=section.travel_on,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        has_valid_times=draft.has_valid_times,
        is_refundable=draft.is_flexible and draft.price > 0,
        is_exchangeable=draft.is_flexible and draft.price > 0,
        refund_rule=_choose_refund_rule(draft, is_multi_day=is_multi_day),
        is_individually_refundable=is_multi_day,
        claims=list(draft.claims),
        sales_parameters=[COUNTRY_PARAMETER] if product is not None and product.needs_country else [],
        lapses_at=sandbox.clock.now() + OFFERS_LAST,
        train_text=section.train_text if draft.claims else "",
        group_infos=[
            {"count": count, "customerSegmentCode": segment, "price": price, "currency": "CHF"}
            for count, segment, price in draft.group_infos
        ]
        or None,
    )


def _choose_refund_rule(draft: Draft, *, is_multi_day: bool) -> RefundRule:
    if not draft.is_flexible:
        return "none"
    return "share_of_days" if is_multi_day else "before_first_day"


def _render_offer(offer: Offer, draft: Draft, now: datetime) -> dict[str, object]:
    document: dict[str, object] = {
        "productId": offer.product_id,
        "title": offer.title,
        "description": offer.description,
        "offerType": offer.offer_type,
        "price": offer.price,
        "currency": "CHF",
        "vat": VAT_PER_MILLE,
        "qualityOfService": offer.service_class,
        "direction": offer.direction,
        "offerValidity": {"from": now, "to": offer.lapses_at},
        "ticketValidity": {
            "from": render_ticket_time(offer.valid_from, has_time=offer.has_valid_times),
            "to": render_ticket_time(offer.valid_until, has_time=True),
        },
        "salesParameter": [
            {"key": item.key, "type": item.type, "optional": item.optional, "possibleValues": item.possible_values}
            for item in offer.sales_parameters
        ],
        "refundable": offer.is_refundable,
        "exchangeable": offer.is_exchangeable,
        "requiresPurchase": draft.requires_purchase,
    }
    if draft.requires_purchase:
        document["offerIdentifier"] = offer.id
    if offer.group_infos is not None:
        document["passengerGroupInfos"] = offer.group_infos
    else:
        document["passengerId"] = offer.traveller_id
    if offer.origin is not None:
        route: dict[str, object] = {"departure": {"uicCode": offer.origin_uic, "name": offer.origin}}
        if offer.destination is not None:
            route["destination"] = {"uicCode": offer.destination_uic, "name": offer.destination}
        if offer.via_text:
            route["viaText"] = offer.via_text
        document["routeValidity"] = {"direction": offer.direction, "routes": [route]}
        document["tariffLevel"] = f"KM {round(draft.section.distance_km)}"
    return document


def render_ticket_time(moment: datetime, *, has_time: bool) -> dict[str, object]:
    """The local date, with hour and minute where the ticket has them."""
    local = moment.astimezone(ZURICH)
    document: dict[str, object] = {"date": local.date()}
    if has_time:
        document["time"] = {"hour": local.hour, "minute": local.minute, "second": 0, "nano": 0}
    return document
