"""A ticket as HTML: one self-contained page without scripts."""

from html import escape

from b2p_sandbox.documents.codes import encode_ticket_code
from b2p_sandbox.documents.content import TicketContent


def render_html(content: TicketContent) -> bytes:
    """The document's bytes, UTF-8."""
    code = encode_ticket_code(content.code_text)
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in content.rows)
    return (
        f'<!doctype html><html lang="{content.language}"><head><meta charset="utf-8">'
        f"<title>{escape(content.title)} {escape(content.reference)}</title>"
        "<style>body{font:16px sans-serif;max-width:40em;margin:2em auto}dt{color:#555}"
        "dd{margin:0 0 .6em;font-weight:bold}"
        "</style></head><body>"
        f"<p><strong>{escape(content.specimen)}</strong></p><h1>{escape(content.title)}</h1>"
        f"<p>{escape(content.description)}</p><dl>{rows}</dl>{code.svg_inline(scale=4)}"
        f"<p>{escape(content.not_valid)}</p></body></html>"
    ).encode()
