"""The 2D code of a ticket.

Real Swiss tickets carry an Aztec code; nothing reads the stand-in's code but people's phones, so it is a QR code.
"""

from functools import lru_cache

import segno

_KEPT_CODES = 256


@lru_cache(maxsize=_KEPT_CODES)
def encode_ticket_code(text: str) -> segno.QRCode:
    """The QR code of a ticket; kept, because a ticket is fetched in several forms one after the other.

    The mask is fixed: choosing the best one takes longer than all the rest, and any reader copes with any mask.
    """
    return segno.make_qr(text, error="m", mask=3, boost_error=False)
