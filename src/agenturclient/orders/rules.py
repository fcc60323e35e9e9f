"""Decisions about orders: states, numbers, ages, deadlines. No I/O (design section 4)."""

import datetime as dt
import enum
import secrets
import unicodedata
from collections.abc import Iterable

from agenturclient.rail.port import BookingState, TicketState, TicketStatus


class OrderState(enum.StrEnum):
    OPEN = "open"
    HELD = "held"
    CONFIRMING = "confirming"
    CONFIRMED = "confirmed"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    ABANDONED = "abandoned"
    EXPIRED = "expired"


class Step(enum.StrEnum):
    """An intent that was recorded. What a crash during it means is design section 4's table."""

    HOLDING = "holding"
    PAYING = "paying"
    # Paid, and the booking certainly has not been asked for: it may be asked for (again).
    PAID = "paid"
    BOOKING = "booking"
    CHECKING = "checking"
    UNDOING_WRONG_PRICE = "undoing_wrong_price"
    UNDOING = "undoing"


class PrebookingState(enum.StrEnum):
    HELD = "held"
    GIVEN_UP = "given_up"
    PAYMENT_UNKNOWN = "payment_unknown"
    PAID = "paid"
    BOOKED = "booked"
    UNDONE = "undone"


# Confirming goes back to held only where the payment certainly never left: nothing was done, the places are still ours.
TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    OrderState.OPEN: frozenset({OrderState.HELD, OrderState.ABANDONED, OrderState.EXPIRED}),
    OrderState.HELD: frozenset({OrderState.OPEN, OrderState.CONFIRMING, OrderState.ABANDONED, OrderState.EXPIRED}),
    OrderState.CONFIRMING: frozenset(
        {OrderState.CONFIRMED, OrderState.OPEN, OrderState.HELD, OrderState.FAILED, OrderState.IN_DOUBT}
    ),
    OrderState.IN_DOUBT: frozenset({OrderState.CONFIRMED, OrderState.FAILED}),
    OrderState.CONFIRMED: frozenset({OrderState.CANCELLED, OrderState.PARTLY_REFUNDED, OrderState.REFUNDED}),
    OrderState.PARTLY_REFUNDED: frozenset({OrderState.REFUNDED}),
    OrderState.FAILED: frozenset(),
    OrderState.CANCELLED: frozenset(),
    OrderState.REFUNDED: frozenset(),
    OrderState.ABANDONED: frozenset(),
    OrderState.EXPIRED: frozenset(),
}

# No I, L, O, U: nothing that is misheard or misread for a digit. 30 characters would do; 32 keep it a power of two.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_PREFIX = "AC"
_NUMBER_LENGTH = 8
_MAX_AGE = 120
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Of a longer name the first words; what the column holds (written out, 60 letters may become more).
_MAX_TERM_WORDS, _MAX_TERM_LENGTH = 6, 130


def make_order_number() -> str:
    """A number like ``AC-7K4M-92QF``: seven random characters (3.4e10, nothing to guess) and a check character."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(7))
    body += _compute_check_character(body)
    return f"{_NUMBER_PREFIX}-{body[:4]}-{body[4:]}"


def parse_order_number(text: str) -> str | None:
    """The order number in what somebody typed (any case, with or without hyphens, O for 0, I or L for 1), else None."""
    folded = "".join(character for character in text.upper() if character.isalnum())
    # A number may itself begin with these two letters.
    folded = folded.removeprefix(_NUMBER_PREFIX) if len(folded) > _NUMBER_LENGTH else folded
    folded = folded.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(folded) != _NUMBER_LENGTH or any(character not in _ALPHABET for character in folded):
        return None
    if _compute_check_character(folded[:7]) != folded[7]:
        return None
    return f"{_NUMBER_PREFIX}-{folded[:4]}-{folded[4:]}"


def _compute_check_character(body: str) -> str:
    """Luhn's formula over 32 characters: finds every single wrong character and nearly every swapped pair."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = _ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _ALPHABET[-total % 32]


def compute_age(born_on: dt.date, on: dt.date) -> int:
    """Age in whole years on a day. Somebody born on 29 February has their birthday on 1 March of other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def is_plausible_birth_date(born_on: dt.date, today: dt.date) -> bool:
    return born_on <= today and compute_age(born_on, today) <= _MAX_AGE


def fold_name(*parts: str | None) -> str:
    """Names for the search: lower case, no accents, one space."""
    joined = " ".join(part for part in parts if part)
    # Twice, for taking a letter apart may give a capital one (the mathematical alphabets), and lower case an accent.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    return " ".join("".join(character for character in folded if not unicodedata.combining(character)).split())


def fold_search_text(text: str) -> str:
    """A text as searches compare it: lower case, no accents, words of letters and digits with one space between."""
    folded = fold_name(fold_name(text).translate(_LIGATURES))
    return " ".join("".join(character if character.isalnum() else " " for character in folded).split())


def list_search_terms(*names: str) -> set[str]:
    """What names are searched by: from each of their words on and around ("ada muster", "muster ada"), so that a text
    finds a name if a term begins with it; ä, ö, ü also written out as ae, oe, ue."""
    terms: set[str] = set()
    for name in names:
        lowered = unicodedata.normalize("NFC", name).casefold()
        for spelling in (lowered, lowered.translate(_UMLAUTS)):
            words = fold_search_text(spelling).split()
            turned = (" ".join(words[first:] + words[:first]) for first in range(min(len(words), _MAX_TERM_WORDS)))
            terms.update(term[:_MAX_TERM_LENGTH] for term in turned)
    return terms


def find_name_fault(name: str, max_length: int = 60) -> str | None:
    """What is wrong with a first or last name, as a short English text; None if it can be printed on a ticket."""
    if not name.strip():
        return "must not be empty"
    if len(name) > max_length:
        return f"must have at most {max_length} characters"
    if any(not character.isprintable() or unicodedata.category(character) == "So" for character in name):
        return "must not contain control characters or symbols"
    if not any(character.isalpha() for character in name):
        return "must contain letters"
    if any(character in "<>{}[]|\\^~`" for character in name):
        return "must not contain < > { } [ ] | \\ ^ ~ `"
    return None


def compute_confirm_until(held_until: dt.datetime, confirm_budget_seconds: float, reserve_seconds: int) -> dt.datetime:
    """The last moment to begin confirming: the budget and the reserve must fit before the earliest hold ends."""
    return held_until - dt.timedelta(seconds=confirm_budget_seconds + reserve_seconds)


class UndoFinding(enum.Enum):
    DONE = "done"
    NOT_DONE = "not_done"
    UNCLEAR = "unclear"


def judge_undo(booking: BookingState | None) -> UndoFinding:
    """Whether an undo whose answer was lost was done, from the booking read afterwards.

    Nothing found, or some tickets of each kind, proves neither: only all cancelled or all valid does.
    """
    if booking is None or not booking.is_complete or not booking.tickets:
        return UndoFinding.UNCLEAR
    states = {ticket.status for ticket in booking.tickets}
    if states == {TicketStatus.CANCELLED}:
        return UndoFinding.DONE
    if states <= {TicketStatus.VALID, TicketStatus.VALID_IN_FUTURE}:
        return UndoFinding.NOT_DONE
    return UndoFinding.UNCLEAR


def sum_booked_total(tickets: Iterable[TicketState]) -> int:
    """What the supplier says the booking costs, in Rappen."""
    return sum(ticket.price.amount for ticket in tickets)


def find_adoption_faults(
    booking: BookingState, *, held_total: int, travel_days: set[dt.date], travellers: set[tuple[str, str, dt.date]]
) -> list[str]:
    """Why a booking cannot be this order's: its price, its days or its travellers differ. Empty if it fits.

    ``travellers`` are (folded first name, folded last name, date of birth).
    """
    faults = []
    if not booking.is_complete:
        faults.append("incomplete")
    if sum_booked_total(booking.tickets) != held_total:
        faults.append("price")
    if any(ticket.travel_on is not None and ticket.travel_on not in travel_days for ticket in booking.tickets):
        faults.append("travel_on")
    booked = {
        (fold_name(ticket.first_name), fold_name(ticket.last_name), ticket.born_on)
        for ticket in booking.tickets
        if ticket.last_name or ticket.first_name
    }
    if not booked <= travellers:
        faults.append("travellers")
    if any(ticket.status in {TicketStatus.CANCELLED, TicketStatus.REFUNDED} for ticket in booking.tickets):
        faults.append("cancelled")
    return faults
