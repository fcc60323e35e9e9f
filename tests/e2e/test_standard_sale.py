"""The standard sale of counter.md 1, by keyboard alone: its keys are counted, its PDF is read, both books agree."""

import io
import re

import pytest
from pypdf import PdfReader

from e2e.counter import Counter
from e2e.stand import SELLER, Stand, open_desk

pytestmark = pytest.mark.e2e
MOST_KEYS = 20
MOST_SECONDS = 20.0
KEY_SECONDS, DECISION_SECONDS = 0.2, 1.35
FIRST, LAST, BORN = "Ada", "Muster", "29021984"


def start_by_command(counter: Counter, line: str) -> None:
    counter.type(line)
    counter.decide()
    counter.press("Enter")


def start_by_fields(counter: Counter) -> None:
    counter.press("Tab", "Tab")
    counter.expect_focus("origin")
    counter.type("zue")
    counter.decide()
    counter.press("Enter")
    counter.expect_focus("destination")
    counter.type("bn")
    counter.decide()
    counter.press("Enter")
    counter.expect_focus("travellers")
    counter.type("half")
    counter.decide()
    counter.press("Enter")


def finish_sale(counter: Counter) -> str:
    counter.expect_focus("connections")
    counter.page.locator("[id^=trip-]").first.wait_for()
    counter.decide()
    counter.press("Enter")
    counter.expect_focus("offer")
    counter.decide()
    counter.press("Enter")
    counter.name_traveller(FIRST, LAST, BORN)
    counter.decide()
    counter.hold()
    counter.decide()
    counter.sell()
    counter.wait_for_print()
    return counter.read_number()


def check_tickets(stand: Stand, number: str) -> None:
    with open_desk(stand, SELLER) as desk:
        order = desk.call("GET", f"/api/orders/{number}")
        pdf = desk.fetch(f"/api/orders/{number}/documents.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for expected in (FIRST, LAST, "Zürich HB", "Bern", "SPECIMEN", order["tickets"][0]["printed_number"]):
        assert expected in text, f"{expected} is missing in: {text}"
    assert order["state"] == "confirmed"
    (line,) = stand.list_invoice_lines(number)
    assert (line["kind"], line["amount"]) == ("ticket", order["total"]["amount"])
    assert re.fullmatch(r"AC-[0-9A-Z-]+", number)


def judge_effort(counter: Counter, name: str) -> None:
    seconds = counter.keys * KEY_SECONDS + counter.decisions * DECISION_SECONDS
    named = seconds + len(FIRST + LAST + BORN) * KEY_SECONDS
    print(
        f"\nstandard sale {name}: {counter.keys} keys, {counter.decisions} decisions, {seconds:.1f} s computed "
        f"({named:.1f} s with the letters of name and birth date)"
    )
    assert counter.keys <= MOST_KEYS
    assert named <= MOST_SECONDS
    assert counter.count_prints() == 1


@pytest.mark.parametrize("line", ["zue bn half", "zue bn 0830 half"])
def test_a_standard_sale_by_the_command_line(counter: Counter, stand: Stand, line: str) -> None:
    start_by_command(counter, line)
    keys_to_offers = counter.keys + 1
    assert keys_to_offers <= MOST_KEYS, "until the offers are shown"
    number = finish_sale(counter)
    check_tickets(stand, number)
    if line == "zue bn half":
        judge_effort(counter, f"by {line!r}")
    else:
        print(f"\nby {line!r} until the offers are shown: {keys_to_offers} keys")


def test_a_standard_sale_by_the_fields(counter: Counter, stand: Stand) -> None:
    start_by_fields(counter)
    check_tickets(stand, finish_sale(counter))
    judge_effort(counter, "by the fields")
