"""Tickets as PDF, HTML and wallet pass: complete, marked as specimens, right for any name."""

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import pypdf
import pytest

from b2p_sandbox.documents.codes import encode_ticket_code
from b2p_sandbox.documents.content import NOT_VALID, SPECIMEN, TicketContent
from b2p_sandbox.documents.html import render_html
from b2p_sandbox.documents.pdf import render_pdf
from b2p_sandbox.documents.wallet import render_wallet_pass
from sandbox_driver import ADULT, BERN, HALF_FARE, ZURICH_HB

NAMES = ["Zoë Ångström", "Łucja Ąę", "Ștefan Ăşţ", "Søren Ø", "Nguyễn Thị Ánh", "Ελένη", "Иван", "O’Brien"]


def build_content(name="Ada Muster", language="de"):
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    return TicketContent(
        language=language,
        specimen=" · ".join(SPECIMEN.values()),
        not_valid=NOT_VALID[language],
        title="Einzelbillett",
        description="Gültig am gewählten Tag",
        rows=[("Reisende/r", name), ("Preis", "CHF 52.00")],
        code_text="SPECIMEN|15905401581200|202612010000|202612020500|2|5200",
        reference="5401581200",
        valid_from=moment,
        valid_until=moment,
    )


def read_pdf(content: bytes) -> str:
    reader = pypdf.PdfReader(BytesIO(content), strict=True)
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


class PageReader(HTMLParser):
    """Texts and tags of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_names_on_the_pdf(name):
    text = read_pdf(render_pdf(build_content(name)))
    assert name in text
    assert "CHF 52.00" in text


@pytest.mark.parametrize(
    ("name", "shown"), [("王小明", "WangXiaoMing"), ("ღ გ", "g"), ("שרה", "srh"), ("A\u0007b", "A b")]
)
def test_names_in_other_scripts_become_latin(name, shown):
    assert shown in read_pdf(render_pdf(build_content(name)))


def test_long_values_fit():
    """A long name becomes smaller and stays off the code."""
    name = "Maximiliana-Wilhelmine von und zu Wolfenschiessendorf-Habsburg"
    page = pypdf.PdfReader(BytesIO(render_pdf(build_content(name)))).pages[0]
    found: list[tuple[float, float]] = []

    def visit(text, _matrix, place, _font, size):
        if text.strip() == name:
            found.append((place[4], size))

    page.extract_text(visitor_text=visit)
    ((left, size),) = found
    assert 6 <= size < 11
    assert left < 200


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
def test_every_form_is_marked_as_specimen(language):
    content = build_content(language=language)
    pdf = read_pdf(render_pdf(content))
    html = PageReader(render_html(content)).text
    with zipfile.ZipFile(BytesIO(render_wallet_pass(content))) as archive:
        wallet = archive.read("pass.json").decode()
    for text in (pdf, html, wallet):
        assert "SPECIMEN" in text
        assert NOT_VALID[language] in text
    assert content.code_text.startswith("SPECIMEN|")


def test_the_pdf_is_the_same_each_time():
    assert render_pdf(build_content()) == render_pdf(build_content())


def test_the_pdf_draws_the_code():
    """As many dark rectangles as runs of dark modules in the code, and the band at the head."""
    content = build_content()
    page = pypdf.PdfReader(BytesIO(render_pdf(content))).pages[0]
    drawn = page.get_contents().get_data().count(b" re")
    rows = [bytes(row) for row in encode_ticket_code(content.code_text).matrix]
    assert drawn - 1 == sum(len([run for run in row.split(b"\x00") if run]) for row in rows)


def test_html_is_self_contained_and_escaped():
    page = render_html(build_content("<script>alert('x')</script>"))
    reader = PageReader(page)
    assert "<script>alert('x')</script>" in reader.text
    names = {tag for tag, _ in reader.tags}
    assert "script" not in names
    assert {"svg", "h1", "dl"} <= names
    assert not [values for _, values in reader.tags if {"src", "href", "onload"} & set(values)]
    assert ("html", {"lang": "de"}) in reader.tags


def test_wallet_pass_is_well_formed():
    content = render_wallet_pass(build_content())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    sums = {name: hashlib.sha1(data, usedforsecurity=False).hexdigest() for name, data in files.items()}
    assert manifest == sums
    assert set(files) == {"pass.json", "icon.png", "icon@2x.png"}
    document = json.loads(files["pass.json"])
    assert (document["formatVersion"], document["serialNumber"]) == (1, "5401581200")
    assert document["barcodes"][0]["message"].startswith("SPECIMEN|")
    assert "signature" not in files, "nobody but Apple's partners can sign"
    for name in ("icon.png", "icon@2x.png"):
        assert files[name].startswith(b"\x89PNG\r\n\x1a\n")


def test_documents_of_a_sale(driver):
    bundle = driver.find_bundle(ADULT)
    booking = driver.sell(bundle, paxa={"firstname": "Łucja", "lastname": "Ångström"})
    (ticket,) = booking["tickets"]
    wanted = {"bookingId": booking["bookingId"], "ticketId": ticket["ticketId"]}
    answers = {
        media_type: driver.call("get_ticket", **wanted, headers={"accept": f"image/png, {media_type};q=0.9"})
        for media_type in ("application/pdf", "text/html", "application/vnd.apple.pkpass")
    }
    assert {media_type: answer.headers["content-type"] for media_type, answer in answers.items()} == {
        media_type: media_type for media_type in answers
    }
    pdf = read_pdf(answers["application/pdf"].body)
    html = PageReader(answers["text/html"].body).text
    names = driver.sandbox.timetable
    route = f"{names.get_place(ZURICH_HB).name} – {names.get_place(BERN).name}"
    for text in (pdf, html):
        for value in ("Łucja Ångström", "29.02.1984", route, "01.12.2026 00:00 – 02.12.2026 05:00", "CHF 52.00"):
            assert value in text
        assert ticket["externalTicketReference"] in text
    assert (
        answers["application/pdf"].body
        == driver.call("get_ticket", **wanted, headers={"accept": "application/pdf"}).body
    )


def test_other_forms_are_refused(driver):
    booking = driver.sell()
    wanted = {"bookingId": booking["bookingId"], "ticketId": booking["tickets"][0]["ticketId"]}
    for accept in ("image/png", "*/*", ""):
        answer = driver.call("get_ticket", **wanted, headers={"accept": accept})
        assert (answer.status, answer.code) == (415, "tickets/media-type-not-supported")


def test_a_saver_names_its_train(driver):
    booking = driver.sell(driver.find_bundle(ADULT, kind="SPAR"))
    wanted = {"bookingId": booking["bookingId"], "ticketId": booking["tickets"][0]["ticketId"]}
    html = PageReader(driver.call("get_ticket", **wanted, headers={"accept": "text/html"}).body).text
    departure = driver.list_trips()[0]["segments"][0]["stops"][0]["departureDateTime"]
    assert f"01.12.2026 IC 8 {departure[11:16]}" in html


def test_the_card_that_a_price_asks_for_is_named(driver):
    for passenger, is_named in ((HALF_FARE, True), (ADULT, False)):
        booking = driver.sell(driver.find_bundle(passenger))
        wanted = {"bookingId": booking["bookingId"], "ticketId": booking["tickets"][0]["ticketId"]}
        pdf = driver.call("get_ticket", **wanted, headers={"accept": "application/pdf"}).body
        assert ("Half Fare Travelcard" in read_pdf(pdf)) is is_named
