"""Customers of a run: what each wants, and what goes otherwise than usual, drawn from the seed."""

import datetime as dt
import random
import string
import uuid
from typing import Literal

import msgspec

# Zürich HB, Bern, Basel SBB, Genève, Luzern, Winterthur
_PLACES = (8503000, 8507000, 8500010, 8501008, 8505000, 8506000)
_HOURS = (7, 9, 12, 16)

# How a seller presses the key that sells: once; twice at once with one key, or with two; the same key again after the
# answer; or the page breaks the connection off in the middle.
Press = Literal["once", "twice_same_key", "twice_two_keys", "again", "cut_off"]
_PRESSES: dict[Press, float] = {"once": 70, "twice_same_key": 8, "twice_two_keys": 8, "again": 7, "cut_off": 7}


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """``reference`` is this customer's alone, in our books (your reference) and in SBB's (reference2)."""

    number: int
    reference: str
    origin: int
    destination: int
    at: str
    travel_on: dt.date
    travellers: int
    has_return: bool
    wants_saver: bool
    press: Press
    is_giving_up: bool
    is_reopening: bool
    is_undoing: bool
    seed: str

    def make_key(self, chance: random.Random) -> str:
        """An Idempotency-Key of this customer's own."""
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def draw_customer(seed: int, number: int, today: dt.date) -> Customer:
    """The customer with this number: the same for the same seed and day."""
    chance = random.Random(f"{seed}|{number}")
    origin, destination = chance.sample(_PLACES, 2)
    travel_on = today + dt.timedelta(days=chance.randint(2, 25))
    return Customer(
        number=number,
        reference=_make_reference(number),
        origin=origin,
        destination=destination,
        at=f"{travel_on.isoformat()}T{chance.choice(_HOURS):02}:00",
        travel_on=travel_on,
        travellers=chance.choice((1, 1, 1, 2)),
        has_return=chance.random() < 0.1,
        wants_saver=chance.random() < 0.25,
        press=chance.choices(list(_PRESSES), list(_PRESSES.values()))[0],
        is_giving_up=chance.random() < 0.05,
        is_reopening=chance.random() < 0.04,
        is_undoing=chance.random() < 0.10,
        seed=f"{seed}|{number}|on the way",
    )


def _make_reference(number: int) -> str:
    """Two letters and four digits: what the pattern of the demo's stricter agency asks for."""
    block, rest = divmod(number, 10_000)
    letters = string.ascii_uppercase
    return f"{letters[block // 26]}{letters[block % 26]}-{rest:04}"


class Visit(msgspec.Struct, kw_only=True):
    """How a customer's visit ended. ``told`` is the last settled state the seller was told, None if there was none."""

    customer: Customer
    number: str | None = None
    told: str | None = None
    was_told_sold: bool = False
    has_asked_undo: bool = False
    stuck: str | None = None
    seconds: float = 0.0
