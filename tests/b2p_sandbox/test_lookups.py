"""Stations, connections, networks, service pages: parameters, paging, scrolling, and what is refused."""

from datetime import datetime, timedelta

import pytest

from sandbox_driver import BERN, GENEVE, LUZERN, TRAVEL_ON, ZURICH_HB

TRIP = {"originId": ZURICH_HB, "destinationId": BERN, "date": TRAVEL_ON.isoformat(), "time": "10:00"}


def read_departure(trip):
    return datetime.fromisoformat(trip["segments"][0]["stops"][0]["departureDateTime"])


def read_arrival(trip):
    return datetime.fromisoformat(trip["segments"][-1]["stops"][-1]["arrivalDateTime"])


def ask_trips(driver, headers=None, **query):
    wanted = {key: value for key, value in {**TRIP, **query}.items() if value is not None}
    return driver.call("get_trips", query=wanted, headers=headers)


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("Zürich HB", "Zürich HB"),
        ("zurich hb", "Zürich HB"),
        ("geneve", "Genève"),
        ("Luz", "Luzern"),
        ("  Bern ", "Bern"),
    ],
)
def test_locations(driver, name, best):
    assert driver.call("get_locations", query={"name": name}).document[0]["name"] == best


@pytest.mark.parametrize(
    ("name", "code"),
    [(None, "parameter-missing"), ("", "parameter-missing"), ("Z", "name-too-short"), ("Z" * 201, "name-too-long")],
)
def test_names_that_cannot_be_looked_for(driver, name, code):
    answer = driver.call("get_locations", query={} if name is None else {"name": name})
    assert (answer.status, answer.code) == (400, f"locations/{code}")


@pytest.mark.parametrize("name", ["qqq", "<script>", "\u202e\u202e", "🚂🚂", "'; --"])
def test_nothing_found(driver, name):
    assert driver.call("get_locations", query={"name": name}).status == 204


def test_stations_by_page(driver):
    names = []
    for page in range(100):
        (document,) = driver.call("get_stations", query={"Page-size": 1000, "page": page}).document
        names += [station["name"] for station in document["stations"]]
        if not document["nextPageAvailable"]:
            break
    assert len(names) == len(driver.sandbox.timetable.places)
    assert names == sorted(names)
    (heaviest,) = driver.call("get_stations", query={"order": "WEIGHT", "Page-size": 10}).document
    assert "Zürich HB" in [station["name"] for station in heaviest["stations"]]
    (abroad,) = driver.call("get_stations", query={"country": "fr"}).document
    assert abroad == {"stations": [], "nextPageAvailable": False}


@pytest.mark.parametrize(
    "query", [{"Page-size": 9}, {"Page-size": 1001}, {"page": -1}, {"order": "SIZE"}, {"page": "x"}]
)
def test_pages_that_cannot_be(driver, query):
    assert driver.call("get_stations", query=query).status == 400


def test_connections_from_a_time_on(driver):
    trips = ask_trips(driver).document
    departures = [read_departure(trip) for trip in trips]
    assert len(trips) == 5
    assert departures == sorted(departures)
    assert departures[0].isoformat() >= "2026-12-01T10:00:00+01:00"
    earlier = ask_trips(driver, includeBefore=2, includeAfter=1).document
    assert [read_departure(trip).isoformat() < "2026-12-01T10:00" for trip in earlier] == [True, True, False]


def test_connections_until_a_time(driver):
    trips = ask_trips(driver, arrivalDeparture="LA").document
    assert max(read_arrival(trip) for trip in trips) <= datetime.fromisoformat("2026-12-01T10:00:00+01:00")


def test_over_a_station(driver):
    for trip in ask_trips(driver, viaId=LUZERN).document:
        stops = [stop["id2"]["value"] for segment in trip["segments"] for stop in segment["stops"]]
        assert str(LUZERN) in stops


def test_scrolling_forth_and_back_gives_the_same(driver):
    first = ask_trips(driver)
    after = ask_trips(driver, headers={"scroll-context": first.headers["scrollforward-context"]})
    assert read_departure(after.document[0]) > read_departure(first.document[-1])
    back = ask_trips(driver, headers={"scroll-context": after.headers["scrollback-context"]})
    assert [read_departure(trip) for trip in back.document] == [read_departure(trip) for trip in first.document]


def test_a_trip_anew(driver):
    trip = ask_trips(driver).document[0]
    (anew,) = driver.call("get_trip", tripId=trip["tripId"]).document
    assert anew["tripId"] == trip["tripId"]
    assert read_departure(anew) == read_departure(trip)
    assert 200 <= len(trip["tripId"]) <= 2000


def test_real_time_data_comes_up(driver):
    """Nothing is known a week ahead; shortly before departure the forecast is there."""

    def list_forecasts(trip):
        return [stop for segment in trip["segments"] for stop in segment["stops"] if "departureDateTimeRt" in stop]

    assert list_forecasts(ask_trips(driver).document[0]) == []
    driver.control("POST", "clock", {"now": "2026-12-01T09:45:00+01:00"})
    driver.tokens.clear()
    assert list_forecasts(ask_trips(driver).document[0])


def test_eco_balance_on_request(driver):
    assert "ecoBalance" not in ask_trips(driver).document[0]
    assert ask_trips(driver, calculateEco="true").document[0]["ecoBalance"]["co2Train"] > 0


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"destinationId": ZURICH_HB}, "same-station"),
        ({"destinationId": 1}, "location-unknown"),
        ({"originId": "Bern"}, "parameter-invalid"),
        ({"originId": None}, "parameter-missing"),
        ({"date": None}, "parameter-missing"),
        ({"time": None}, "parameter-missing"),
        ({"viaId": [1]}, "location-unknown"),
        ({"viaId": [LUZERN] * 11}, "too-many-vias"),
        ({"date": "2026-13-01"}, "parameter-invalid"),
        ({"date": "2026-11-22"}, "date-out-of-range"),
        ({"date": "0001-01-01", "time": "00:00"}, "parameter-invalid"),
        ({"date": "9999-12-31", "time": "23:59"}, "parameter-invalid"),
        ({"date": "2027-11-25"}, "date-out-of-range"),
        ({"time": "24:30"}, "parameter-invalid"),
        ({"time": "soon"}, "parameter-invalid"),
        ({"date": "2027-03-28", "time": "02:30"}, "time-does-not-exist"),
        ({"includeBefore": 7}, "parameter-invalid"),
        ({"includeAfter": -1}, "parameter-invalid"),
        ({"arrivalDeparture": "XX"}, "parameter-invalid"),
    ],
)
def test_searches_that_cannot_be(driver, query, code):
    answer = ask_trips(driver, **query)
    assert (answer.status, answer.code) == (400, f"trips/{code}")


@pytest.mark.parametrize(
    ("day", "time"),
    [("2027-03-28", "01:59"), ("2027-03-28", "03:00"), ("2027-10-31", "02:30"), ("2026-11-23", "10:00")],
)
def test_searches_on_odd_days(driver, day, time):
    assert ask_trips(driver, date=day, time=time).status == 200


@pytest.mark.parametrize("time", ["10:00:30", "2026-12-01T10:00:00", "10:00:00.000"])
def test_forms_of_a_time(driver, time):
    assert ask_trips(driver, time=time).status == 200


@pytest.mark.parametrize("context", ["x", "", "x" * 5000, "ä"])
def test_scroll_contexts_that_cannot_be(driver, context):
    """An empty one is none."""
    answer = driver.call("get_trips", query=TRIP, headers={"scroll-context": context})
    assert answer.status == (400 if context else 200)
    if context:
        assert answer.code == "trips/scroll-context-invalid"


def test_a_trip_id_is_no_scroll_context(driver):
    assert ask_trips(driver, headers={"scroll-context": driver.find_trip()}).code == "trips/scroll-context-invalid"


@pytest.mark.parametrize("name", ["originRedefined", "destinationRedefined"])
def test_what_the_stand_in_does_not_do_is_refused(driver, name):
    answer = driver.call("get_trip", tripId=driver.find_trip(), query={name: BERN})
    assert (answer.status, answer.code) == (400, "trips/parameter-not-supported")


def test_trip_ids_hold_for_the_same_seed_only(driver, timetable):
    from b2p_sandbox.timetable import load_timetable

    other = load_timetable(2)
    with pytest.raises(ValueError, match="tripId"):
        other.decode_trip_id(driver.find_trip(ZURICH_HB, GENEVE))


def test_networks(driver):
    networks = driver.call("get_networks").document
    for network in networks:
        alone = driver.call("get_network", networkId=network["id"]).document
        zones = driver.call("get_zones", networkId=network["id"]).document
        assert alone == {**network, "zones": zones}
        assert {zone["ownerId"] for zone in zones} == {network["id"]}
    assert driver.call("get_network", networkId="x").status == 404


def test_service_pages(driver):
    assert driver.call("get_status").document["status"] == "OK"
    assert driver.call("get_info").document == []
    message = {"de": "Wartung", "fr": "Maintenance", "it": "Manutenzione", "en": "Maintenance"}
    driver.switch(service_status="ERROR", service_message=message)
    status = driver.call("get_status").document
    assert status["status"] == "ERROR"
    assert [part["status"] for part in status["components"]] == ["ERROR", "OK", "OK"]
    (info,) = driver.call("get_info").document
    assert info["message"] == message
    start, end = (datetime.fromisoformat(info[key]) for key in ("validFrom", "validTo"))
    assert end - start == timedelta(hours=4)
    assert driver.call("get_info").document[0]["id"] == info["id"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"originalId": ""}, "original-missing"),
        ({"tariffInformation": None}, "body-invalid"),
        ({"validity": ("2026-12-02T00:00:00Z", "2026-12-01T00:00:00Z")}, "validity-invalid"),
        ({"validity": ("soon", "later")}, "parameter-invalid"),
        ({"description": {}}, "description-missing"),
    ],
)
def test_barcodes_that_cannot_be(driver, change, code):
    start, end = change.pop("validity", ("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"))
    tariff = {"description": change.pop("description", {"de": "Fondue"}), "validFromDate": start, "validToDate": end}
    body = {"originalSystem": "A", "originalId": "1", "tariffInformation": tariff, **change}
    answer = driver.call("post_barcode", body=body)
    assert (answer.status, answer.code) == (400, f"barcodes/{code}")
