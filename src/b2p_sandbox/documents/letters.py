"""Letters on the PDF: Roboto, embedded as a subset, and Latin letters for what it does not have.

PDF's own fonts lack ă, ł or ș. Roboto has Latin, Greek and Cyrillic; a name in another script is written in Latin
letters, as ticket machines do.
"""

from functools import cache
from importlib.resources import as_file, files

from anyascii import anyascii
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Roboto-Regular"
BOLD = "Roboto-Bold"
SMALLEST_SIZE = 6.0


@cache
def _load_face(name: str) -> frozenset[int]:
    """Register a face with reportlab, once per process; gives the code points that it has."""
    with as_file(files("font_roboto").joinpath("files", f"{name}.ttf")) as path:
        font = TTFont(name, str(path))
    registerFont(font)
    return frozenset(font.face.charToGlyph)


def fit_letters(text: str, face: str) -> str:
    """The text in letters that the face has: others are transliterated, control characters become spaces."""
    known = _load_face(face)
    parts = [letter if ord(letter) in known else anyascii(letter) for letter in text]
    return "".join(part if part.isprintable() else " " for part in parts)


def fit_size(text: str, face: str, size: float, width: float) -> float:
    """The size, at most `size`, at which the text takes no more than `width` points; never below 6."""
    _load_face(face)
    needed = stringWidth(text, face, size)
    return size if needed <= width else max(SMALLEST_SIZE, size * width / needed)
