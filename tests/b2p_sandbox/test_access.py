"""Who may call: tokens, and the headers of every call."""

import base64
from urllib.parse import urlencode

import pytest

from b2p_sandbox.operations import OPERATIONS
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.wire import parse_timeshift
from sandbox_driver import CONTRACT

FORM = {"grant_type": "client_credentials", "client_id": "sandbox", "client_secret": "sandbox-demo-only"}


def ask_token(driver, form, headers=None):
    return driver.send("POST", "/token", "", headers or {}, urlencode(form).encode())


def test_token(driver):
    answer = ask_token(driver, {**FORM, "scope": "api://b2p/.default"})
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    document = answer.document
    assert (document["token_type"], document["expires_in"], document["scope"]) == ("Bearer", 3600, "api://b2p/.default")
    assert ask_token(driver, FORM).document["access_token"] != document["access_token"]


def test_token_by_basic(driver):
    basic = base64.b64encode(b"sandbox:sandbox-demo-only").decode()
    form = {"grant_type": "client_credentials"}
    assert ask_token(driver, form, {"authorization": f"Basic {basic}"}).status == 200
    for wrong in ("Basic x", f"Basic {base64.b64encode(b'sandbox:other').decode()}", "Basic /w=="):
        assert ask_token(driver, form, {"authorization": wrong}).status == 401


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_no_token(driver, change, status, error):
    answer = ask_token(driver, {**FORM, **change})
    assert (answer.status, answer.document["error"]) == (status, error)


@pytest.mark.parametrize(
    "operation", [entry for entry in OPERATIONS if not entry.is_public], ids=lambda entry: entry.name
)
def test_every_operation_needs_a_token(driver, operation):
    path = operation.path.replace("{", "").replace("}", "")
    for header in ({}, {"authorization": "Bearer nonsense"}, {"authorization": f"Basic {driver.fetch_token()}"}):
        answer = driver.send(operation.method, path, "", {"x-contract-id": CONTRACT, **header}, b"")
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_public_operations_need_nothing(driver):
    assert driver.send("GET", "/service/status", "", {}, b"").status == 200
    assert driver.send("GET", "/service/info", "", {}, b"").status == 200


def test_tokens_end(driver):
    token = driver.fetch_token()
    bearer = {"authorization": f"Bearer {token}"}
    driver.advance(minutes=59, seconds=59)
    assert driver.call("get_products", headers=bearer).status == 200
    driver.advance(seconds=1)
    assert driver.call("get_products", headers=bearer).status == 401
    fresh = {"authorization": f"Bearer {driver.fetch_token()}"}
    assert driver.control("POST", "expire", {"tokens": True})["tokens"] > 0
    assert driver.call("get_products", headers=fresh).status == 401


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("x-contract-id", None, "access/contract-id-missing"),
        ("x-contract-id", "a b", "access/contract-id-missing"),
        ("x-conversation-id", None, "access/conversation-id-missing"),
        ("x-conversation-id", "x" * 65, "access/conversation-id-missing"),
        ("timeshift", "soon", "access/timeshift-invalid"),
    ],
)
def test_headers(driver, header, value, code):
    answer = driver.call("get_locations", query={"name": "Bern"}, headers={header: value})
    assert (answer.status, answer.code) == (400, code)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT20M", 1200), ("P2DT3H", 183_600), ("PT-15M", -900), ("-PT90S", -90), ("PT0.5S", 0.5), ("P1D", 86_400)],
)
def test_timeshift(text, seconds):
    assert parse_timeshift(text).total_seconds() == seconds


TOO_LONG = ["P731D", "-P99999999999D", "PT1e400S", "PnanD", f"PT{'9' * 400}S", "PT1H2D", "PT٣H"]


@pytest.mark.parametrize("text", ["", "20M", "P", "PT", "PTxM", "PT20", "PT1.2.3S", "PTM", *TOO_LONG])
def test_no_timeshift(text):
    with pytest.raises(B2pProblem):
        parse_timeshift(text)


@pytest.mark.parametrize(
    ("header", "text"),
    [("fr-CH, de;q=0.8", "Billet"), ("IT", "Biglietto"), ("rm,de", "Einzelbillett"), ("xx", "Single"), ("", "Single")],
)
def test_language(driver, header, text):
    product = driver.call("get_product", productId=125, headers={"accept-language": header}).document
    assert product["description"].startswith(text)


def test_what_belongs_to_another_contract_does_not_exist(driver):
    other = "ACP2048"
    bundle = driver.find_bundle()
    refused = driver.hold(bundle, contract=other)
    assert (refused.status, refused.code) == (404, "prebookings/offer-not-found")
    ids = [entry["preBookingId"] for entry in driver.hold(bundle).document["prebookings"]]
    assert driver.pay(ids, contract=other).code == "payments/prebooking-not-found"
    assert driver.pay(ids).status == 201
    assert driver.book(ids, contract=other).code == "bookings/prebooking-not-found"
    booking = driver.book(ids, status="COMMITTED").document
    number, ticket = booking["bookingId"], booking["tickets"][0]
    own = {"bookingId": number, "contract": other}
    assert driver.call("get_booking", **own).status == 204
    assert (
        driver.call("find_booking", query={"onlineTicketId": ticket["externalTicketId"]}, contract=other).status == 204
    )
    assert driver.call("delete_booking", **own).status == 404
    assert driver.call("patch_booking", body={"status": "COMMITTED"}, **own).status == 404
    assert driver.call("get_refund_reasons", **own).status == 204
    assert driver.call("get_ticket", ticketId=ticket["ticketId"], headers={"accept": "text/html"}, **own).status == 404
    wanted = {"ticketIds": ticket["ticketId"]}
    assert driver.call("get_refund_offers", query=wanted, contract=other).code == "refunds/ticket-not-found"
    offer = driver.call("get_refund_offers", query=wanted).document["refundOfferPackage"]["refundOffers"][0]
    body = {"refundOfferIds": [offer["refundOfferId"]]}
    assert driver.call("post_refund", body=body, contract=other).status == 404
    assert driver.read_books(other)["bookings"] == []
    assert len(driver.read_books(CONTRACT)["bookings"]) == 1
