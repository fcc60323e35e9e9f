"""Several tickets as one PDF; a cancelled one says so on every page."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4, A6, landscape
from reportlab.pdfgen.canvas import Canvas

from agenturclient.tickets.printing.rules import PdfUnreadableError, PrintPart, merge_ticket_pdfs
from agenturclient.tickets.rules import CANCELLED_WORDS


def make_pdf(*texts: str, size: tuple[float, float] = A4) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for text in texts:
        canvas.drawString(20, 40, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lock_pdf(content: bytes, *, password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def read_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_pages_come_in_the_sequence_given_with_the_title() -> None:
    merged = merge_ticket_pdfs([PrintPart(make_pdf("one", "two")), PrintPart(make_pdf("three"))], "AC-7K4M-92QF")
    assert [text.strip() for text in read_pages(merged)] == ["one", "two", "three"]
    metadata = PdfReader(io.BytesIO(merged)).metadata
    assert metadata is not None
    assert metadata.title == "AC-7K4M-92QF"


def test_a_single_valid_ticket_stays_byte_for_byte() -> None:
    content = b"%PDF- whatever SBB sends"
    assert merge_ticket_pdfs([PrintPart(content)], "AC-7K4M-92QF") is content


@pytest.mark.parametrize("word", CANCELLED_WORDS.values())
@pytest.mark.parametrize("size", [A4, landscape(A4), A6])
def test_a_stamp_stands_on_every_page_within_it_and_hides_no_text(word: str, size: tuple[float, float]) -> None:
    merged = merge_ticket_pdfs(
        [PrintPart(make_pdf("Anna", "Keller", size=size), word), PrintPart(make_pdf("valid"))], "t"
    )
    first, second, third = read_pages(merged)
    assert (word in first, word in second, word in third) == (True, True, False)
    assert ("Anna" in first, "Keller" in second) == (True, True)
    places: list[tuple[float, float]] = []

    def note(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        if word in text:
            places.append((matrix[4], matrix[5]))

    page = PdfReader(io.BytesIO(merged)).pages[0]
    page.extract_text(visitor_text=note)
    assert page.mediabox.width == pytest.approx(size[0], abs=0.5)
    for x, y in places:
        assert 0 <= x <= size[0]
        assert 0 <= y <= size[1]


def test_a_file_locked_against_changes_only_is_merged() -> None:
    locked = lock_pdf(make_pdf("Anna"), password="")
    assert read_pages(merge_ticket_pdfs([PrintPart(locked), PrintPart(make_pdf("two"))], "t"))[0].strip() == "Anna"


@pytest.mark.parametrize(
    "broken",
    [b"%PDF-1.4\n%%EOF", make_pdf("Anna")[:300], lock_pdf(make_pdf("Anna"), password="secret")],
    ids=["empty", "cut", "locked"],
)
def test_what_cannot_be_taken_apart_is_told(broken: bytes) -> None:
    with pytest.raises(PdfUnreadableError):
        merge_ticket_pdfs([PrintPart(broken), PrintPart(make_pdf("two"))], "t")
