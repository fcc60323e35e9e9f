"""A ticket as PDF (A4, one page) with a text layer and a QR code. What a page costs: bench/sandbox_capacity.py."""

from io import BytesIO

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from b2p_sandbox.documents.codes import encode_ticket_code
from b2p_sandbox.documents.content import TicketContent
from b2p_sandbox.documents.letters import BOLD, REGULAR, fit_letters, fit_size

_LEFT = 57.0
_CODE_SIZE = 130.0
_LABEL_WIDTH = 90.0
_GAP = 14.0
_ROW_HEIGHT = 22.0
_BAND_HEIGHT = 44.0
_BAND_COLOUR = HexColor("#1f3a5f")
_HAIRLINE_COLOUR = HexColor("#d0d6de")
_LABEL_COLOUR = HexColor("#55606e")


def render_pdf(content: TicketContent) -> bytes:
    """The document's bytes; the same for the same ticket."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, invariant=True)
    canvas.setTitle(f"{content.title} {content.reference}")
    canvas.setAuthor("B2P sandbox")
    width = A4[0] - 2 * _LEFT
    code_left = A4[0] - _LEFT - _CODE_SIZE
    top = A4[1] - _BAND_HEIGHT - 52
    _draw_specimen(canvas, content)
    _draw_band(canvas, content)
    _draw_text(canvas, content.title, BOLD, 20, (_LEFT, top), width)
    _draw_text(canvas, content.description, REGULAR, 9, (_LEFT, top - 18), width)
    for index, (label, value) in enumerate(content.rows):
        line = top - 56 - index * _ROW_HEIGHT
        _draw_text(canvas, label, REGULAR, 8, (_LEFT, line), _LABEL_WIDTH - _GAP, _LABEL_COLOUR)
        value_left = _LEFT + _LABEL_WIDTH
        _draw_text(canvas, value, BOLD, 11, (value_left, line), code_left - _GAP - value_left)
        _draw_hairline(canvas, line - 8, code_left - _GAP)
    _draw_code(canvas, content.code_text, code_left, top - 46 - _CODE_SIZE)
    _draw_hairline(canvas, 78, A4[0] - _LEFT)
    _draw_text(canvas, content.not_valid, BOLD, 10, (_LEFT, 60), width)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_text(
    canvas: Canvas, text: str, face: str, size: float, at: tuple[float, float], width: float, colour: Color = black
) -> None:
    """Draw a line of text, smaller where it would be wider than `width`."""
    shown = fit_letters(text, face)
    canvas.setFillColor(colour)
    canvas.setFont(face, fit_size(shown, face, size, width))
    canvas.drawString(*at, shown)


def _draw_band(canvas: Canvas, content: TicketContent) -> None:
    """The head of the page: who made it, and that it is a specimen."""
    bottom = A4[1] - _BAND_HEIGHT
    canvas.setFillColor(_BAND_COLOUR)
    canvas.rect(0, bottom, A4[0], _BAND_HEIGHT, stroke=0, fill=1)
    _draw_text(canvas, "B2P sandbox", BOLD, 15, (_LEFT, bottom + 16), 200, white)
    specimen = fit_letters(content.specimen, REGULAR)
    canvas.setFont(REGULAR, 9)
    canvas.drawRightString(A4[0] - _LEFT, bottom + 18, specimen)


def _draw_hairline(canvas: Canvas, height: float, right: float) -> None:
    canvas.setStrokeColor(_HAIRLINE_COLOUR)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, height, right, height)


def _draw_code(canvas: Canvas, text: str, left: float, bottom: float) -> None:
    """Draw runs of dark modules as one path, in units of a module: few and short numbers."""
    matrix = encode_ticket_code(text).matrix
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(_CODE_SIZE / len(matrix), _CODE_SIZE / len(matrix))
    canvas.setFillColor(black)
    path = canvas.beginPath()
    for row_index, row in enumerate(matrix):
        start: int | None = None
        for column, is_dark in enumerate([*row, 0]):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                path.rect(start, len(matrix) - row_index - 1, column - start, 1)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _draw_specimen(canvas: Canvas, content: TicketContent) -> None:
    canvas.saveState()
    canvas.setFillGray(0.88)
    canvas.translate(A4[0] / 2, A4[1] / 2 - 60)
    canvas.rotate(35)
    specimen = fit_letters(content.specimen, BOLD)
    canvas.setFont(BOLD, fit_size(specimen, BOLD, 32, 640))
    canvas.drawCentredString(0, 0, specimen)
    canvas.restoreState()
