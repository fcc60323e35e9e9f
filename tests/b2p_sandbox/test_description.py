"""A walk through every operation: SBB's description judges every answer, and every status it lists is given.

The driver has every answer judged in the other tests, too; this one makes sure that none is left out.
"""

from datetime import timedelta
from urllib.parse import quote

import jsonschema
import pytest

from b2p_description import B2pDescription, find_description, needs_description
from b2p_sandbox.operations import OPERATIONS
from sandbox_driver import ADULT, BERN, GENEVE, HALF_FARE, LUZERN, TRAVEL_ON, ZURICH_HB, SandboxDriver

pytestmark = needs_description

# What no call can bring about: a stand-in without faults has no 500, and 418 is a joke. The others are answers that
# the description lists for nothing that is known: the deprecated list of stations is never 404, the catalogue and the
# fare networks are never empty, a connection does not vanish.
NOT_GIVEN = {
    ("get_ticket", 418),
    ("get_stations", 404),
    ("get_products", 204),
    ("get_networks", 204),
}
GROUP = ["8;GRUPPE_PERSON_25PLUS", "2;GRUPPE_HALBTAX", "3;GA_2_KL", "1;HUND"]
OTHER = "ACP2048"


@pytest.fixture
def description() -> B2pDescription:
    found = find_description()
    assert found is not None
    return found


def test_every_described_operation_exists(description):
    ours = {(operation.method, operation.path) for operation in OPERATIONS} - {("POST", "/token")}
    assert ours == description.list_operations()


def walk_lookups(driver: SandboxDriver) -> None:
    call = driver.call
    call("get_status")
    call("get_info")
    driver.switch(service_status="ERROR", service_message={"de": "Wartung", "fr": "a", "it": "b", "en": "c"})
    call("get_status")
    call("get_info")
    for name, language in (("Zür", "de"), ("Gen", "fr"), ("Chi", "it"), ("x9q", "en"), ("Z", "en")):
        call("get_locations", query={"name": name}, headers={"accept-language": language})
    call("get_stations")
    call("get_stations", query={"order": "WEIGHT", "Page-size": 10, "page": 3})
    call("get_stations", query={"Page-size": 5})
    call("get_networks")
    call("get_network", networkId=470)
    call("get_zones", networkId=470)
    call("get_network", networkId=1)
    call("get_zones", networkId=1)
    call("get_products")
    call("get_product", productId=125)
    call("get_product", productId=1)


def walk_trips(driver: SandboxDriver) -> str:
    query = {"originId": ZURICH_HB, "destinationId": GENEVE, "date": TRAVEL_ON.isoformat(), "time": "10:00"}
    first = driver.call("get_trips", query={**query, "calculateEco": "true", "includeBefore": 2, "includeAfter": 6})
    later = driver.call("get_trips", query=query, headers={"scroll-context": first.headers["scrollforward-context"]})
    earlier = driver.call("get_trips", query=query, headers={"scroll-context": first.headers["scrollback-context"]})
    assert later.document
    assert earlier.document
    driver.call("get_trips", query={**query, "viaId": LUZERN, "arrivalDeparture": "LA"})
    driver.call("get_trips", query={**query, "alternateMatch": "CANCELLED_ONLY"})
    driver.call("get_trips", query={**query, "destinationId": ZURICH_HB})
    trip_id = str(first.document[0]["tripId"])
    driver.call("get_trip", tripId=trip_id)
    driver.call("get_trip", tripId=trip_id, query={"alternateMatch": "CANCELLED_ONLY"})
    driver.call("get_trip", tripId="nonsense")
    return trip_id


def walk_prices_and_offers(driver: SandboxDriver, trip_id: str) -> None:
    call = driver.call
    call("get_prices", body={"passengers": [ADULT, "kid;10;none"], "tripIds": [trip_id], "qualityOfService": 1})
    call("get_prices", body={"passengers": [ADULT], "tripIds": [trip_id], "productId": 1})
    call("get_prices", body={"passengers": [ADULT], "tripIds": []})
    party = {
        "passengers": [
            ADULT,
            "b;42;half-fare",
            "c;4;none",
            "d;10;junior-card",
            "e;30;ga-2nd",
            "f;30;swiss-travel-pass",
        ],
        "dogs": ["rex"],
        "bikes": ["velo"],
    }
    back = driver.find_trip(GENEVE, ZURICH_HB, time="19:00")
    call("get_offers", query={"tripId": trip_id, **party})
    call("get_offers", query={"tripId": trip_id, "returnTripId": back, **party})
    call("get_offers", query={"tripId": trip_id, "passengers": [ADULT], "productId": 1})
    call("get_offers", query={"tripId": trip_id})
    route = {"originId": ZURICH_HB, "date": TRAVEL_ON.isoformat(), "passengers": [HALF_FARE]}
    call("get_route_offers", query=route)
    call("get_route_offers", query={**route, "destinationId": GENEVE, "viaId": [LUZERN, BERN]})
    call("get_route_offers", query={**route, "productId": 1})
    call("get_route_offers", query={**route, "passengers": []})
    for product_id in driver.sandbox.catalogue:
        query = {"validFromDate": "2026-07-15" if product_id == 4409 else "2026-12-20", "passengers": [HALF_FARE]}
        call("get_product_offers", productId=product_id, query=query)
    call("get_product_offers", productId=4103, query={"validFromDate": "soon", "passengers": [ADULT]})
    call("get_group_offers", query={"tripId": trip_id, "returnTripId": back, "passengerGroups": GROUP})
    call("get_group_offers", query={"tripId": trip_id, "passengerGroups": GROUP, "productId": 1})
    call("get_group_offers", query={"tripId": trip_id, "passengerGroups": ["3;GRUPPE_PERSON_25PLUS"]})
    group_day = {"validFromDate": TRAVEL_ON.isoformat(), "passengerGroups": GROUP}
    call("get_group_product_offers", productId=80187, query=group_day)
    call("get_group_product_offers", productId=125, query=group_day)
    call("get_group_product_offers", productId=80187, query={**group_day, "passengerGroups": ["1;HUND"]})


def walk_sale(driver: SandboxDriver) -> None:
    call = driver.call
    call("post_prebooking", body=[])
    call("post_prebooking", body=[{"offerPrebookings": [{"offerIdentifier": "x"}], **_name_traveller()}])
    driver.pay([])
    driver.pay([1])
    driver.book([])
    driver.book([1])
    bundle = driver.find_bundle(ADULT, HALF_FARE.replace("paxa", "paxb"), dogs=["rex"])
    booking = driver.sell(bundle, paxb={"country": "DE"}, rex={"kind": "dog"})
    number, ticket = booking["bookingId"], booking["tickets"][0]
    for media_type in ("application/pdf", "text/html", "application/vnd.apple.pkpass"):
        call("get_ticket", bookingId=number, ticketId=ticket["ticketId"], headers={"accept": media_type})
    call("get_ticket", bookingId=number, ticketId=ticket["ticketId"], headers={"accept": "image/png"})
    call("get_ticket", bookingId=number, ticketId=1, headers={"accept": "text/html"})
    call("get_booking", bookingId=number)
    call("get_booking", bookingId=1)
    call("get_booking", bookingId="nonsense")
    call("find_booking", query={"onlineTicketId": ticket["externalTicketReference"]})
    call("find_booking", query={"onlineTicketId": "0"})
    call("find_booking")
    call("patch_booking", bookingId=number, body={"status": "COMMITTED"})
    call("patch_booking", bookingId=number, body={"status": "COMMITTED"})
    call("patch_booking", bookingId=number, body={"status": "PENDING"})
    call("delete_booking", bookingId="x")
    call("delete_booking", bookingId=driver.sell()["bookingId"])
    call("delete_booking", bookingId=1)
    driver.advance(minutes=21)
    walk_refunds(driver, number, ticket["ticketId"])


def walk_refunds(driver: SandboxDriver, number: int, ticket_id: int) -> None:
    call = driver.call
    call("get_refund_reasons", bookingId=number)
    call("get_refund_reasons", bookingId=1)
    call("get_refund_reasons", bookingId="x")
    found = call("get_refund_offers", query={"ticketIds": [ticket_id], "refundReasonId": "NICHT_BENUTZT"})
    call("get_refund_offers", query={"ticketIds": [1]})
    offer_id = found.document["refundOfferPackage"]["refundOffers"][0]["refundOfferId"]
    call("post_refund", body={"refundOfferIds": []})
    call("post_refund", body={"refundOfferIds": [1]})
    assert call("post_refund", body={"refundOfferIds": [offer_id]}).status == 200
    call("get_refund_offers", query={"ticketIds": [ticket_id]})
    call("get_booking", bookingId=number)


def walk_barcodes(driver: SandboxDriver) -> None:
    body = {
        "originalSystem": "AGENTUR",
        "originalId": "4711",
        "tariffInformation": {
            "description": {"de": "Fondue", "fr": "Fondue", "it": "Fonduta", "en": "Fondue"},
            "validFromDate": "2026-12-01T00:00:00Z",
            "validToDate": "2026-12-02T00:00:00Z",
        },
    }
    made = driver.call("post_barcode", body=body)
    driver.call("post_barcode", body={**body, "originalId": ""})
    driver.call("delete_barcode", barcodeId=made.document["barcodeId"], headers={"x-contract-id": None})
    driver.call("delete_barcode", barcodeId=made.document["barcodeId"], contract=OTHER)
    assert driver.call("delete_barcode", barcodeId=made.document["barcodeId"]).status == 200
    driver.call("delete_barcode", barcodeId=made.document["barcodeId"])


def _name_traveller():
    return {"passenger": {"id": "x", "firstname": "Ada", "lastname": "Muster", "dateOfBirth": "1984-02-29"}}


def test_walk(driver, description):
    driver.seen.clear()
    walk_lookups(driver)
    walk_prices_and_offers(driver, walk_trips(driver))
    walk_sale(driver)
    walk_barcodes(driver)
    missing = {
        (operation.name, status)
        for operation in OPERATIONS
        if operation.name != "token"
        for status in description.list_statuses(operation.method, operation.path) - {500}
    } - driver.seen
    assert missing == NOT_GIVEN


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
def test_every_bundle_in_every_language(driver, language):
    """Titles and characteristics differ by language; prices and ids do not."""
    query = {"tripId": driver.find_trip(), "passengers": [HALF_FARE, "b;4;none"], "dogs": ["rex"], "bikes": ["velo"]}
    answer = driver.call("get_offers", query=query, headers={"accept-language": f"{language}-CH,en;q=0.5"})
    texts = {offer["title"] for bundle in answer.document for offer in bundle["offers"]}
    classes = {"de": "2. Klasse", "fr": "2e classe", "it": "2a classe", "en": "2nd class"}
    assert {name for name in classes if any(classes[name] in text for text in texts)} == {language}


def test_the_judge_bites(driver, description):
    answer = driver.call("get_offers", query={"tripId": driver.find_trip(), "passengers": [ADULT]})

    def judge(body: bytes, status: int = 200, media_type: str = "application/json") -> None:
        description.check_answer("GET", "/api/trip-offers", status, {"content-type": media_type}, body)

    judge(answer.body)
    for spoilt in (
        answer.body.replace(b'"totalPrice":', b'"total":'),
        answer.body.replace(b'"vat":81', b'"vat":8.1'),
        answer.body.replace(b'"vat":81', b'"vat":810000000000'),
        answer.body.replace(b'"offers":', b'"more":1,"offers":'),
        answer.body.replace(b'"from":"2026-11-24T', b'"from":"24.11.2026T'),
    ):
        assert spoilt != answer.body
        with pytest.raises(jsonschema.ValidationError):
            judge(spoilt)
    with pytest.raises(AssertionError):
        judge(b"{}", status=404)
    with pytest.raises(AssertionError):
        judge(answer.body, media_type="text/html")
    with pytest.raises(AssertionError):
        description.check_query("GET", "/api/trip-offers", {"tripId": "x", "passenger": "y"})


def test_unknown_paths_and_methods(driver):
    assert driver.send("GET", "/api/nothing", "", {}, b"").status == 404
    assert driver.send("PUT", "/api/locations", "", {}, b"").status == 404
    assert driver.send("GET", f"/api/trips/{quote('a/b', safe='')}/c", "", {}, b"").status == 404


def test_a_trip_id_is_a_day_old_at_most(driver):
    trip_id = driver.find_trip()
    driver.advance(hours=23)
    assert driver.call("get_trip", tripId=trip_id).status == 200
    driver.advance(hours=1, seconds=1)
    answer = driver.call("get_trip", tripId=trip_id)
    assert (answer.status, answer.code) == (400, "trips/trip-id-invalid")
    assert driver.find_trip(day=TRAVEL_ON + timedelta(days=1)) != trip_id
