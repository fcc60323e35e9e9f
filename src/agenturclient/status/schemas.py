"""The public contract of the status."""

import datetime as dt
from typing import Literal

import msgspec


class StatusComponent(msgspec.Struct, frozen=True, kw_only=True):
    """A part of SBB's system, in its own words."""

    name: str
    title: str
    is_ok: bool


class AnnouncementView(msgspec.Struct, frozen=True, kw_only=True):
    announcement_id: str
    text: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None


class SupplierStatus(msgspec.Struct, frozen=True, kw_only=True):
    """``down``: SBB cannot be reached; ``slow``: it answers late or says itself that a part is disturbed."""

    state: Literal["fine", "slow", "down"]
    components: list[StatusComponent]
    announcements: list[AnnouncementView]
