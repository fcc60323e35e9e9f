"""`POST /api/v2/prebookings`: hold offers for 30 minutes. The answer carries no price, and there is no release."""

from datetime import date, datetime, timedelta

import msgspec

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.records import Offer, Person, Prebooking
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.wire import Request, Response, decode_body

HOLD_LASTS = timedelta(minutes=30)
MAX_NAME_LENGTH = 50
_SERVICE = "prebookings"


class PersonData(msgspec.Struct, rename={"first_name": "firstname", "last_name": "lastname", "born_on": "dateOfBirth"}):
    """A traveller or an owner as sent; the date of birth is a date, or a date-time of which the date counts."""

    first_name: str
    last_name: str
    born_on: str


class PassengerData(
    msgspec.Struct, rename={"first_name": "firstname", "last_name": "lastname", "born_on": "dateOfBirth"}
):
    """A person with the id under which the offer was asked for."""

    id: str
    first_name: str
    last_name: str
    born_on: str


class OwnedData(msgspec.Struct):
    """A dog or bicycle."""

    id: str
    owner: PersonData | None = None


class OfferChoice(msgspec.Struct, rename="camel"):
    """One offer to hold."""

    offer_identifier: str
    sales_parameter: dict[str, str] = {}


class PrebookRequest(msgspec.Struct, rename="camel"):
    """What one traveller, dog or bicycle takes."""

    offer_prebookings: list[OfferChoice] = []
    passenger: PassengerData | None = None
    dog: OwnedData | None = None
    bike: OwnedData | None = None


def compute_age(born_on: date, on_day: date) -> int:
    """Age in whole years on a day; someone born on 29 February is a year older on 1 March of a common year."""
    return on_day.year - born_on.year - ((on_day.month, on_day.day) < (born_on.month, born_on.day))


def answer_prebooking(sandbox: Sandbox, request: Request) -> Response:
    """All or nothing: either every offer is held, or none and a problem says why."""
    wanted = decode_body(request, list[PrebookRequest], service=_SERVICE)
    pairs: list[tuple[Offer, Person, dict[str, str]]] = []
    for entry in wanted:
        owner = _read_owner(sandbox, entry)
        for choice in entry.offer_prebookings:
            offer = _get_offer(sandbox, request, choice.offer_identifier)
            _check_traveller(offer, entry, owner)
            _check_parameters(offer, choice.sales_parameter)
            pairs.append((offer, owner, choice.sales_parameter))
    if not pairs:
        raise B2pProblem(f"{_SERVICE}/offers-missing", "There is nothing to prebook.", detail="offerPrebookings")
    _check_bundles(sandbox, [offer for offer, _, _ in pairs])
    return _hold_offers(sandbox, request, pairs)


def _read_owner(sandbox: Sandbox, entry: PrebookRequest) -> Person:
    given = [part for part in (entry.passenger, entry.dog, entry.bike) if part is not None]
    if len(given) != 1:
        raise B2pProblem(f"{_SERVICE}/traveller-missing", "Exactly one of passenger, dog or bike is needed.")
    data = entry.passenger or (entry.dog or entry.bike or OwnedData("")).owner
    if data is None:
        raise B2pProblem(f"{_SERVICE}/owner-missing", "A dog or bicycle needs its owner.", detail="owner")
    for name, value in (("firstname", data.first_name), ("lastname", data.last_name)):
        text = value.strip()
        if not 1 <= len(text) <= MAX_NAME_LENGTH or any(ord(letter) < 32 for letter in text):
            raise B2pProblem(f"{_SERVICE}/name-invalid", f"A name has 1 to {MAX_NAME_LENGTH} letters.", detail=name)
    born_on = _parse_birth_date(data.born_on)
    if born_on > sandbox.clock.today() or born_on.year < 1900:
        raise B2pProblem(
            f"{_SERVICE}/date-of-birth-invalid", "The date of birth is not possible.", detail="dateOfBirth"
        )
    return Person(data.first_name.strip(), data.last_name.strip(), born_on)


def _parse_birth_date(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()
    except ValueError as error:
        raise B2pProblem(f"{_SERVICE}/date-of-birth-invalid", "That is not a date.", detail="dateOfBirth") from error


def _get_offer(sandbox: Sandbox, request: Request, offer_id: str) -> Offer:
    offer = sandbox.store.offers.get(offer_id)
    if offer is None or offer.contract_id != request.contract_id:
        raise B2pProblem(f"{_SERVICE}/offer-not-found", "There is no such offer.", status=404, detail=offer_id[:64])
    held_id = sandbox.store.prebooking_by_offer.get(offer_id)
    if held_id is not None:
        raise B2pProblem(f"{_SERVICE}/offer-already-prebooked", "The offer is taken.", detail=offer_id)
    if offer.lapses_at <= sandbox.clock.now():
        raise B2pProblem(f"{_SERVICE}/offer-expired", "The offer has expired.", detail=offer_id)
    return offer


def _check_traveller(offer: Offer, entry: PrebookRequest, owner: Person) -> None:
    kinds = {"passenger": "person", "dog": "dog", "bike": "bicycle"}
    name = next(name for name in kinds if getattr(entry, name) is not None)
    if offer.traveller_kind == "group":
        if name != "passenger":
            raise B2pProblem(f"{_SERVICE}/traveller-wrong", "A group is booked by a person.", detail=name)
        return
    given_id = getattr(entry, name).id
    if kinds[name] != offer.traveller_kind or given_id != offer.traveller_id:
        raise B2pProblem(f"{_SERVICE}/traveller-wrong", "The offer is for another traveller.", detail=name)
    if offer.traveller_age is not None and compute_age(owner.born_on, offer.travel_on) != offer.traveller_age:
        raise B2pProblem(
            f"{_SERVICE}/age-does-not-match",
            "The date of birth does not give the age on the day of travel that the offer was made for.",
            detail="dateOfBirth",
        )


def _check_parameters(offer: Offer, given: dict[str, str]) -> None:
    for parameter in offer.sales_parameters:
        value = given.get(parameter.key)
        if value is None and not parameter.optional:
            raise B2pProblem(
                f"{_SERVICE}/sales-parameter-missing", "A sales parameter is missing.", detail=parameter.key
            )
        if value is not None and parameter.possible_values and value not in parameter.possible_values:
            raise B2pProblem(f"{_SERVICE}/sales-parameter-invalid", "The value is not allowed.", detail=parameter.key)


def _check_bundles(sandbox: Sandbox, offers: list[Offer]) -> None:
    """No offer twice, and every bundle whole: its offers are prebooked together."""
    chosen = {offer.id for offer in offers}
    if len(chosen) != len(offers):
        raise B2pProblem(f"{_SERVICE}/offer-twice", "An offer is named twice.")
    for offer in offers:
        if any(other not in chosen for other in sandbox.store.bundles[offer.bundle_id]):
            raise B2pProblem(f"{_SERVICE}/bundle-incomplete", "A bundle is prebooked whole.", detail=offer.id)


def _hold_offers(sandbox: Sandbox, request: Request, pairs: list[tuple[Offer, Person, dict[str, str]]]) -> Response:
    store = sandbox.store
    taken: list[Offer] = []
    for offer, _, _ in pairs:
        if not store.take_places(offer.claims):
            for earlier in taken:
                store.release_places(earlier.claims)
            raise B2pProblem(f"{_SERVICE}/quota-exhausted", "This saver ticket is sold out.", detail=offer.id)
        taken.append(offer)
    created_at = sandbox.clock.now()
    set_id = store.draw_number("set", 1)
    answers: list[dict[str, object]] = []
    for offer, person, parameters in pairs:
        held = Prebooking(
            id=store.draw_number("prebooking", 47_000_000),
            set_id=set_id,
            offer=offer,
            person=person,
            contract_id=request.contract_id,
            conversation_id=request.conversation_id,
            sales_parameters=parameters,
            created_at=created_at,
            lapses_at=created_at + HOLD_LASTS,
        )
        store.save(held)
        period = {"from": created_at.astimezone(ZURICH), "to": held.lapses_at.astimezone(ZURICH)}
        answers.append({"preBookingId": held.id, "offerIdentifier": offer.id, "validityPeriod": period})
    return Response(201, {"prebookings": answers})
