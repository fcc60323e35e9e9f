"""Prices by distance: known points, rounding, reductions, and what must hold for any distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2p_sandbox.fares.tariff import compute_fare, compute_full_fare, compute_reduced_fare, holds_half_fare_right
from b2p_sandbox.travellers import Traveller
from sandbox_driver import BERN, GENEVE, ZURICH_HB

distances = st.floats(0, 500, allow_nan=False)
classes = st.sampled_from([1, 2])


def person(age: int, reduction: str = "none") -> Traveller:
    return Traveller("x", "person", age, reduction)


def test_known_prices(timetable):
    bern = timetable.measure_route_tariff_km(ZURICH_HB, BERN, [])
    assert (compute_full_fare(bern, 2), compute_reduced_fare(bern, 2)) == (5200, 2600)
    assert (compute_full_fare(bern, 1), compute_reduced_fare(bern, 1)) == (9200, 4600)
    geneve = timetable.measure_route_tariff_km(ZURICH_HB, GENEVE, [])
    assert 9000 <= compute_full_fare(geneve, 2) <= 10_000


def test_shortest_distances_cost_the_minimum():
    assert (compute_full_fare(0.1, 2), compute_reduced_fare(0.1, 2)) == (300, 220)
    assert (compute_full_fare(0.1, 1), compute_reduced_fare(0.1, 1)) == (520, 390)


@given(distances, classes)
def test_rounding(distance_km, service_class):
    """To 20 Rappen below ten francs and to whole francs above; reduced ones to 10 Rappen."""
    full = compute_full_fare(distance_km, service_class)
    assert full % (100 if full >= 1000 else 20) == 0
    reduced = compute_reduced_fare(distance_km, service_class)
    assert reduced % 10 == 0
    assert full / 2 <= reduced <= full


@given(distances, distances, classes)
def test_further_is_never_cheaper_but_cheaper_per_kilometre(one, other, service_class):
    near, far = sorted((one, other))
    assert compute_full_fare(near, service_class) <= compute_full_fare(far, service_class)
    assert compute_full_fare(far, 1) > compute_full_fare(far, 2)


def test_kilometres_become_cheaper():
    prices = [compute_full_fare(distance, 2) / distance for distance in (20, 50, 100, 200, 300)]
    assert prices == sorted(prices, reverse=True)


@pytest.mark.parametrize(
    ("traveller", "second", "first"),
    [
        (person(42), 5200, 9200),
        (person(42, "half-fare"), 2600, 4600),
        (person(42, "swiss-half-fare-card"), 2600, 4600),
        (person(42, "ga-1st"), 0, 0),
        (person(42, "ga-2nd"), 0, 2000),
        (person(42, "swiss-travel-pass"), 0, 2000),
        (person(16), 5200, 9200),
        (person(15), 2600, 4600),
        (person(6), 2600, 4600),
        (person(5), 0, 0),
        (person(0), 0, 0),
        (person(10, "junior-card"), 0, 0),
        (person(10, "child-card"), 0, 0),
        (Traveller("d", "dog"), 2600, 2600),
        (Traveller("v", "bicycle"), 1500, 1500),
    ],
)
def test_what_travellers_pay(traveller, second, first):
    for service_class, price in ((2, second), (1, first)):
        assert compute_fare(traveller, 136, service_class, has_adult=True).amount == price


def test_a_junior_card_needs_company():
    fare = compute_fare(person(10, "junior-card"), 136, 2, has_adult=False)
    assert (fare.amount, fare.kind) == (2600, "reduced")


@pytest.mark.parametrize(
    ("traveller", "has_right"),
    [
        (person(42), False),
        (person(42, "half-fare"), True),
        (person(42, "swiss-half-fare-card"), True),
        (person(15), True),
        (Traveller("d", "dog"), True),
        (Traveller("v", "bicycle"), False),
    ],
)
def test_who_counts_as_half_fare(traveller, has_right):
    assert holds_half_fare_right(traveller) is has_right
