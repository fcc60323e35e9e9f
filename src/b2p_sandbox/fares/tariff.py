"""Prices by distance: a degressive table with Swiss rounding. Money in Rappen.

The shape of the table (bands of a kilometre tariff, dearer near, cheaper far) is that of the Swiss tariff T600, whose
tariff kilometres the timetable gives; the figures are the stand-in's own, set so that Zürich HB–Bern costs CHF 52.00 in
second class and CHF 26.00 reduced, Zürich HB–Genève CHF 93 or so, and most others within a fifth of what travellers
know. They look real; they are not the real ones.
"""

from typing import Literal

import msgspec

from b2p_sandbox.travellers import CHILD_UNTIL_AGE, FREE_UNTIL_AGE, Traveller

# (up to this kilometre, price of one kilometre in hundredths of a Rappen)
_BANDS = ((14, 5800), (40, 4250), (150, 3420), (200, 2800), (250, 2400), (300, 2200), (10_000, 2100))
_FIRST_CLASS_PER_MILLE = 1760
_MIN_FULL = 300
_MIN_REDUCED = 220
BIKE_DAY_PASS = 1500
DAY_PASS = {2: 7500, 1: 12700}
VAT_PER_MILLE = 81

FareKind = Literal["full", "reduced", "free", "covered", "upgrade"]


class Fare(msgspec.Struct, frozen=True):
    """What one traveller pays one way, and why."""

    amount: int
    kind: FareKind


def round_to_step(amount: int, step: int) -> int:
    """Commercial rounding to a multiple of `step` Rappen."""
    return (amount + step // 2) // step * step


def round_up_to_step(amount: int, step: int) -> int:
    """Rounding up to a multiple of `step` Rappen."""
    return -(-amount // step) * step


def compute_full_fare(distance_km: float, service_class: int) -> int:
    """One way without reduction: to 20 Rappen below CHF 10, to whole francs from there on."""
    kilometres = max(1, round(distance_km))
    hundredths = 0
    reached = 0
    for limit, per_km in _BANDS:
        in_band = min(kilometres, limit) - reached
        if in_band <= 0:
            break
        hundredths += in_band * per_km
        reached += in_band
    amount = hundredths // 100
    if service_class == 1:
        amount = amount * _FIRST_CLASS_PER_MILLE // 1000
    minimum = _MIN_FULL * _FIRST_CLASS_PER_MILLE // 1000 if service_class == 1 else _MIN_FULL
    return round_to_step(max(amount, minimum), 100 if amount >= 1000 else 20)


def compute_reduced_fare(distance_km: float, service_class: int) -> int:
    """Half of the full fare, up to 10 Rappen, with its own minimum."""
    half = round_up_to_step(compute_full_fare(distance_km, service_class) // 2, 10)
    minimum = (
        round_up_to_step(_MIN_REDUCED * _FIRST_CLASS_PER_MILLE // 1000, 10) if service_class == 1 else _MIN_REDUCED
    )
    return max(half, minimum)


def compute_fare(traveller: Traveller, distance_km: float, service_class: int, *, has_adult: bool) -> Fare:
    """What a traveller pays one way in a class.

    Dogs pay the reduced second-class fare in either class; a bicycle takes its day pass. Children under 6 are free,
    under 16 half; a junior or child card makes them free beside someone of 16 or more. A GA for second class (and a
    Swiss Travel Pass, whose class is not known here) leaves the difference to pay in first.
    """
    if traveller.kind == "bicycle":
        return Fare(BIKE_DAY_PASS, "full")
    if traveller.kind == "dog":
        return Fare(compute_reduced_fare(distance_km, 2), "reduced")
    reduction = traveller.reduction
    if traveller.age < FREE_UNTIL_AGE:
        return Fare(0, "free")
    if reduction == "ga-1st" or (reduction in {"ga-2nd", "swiss-travel-pass"} and service_class == 2):
        return Fare(0, "covered")
    if reduction in {"ga-2nd", "swiss-travel-pass"}:
        difference = compute_reduced_fare(distance_km, 1) - compute_reduced_fare(distance_km, 2)
        return Fare(max(difference, 10), "upgrade")
    if reduction in {"junior-card", "child-card"} and has_adult:
        return Fare(0, "free")
    is_reduced = traveller.age < CHILD_UNTIL_AGE or reduction in {"half-fare", "swiss-half-fare-card"}
    if is_reduced:
        return Fare(compute_reduced_fare(distance_km, service_class), "reduced")
    return Fare(compute_full_fare(distance_km, service_class), "full")


def holds_half_fare_right(traveller: Traveller) -> bool:
    """Whether a traveller may use what is sold to holders of a half-fare card (children count as such)."""
    return traveller.kind == "dog" or (
        traveller.kind == "person"
        and (traveller.age < CHILD_UNTIL_AGE or traveller.reduction in {"half-fare", "swiss-half-fare-card"})
    )
