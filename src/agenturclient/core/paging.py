"""Cursor paging: a cursor is the last row's sort key, opaque to clients; no page shifts when rows are added."""

import base64
import binascii
from typing import Generic, TypeVar

import msgspec

from agenturclient.core.problems import InvalidRequest

Item = TypeVar("Item")


class Page(msgspec.Struct, Generic[Item], frozen=True):
    """Some items and the cursor of the next page, None on the last one."""

    items: list[Item]
    next_cursor: str | None = None


def encode_cursor(row_id: int) -> str:
    return base64.urlsafe_b64encode(str(row_id).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> int:
    """The row id in a cursor.

    Raises:
        InvalidRequest: the cursor is not one of ours.
    """
    try:
        row_id = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
    except (ValueError, binascii.Error):
        row_id = -1
    if not 0 <= row_id < 2**62:
        raise InvalidRequest(
            "The cursor is not one that this list gave out.",
            errors=[{"parameter": "cursor", "detail": "Leave it out to start at the first page."}],
        )
    return row_id
