"""Every rendered answer against SBB's own description."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from b2p_description import DESCRIPTION_PATH, needs_description
from b2p_sandbox.timetable import load_timetable, render_location, render_trip

TIMETABLE = load_timetable(1)
UICS = sorted(TIMETABLE.places)

pytestmark = needs_description


def is_date_time(text):
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def close_schema(schema):
    """Objects take no property that is not described: a misspelt one must not pass as an extra."""
    if isinstance(schema, dict):
        closed = {key: close_schema(value) for key, value in schema.items()}
        if schema.get("type") == "object" and "properties" in schema:
            closed["additionalProperties"] = False
        return closed
    return [close_schema(item) for item in schema] if isinstance(schema, list) else schema


def make_validator(name):
    """A validator for one of the description's schemas, strict about unknown properties and date-times."""
    schemas = json.loads(DESCRIPTION_PATH.read_text())["components"]["schemas"]
    closed = {key: close_schema(schema) for key, schema in schemas.items()}
    validator = extend(Draft202012Validator)
    checker = Draft202012Validator.FORMAT_CHECKER
    checker.checks("date-time")(is_date_time)
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": closed}}
    return validator(root, format_checker=checker)


@pytest.fixture(scope="module")
def trip_validator():
    return make_validator("Trip")


def test_the_validator_bites(trip_validator, now):
    trip = render_trip(TIMETABLE.search_trips(8503000, 8507000, [], now, now=now)[0], language="de", now=now, is_eco=1)
    assert trip_validator.is_valid(trip)
    del trip["segments"][0]["stops"][0]["id2"]
    assert not trip_validator.is_valid(trip)


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
def test_trips_in_every_language(trip_validator, now, language):
    page = TIMETABLE.search_trips(8503000, 8507000, [], now, after=6, now=now)
    for journey in page:
        trip_validator.validate(render_trip(journey, language=language, now=now, is_eco=True))


def test_locations():
    validator = make_validator("Location")
    for place in TIMETABLE.places.values():
        validator.validate(render_location(place))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ends=st.lists(st.sampled_from(UICS), min_size=2, max_size=2, unique=True),
    minute=st.integers(0, 1439),
    hours_ahead=st.integers(-30, 30),
    is_eco=st.booleans(),
)
def test_random_trips(trip_validator, now, ends, minute, hours_ahead, is_eco):
    """Whatever is known at the time of asking: before, during, after the journey."""
    at = now.replace(hour=0) + timedelta(minutes=minute)
    for journey in TIMETABLE.search_trips(*ends, [], at, after=3, now=now):
        trip = render_trip(journey, language="it", now=at + timedelta(hours=hours_ahead), is_eco=is_eco)
        trip_validator.validate(json.loads(json.dumps(trip)))
        assert ("ecoBalance" in trip) is is_eco


def test_cancelled_trips_validate(trip_validator, now):
    page = TIMETABLE.search_trips(8503000, 8507000, [], now, after=1, now=now)
    kinds = set()
    for _ in range(1500):
        for journey in page:
            if not journey.is_valid:
                trip = render_trip(journey, language="en", now=journey.arrival_at, is_eco=False)
                trip_validator.validate(trip)
                kinds.add((trip["segments"][0]["cancelled"], trip["segments"][0]["partiallyCancelled"]))
        page = TIMETABLE.scroll_trips(page.scroll_forward, now=now)
    assert (True, False) in kinds


def test_eco_balance_favours_the_train(now):
    journey = TIMETABLE.search_trips(8503000, 8507000, [], now, now=now)[0]
    balance = render_trip(journey, language="de", now=now, is_eco=True)["ecoBalance"]
    assert 0 < balance["co2Train"] < balance["co2Car"] / 5
    assert 0 < balance["primeTrain"] < balance["primeCar"]
    assert balance["durationTrain"] == "PT56M"


def test_walk_is_a_segment(now, numbers, trip_validator):
    journey = TIMETABLE.search_trips(numbers["Zürich HB"], numbers["Uetliberg"], [], now, now=now)[0]
    trip = render_trip(journey, language="de", now=now, is_eco=False)
    trip_validator.validate(trip)
    assert [segment["type"] for segment in trip["segments"]] == ["WALK_TRANSFER", "PUBLIC_JOURNEY"]
    journey = TIMETABLE.search_trips(numbers["Mürren BLM"], numbers["Interlaken Ost"], [], now, now=now)[0]
    types = [segment["type"] for segment in render_trip(journey, language="de", now=now, is_eco=False)["segments"]]
    assert types == ["PUBLIC_JOURNEY", "TRANSFER", "PUBLIC_JOURNEY"]
