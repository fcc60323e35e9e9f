"""Opaque strings (tripIds, scroll contexts), readable only by a timetable of the same seed and data."""

import base64
import binascii
import hashlib
import hmac

MAC_BYTES = 32
END_MARK = b"\0"
# A real tripId has several hundred characters; clients must be able to carry them.
TRIP_FILLER_BYTES = 160


def derive_key(seed: int, fingerprint: str) -> bytes:
    """The key of a timetable. It guards against mistakes, not against attackers: the seed is no secret."""
    return hashlib.sha256(f"b2p-sandbox/{seed}/{fingerprint}".encode()).digest()


def seal_text(key: bytes, purpose: str, text: str, *, filler_bytes: int = 0) -> str:
    """The text as a URL-safe string that cannot be altered unnoticed."""
    body = text.encode() + END_MARK
    body += hashlib.shake_256(body).digest(filler_bytes)
    return base64.urlsafe_b64encode(_sign(key, purpose, body) + body).decode().rstrip("=")


def open_text(key: bytes, purpose: str, token: str) -> str | None:
    """The text of a sealed string; None when it is not one, or was sealed with another key or for another purpose."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
        return None
    mac, body = raw[:MAC_BYTES], raw[MAC_BYTES:]
    if not hmac.compare_digest(mac, _sign(key, purpose, body)):
        return None
    return body.split(END_MARK, 1)[0].decode()


def _sign(key: bytes, purpose: str, body: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + END_MARK + body, "sha256")
