"""What stands on a ticket, the same for every form of document."""

from datetime import datetime

import msgspec

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.fares.products import DAY_PASS, SAVER, SAVER_DAY_PASS, SINGLE
from b2p_sandbox.fares.texts import get_label
from b2p_sandbox.records import Booking, Offer, Prebooking, Ticket

SPECIMEN = {"de": "MUSTER", "fr": "SPÉCIMEN", "it": "FACSIMILE", "en": "SPECIMEN"}
NOT_VALID = {
    "de": "Nicht gültig zum Reisen. Aus einer Testumgebung.",
    "fr": "Non valable pour voyager. Issu d’un environnement de test.",
    "it": "Non valido per viaggiare. Proveniente da un ambiente di test.",
    "en": "Not valid for travel. From a test environment.",
}
_LABELS = {
    "traveller": {"de": "Reisende/r", "fr": "Voyageur", "it": "Viaggiatore", "en": "Traveller"},
    "born": {"de": "Geburtsdatum", "fr": "Date de naissance", "it": "Data di nascita", "en": "Date of birth"},
    "route": {"de": "Strecke", "fr": "Parcours", "it": "Tratta", "en": "Route"},
    "fare": {"de": "Tarif", "fr": "Tarif", "it": "Tariffa", "en": "Fare"},
    "class": {"de": "Klasse", "fr": "Classe", "it": "Classe", "en": "Class"},
    "valid": {"de": "Gültig", "fr": "Valable", "it": "Valido", "en": "Valid"},
    "train": {"de": "Zug", "fr": "Train", "it": "Treno", "en": "Train"},
    "price": {"de": "Preis", "fr": "Prix", "it": "Prezzo", "en": "Price"},
    "number": {"de": "Billett-Nr.", "fr": "N° du billet", "it": "N. biglietto", "en": "Ticket no."},
}
_TARIFF_PRODUCTS = {SINGLE, SAVER, DAY_PASS, SAVER_DAY_PASS}


class TicketContent(msgspec.Struct, frozen=True):
    """What a document shows: `rows` are (label, value) in the ticket's language; `code_text` is in the 2D code."""

    language: str
    specimen: str
    not_valid: str
    title: str
    description: str
    rows: list[tuple[str, str]]
    code_text: str
    reference: str
    valid_from: datetime
    valid_until: datetime


def _describe_fare(offer: Offer, language: str) -> str:
    """The card that the price asks for, which the traveller must show; empty for everybody's price."""
    if offer.reduction in {"half-fare", "swiss-half-fare-card"} and offer.product_id in _TARIFF_PRODUCTS:
        return get_label("half_fare", language)
    return ""


def describe_ticket(booking: Booking, ticket: Ticket, held: Prebooking) -> TicketContent:
    """The content of a sold ticket, in the language the booking was made in."""
    offer, person, language = held.offer, held.person, booking.language
    start, end = offer.valid_from.astimezone(ZURICH), offer.valid_until.astimezone(ZURICH)
    route = " – ".join(name for name in (offer.origin, offer.destination) if name)
    if route and offer.direction == "round":
        route += " – " + (offer.origin or "")
    rows = [
        ("traveller", f"{person.first_name} {person.last_name}"),
        ("born", f"{person.born_on:%d.%m.%Y}"),
        ("route", route + (f" (via {offer.via_text})" if offer.via_text else "")),
        ("fare", _describe_fare(offer, language)),
        ("class", str(offer.service_class)),
        ("valid", f"{start:%d.%m.%Y %H:%M} – {end:%d.%m.%Y %H:%M}"),
        ("train", offer.train_text),
        ("price", f"CHF {ticket.price // 100}.{ticket.price % 100:02d}"),
        ("number", ticket.reference),
    ]
    code = f"SPECIMEN|{ticket.external_id}|{start:%Y%m%d%H%M}|{end:%Y%m%d%H%M}|{offer.service_class}|{ticket.price}"
    return TicketContent(
        language=language,
        specimen=" · ".join(SPECIMEN[key] for key in ("de", "fr", "it", "en")),
        not_valid=NOT_VALID[language],
        title=offer.product_name,
        description=offer.description,
        rows=[(_LABELS[label][language], value) for label, value in rows if value],
        code_text=code,
        reference=ticket.reference,
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
    )
