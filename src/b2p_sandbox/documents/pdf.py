"""A ticket as PDF (A4, one page) with a text layer and a QR code.

Real Swiss tickets carry an Aztec code; the packages that draw one are slow or unmaintained, and nothing reads the
stand-in's code for its content, so it is a QR code. Standard fonts need no embedding, which keeps a page under 5 ms.
"""

from io import BytesIO

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from b2p_sandbox.documents.content import TicketContent, fit_to_western

_LEFT = 57
_CODE_SIZE = 130


def render_pdf(content: TicketContent) -> bytes:
    """The document's bytes."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=0, invariant=True)
    canvas.setTitle(fit_to_western(f"{content.title} {content.reference}"))
    canvas.setAuthor("B2P sandbox")
    top = A4[1] - 70
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(_LEFT, top, fit_to_western(content.title))
    canvas.setFont("Helvetica", 9)
    canvas.drawString(_LEFT, top - 18, fit_to_western(content.description))
    _draw_rows(canvas, content, top - 56)
    _draw_code(canvas, content.code_text, A4[0] - _LEFT - _CODE_SIZE, top - 56 - _CODE_SIZE)
    _draw_specimen(canvas, content)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_rows(canvas: Canvas, content: TicketContent, top: float) -> None:
    for index, (label, value) in enumerate(content.rows):
        line = top - index * 22
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_LEFT, line, fit_to_western(label))
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(_LEFT + 90, line, fit_to_western(value)[:60])


def _draw_code(canvas: Canvas, text: str, left: float, bottom: float) -> None:
    """Draw runs of dark modules as one path; the mask is fixed because choosing the best one costs most of the time."""
    matrix = segno.make_qr(text, error="m", mask=3, boost_error=False).matrix
    module = _CODE_SIZE / len(matrix)
    path = canvas.beginPath()
    for row_index, row in enumerate(matrix):
        start: int | None = None
        for column, is_dark in enumerate([*row, 0]):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                y = bottom + _CODE_SIZE - (row_index + 1) * module
                path.rect(left + start * module, y, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_specimen(canvas: Canvas, content: TicketContent) -> None:
    canvas.saveState()
    canvas.setFillGray(0.75)
    canvas.translate(A4[0] / 2, A4[1] / 2 - 60)
    canvas.rotate(35)
    canvas.setFont("Helvetica-Bold", 30)
    canvas.drawCentredString(0, 0, fit_to_western(content.specimen))
    canvas.restoreState()
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(_LEFT, 60, fit_to_western(content.not_valid))
