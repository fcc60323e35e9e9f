"""Order numbers, ages, states, adoption: pure decisions."""

import datetime as dt
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agenturclient.core.money import Money
from agenturclient.orders.rules import (
    TRANSITIONS,
    OrderState,
    UndoFinding,
    compute_age,
    compute_confirm_until,
    find_adoption_faults,
    find_name_fault,
    fold_name,
    fold_search_text,
    judge_undo,
    list_search_terms,
    make_order_number,
    parse_order_number,
)
from agenturclient.rail.port import BookingState, BookingStatus, TicketState, TicketStatus

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_order_numbers_read_back_however_they_are_typed() -> None:
    for _ in range(200):
        number = make_order_number()
        assert parse_order_number(number) == number
        assert parse_order_number(number.lower().replace("-", " ")) == number
        assert parse_order_number(number.removeprefix("AC-")) == number
        assert parse_order_number(number.replace("0", "O").replace("1", "l")) == number


@given(st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(place: int, character: str) -> None:
    plain = make_order_number().replace("-", "")[2:]
    wrong = plain[:place] + character + plain[place + 1 :]
    assert (parse_order_number(wrong) is not None) == (wrong == plain)


@given(st.text(alphabet=string.printable, max_size=20))
def test_any_text_is_a_number_or_none(text: str) -> None:
    parsed = parse_order_number(text)
    assert parsed is None or parse_order_number(parsed) == parsed


@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 40_000))
def test_age_grows_by_one_on_each_birthday(born_on: dt.date, days: int) -> None:
    on = born_on + dt.timedelta(days=days)
    age = compute_age(born_on, on)
    assert age == compute_age(born_on, on - dt.timedelta(days=1)) + int(
        (on.month, on.day) == (born_on.month, born_on.day)
        or ((born_on.month, born_on.day) == (2, 29) and (on.month, on.day) == (3, 1) and not _is_leap(on.year))
    )


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def test_resting_states_have_no_way_out() -> None:
    ends = {state for state, following in TRANSITIONS.items() if not following}
    assert ends == {
        OrderState.FAILED,
        OrderState.CANCELLED,
        OrderState.REFUNDED,
        OrderState.ABANDONED,
        OrderState.EXPIRED,
    }
    assert set(TRANSITIONS) == set(OrderState)


def test_confirming_must_fit_before_the_hold_ends() -> None:
    held_until = dt.datetime(2026, 11, 24, 14, 32, tzinfo=dt.UTC)
    assert compute_confirm_until(held_until, 30, 60) == held_until - dt.timedelta(seconds=90)


def _make_ticket(status: TicketStatus, price: int = 2600, **values: object) -> TicketState:
    fields: dict[str, object] = {
        "ticket_id": "1",
        "external_id": "e",
        "printed_number": "812744103921",
        "status": status,
        "status_text": status.value,
        "price": Money(price),
        "travel_on": dt.date(2026, 11, 24),
        "first_name": "Anna",
        "last_name": "Keller",
        "born_on": dt.date(1984, 4, 12),
        **values,
    }
    return TicketState(**fields)  # type: ignore[arg-type]


def _make_booking(*tickets: TicketState, is_complete: bool = True) -> BookingState:
    return BookingState("9077", BookingStatus.PENDING, tickets, is_complete)


@pytest.mark.parametrize(
    ("booking", "finding"),
    [
        (None, UndoFinding.UNCLEAR),
        (_make_booking(), UndoFinding.UNCLEAR),
        (_make_booking(_make_ticket(TicketStatus.CANCELLED)), UndoFinding.DONE),
        (_make_booking(_make_ticket(TicketStatus.CANCELLED), is_complete=False), UndoFinding.UNCLEAR),
        (_make_booking(_make_ticket(TicketStatus.VALID_IN_FUTURE)), UndoFinding.NOT_DONE),
        (_make_booking(_make_ticket(TicketStatus.UNKNOWN)), UndoFinding.UNCLEAR),
        (
            _make_booking(_make_ticket(TicketStatus.CANCELLED), _make_ticket(TicketStatus.VALID)),
            UndoFinding.UNCLEAR,
        ),
    ],
)
def test_only_all_or_nothing_proves_an_undo(booking: BookingState | None, finding: UndoFinding) -> None:
    assert judge_undo(booking) is finding


@pytest.mark.parametrize(
    ("ticket", "faults"),
    [
        (_make_ticket(TicketStatus.VALID), []),
        (_make_ticket(TicketStatus.VALID, first_name="ANNA", last_name="Kéller"), []),
        (_make_ticket(TicketStatus.VALID, price=2700), ["price"]),
        (_make_ticket(TicketStatus.VALID, travel_on=dt.date(2026, 11, 25)), ["travel_on"]),
        (_make_ticket(TicketStatus.VALID, last_name="Meier"), ["travellers"]),
        (_make_ticket(TicketStatus.VALID, born_on=dt.date(1984, 4, 13)), ["travellers"]),
        (_make_ticket(TicketStatus.CANCELLED), ["cancelled"]),
    ],
)
def test_a_booking_is_adopted_only_if_it_fits(ticket: TicketState, faults: list[str]) -> None:
    found = find_adoption_faults(
        _make_booking(ticket),
        held_total=2600,
        travel_days={dt.date(2026, 11, 24)},
        travellers={("anna", "keller", dt.date(1984, 4, 12))},
    )
    assert found == faults


@given(st.text(max_size=80))
def test_a_name_that_passes_can_be_printed(name: str) -> None:
    if find_name_fault(name) is None:
        assert name.isprintable()
        assert name.strip()
        assert fold_name(name)


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("Zürich HB", {"zurich hb", "zuerich hb", "hb zurich", "hb zuerich"}),
        ("Genève-Aéroport", {"geneve aeroport", "aeroport geneve"}),
        ("St. Gallen", {"st gallen", "gallen st"}),
        ("Anna von Gunten", {"anna von gunten", "von gunten anna", "gunten anna von"}),
        ("Œuvray", {"oeuvray"}),
        (" - ", set()),
        ("", set()),
    ],
)
def test_a_name_is_searched_by_each_of_its_words(name: str, terms: set[str]) -> None:
    assert list_search_terms(name) == terms


@example("\U0001d5b2ofia")
@given(st.text(max_size=120))
def test_search_terms_fit_their_column_and_are_found_by_the_name_as_typed(name: str) -> None:
    terms = list_search_terms(name)
    assert all(0 < len(term) <= 130 for term in terms)
    typed = fold_search_text(name)
    assert not typed or any(term.startswith(typed[:130]) for term in terms)
    assert fold_search_text(typed) == typed
