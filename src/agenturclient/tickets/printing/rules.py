"""PDF in, PDF out: several tickets as one file, cancelled ones with a word across the page. No I/O.

pypdf is loaded by who needs it first: most orders are one ticket, and at the start it costs a third of a second.
"""

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pypdf import PageObject

# Between the letters' height and half an A4 page: legible from a distance, the ticket below stays readable.
_LARGEST_LETTERS = 72.0
_TEXT_WIDTH_PER_LETTER = 0.68


class PrintPart(msgspec.Struct, frozen=True):
    """A ticket's PDF, and the word to write across each of its pages (None: leave it as it is)."""

    content: bytes
    stamp: str | None = None


class PdfUnreadableError(Exception):
    """A ticket's PDF cannot be taken apart; it can still be handed over as it came."""


def merge_ticket_pdfs(parts: Sequence[PrintPart], title: str) -> bytes:
    """All pages in the order given, as one PDF. A single part without a stamp comes back as the same bytes.

    Raises:
        PdfUnreadableError: one of them is broken, or locked by a password.
    """
    if len(parts) == 1 and parts[0].stamp is None:
        return parts[0].content
    try:
        return _merge(parts, title)
    except Exception as error:
        # pypdf raises whatever a malformed file leads it to.
        raise PdfUnreadableError(type(error).__name__) from error


def _merge(parts: Sequence[PrintPart], title: str) -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    writer = PdfWriter()
    for part in parts:
        reader = PdfReader(io.BytesIO(part.content))
        if reader.is_encrypted:
            # Locked against changes only, as tickets often are: such a file opens with the empty password.
            reader.decrypt("")
        for page in reader.pages:
            added = writer.add_page(page)
            if part.stamp is not None:
                _stamp_page(added, part.stamp)
    writer.add_metadata({"/Title": title})
    merged = io.BytesIO()
    writer.write(merged)
    return merged.getvalue()


def _stamp_page(page: "PageObject", word: str) -> None:
    """Write a word from corner to corner, as an outline that hides nothing of what stands below."""
    from pypdf import PageObject  # noqa: PLC0415
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject  # noqa: PLC0415

    left, bottom = float(page.mediabox.left), float(page.mediabox.bottom)
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    angle = math.atan2(height, width)
    size = min(_LARGEST_LETTERS, math.hypot(width, height) * 0.8 / (len(word) * _TEXT_WIDTH_PER_LETTER))
    length = len(word) * _TEXT_WIDTH_PER_LETTER * size
    cosine, sine = math.cos(angle), math.sin(angle)
    x = left + width / 2 - cosine * length / 2
    y = bottom + height / 2 - sine * length / 2
    letters = word.encode("cp1252", "replace").hex()
    stream = DecodedStreamObject()
    stream.set_data(
        f"q 0.85 0 0.1 RG 1.5 w BT 1 Tr /Stamp {size:.2f} Tf "
        f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x:.2f} {y:.2f} Tm <{letters}> Tj ET Q".encode()
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    overlay = PageObject.create_blank_page(width=width, height=height)
    overlay[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/Stamp"): font})}
    )
    overlay[NameObject("/Contents")] = stream
    page.merge_page(overlay)
