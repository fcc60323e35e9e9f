"""A ticket as wallet pass (pkpass): well formed, but not signed.

Apple's wallet only takes passes signed with a certificate that Apple gave out; a stand-in has none, so the archive
holds `pass.json`, the icons and `manifest.json` with their SHA-1 sums (the format's choice), and no `signature`.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO

from b2p_sandbox.documents.content import TicketContent


@cache
def _render_icon(size: int) -> bytes:
    """A grey square as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\x80" * size) * size
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def render_wallet_pass(content: TicketContent) -> bytes:
    """The archive's bytes."""
    fields = [
        {"key": f"row{index}", "label": label, "value": value} for index, (label, value) in enumerate(content.rows)
    ]
    document = {
        "formatVersion": 1,
        "passTypeIdentifier": "pass.example.b2p-sandbox",
        "teamIdentifier": "SPECIMEN00",
        "organizationName": "B2P sandbox",
        "serialNumber": content.reference,
        "description": f"{content.specimen} {content.title}",
        "relevantDate": content.valid_from.isoformat(),
        "expirationDate": content.valid_until.isoformat(),
        "barcodes": [{"format": "PKBarcodeFormatQR", "message": content.code_text, "messageEncoding": "iso-8859-1"}],
        "boardingPass": {
            "transitType": "PKTransitTypeTrain",
            "headerFields": [{"key": "specimen", "label": "", "value": "SPECIMEN"}],
            "primaryFields": [{"key": "title", "label": "", "value": content.title}],
            "secondaryFields": fields[:4],
            "auxiliaryFields": fields[4:],
            "backFields": [{"key": "specimen_all", "label": content.specimen, "value": content.not_valid}],
        },
    }
    files = {
        "pass.json": json.dumps(document, ensure_ascii=False).encode(),
        "icon.png": _render_icon(29),
        "icon@2x.png": _render_icon(58),
    }
    sums = {name: hashlib.sha1(data, usedforsecurity=False).hexdigest() for name, data in files.items()}
    files["manifest.json"] = json.dumps(sums).encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()
