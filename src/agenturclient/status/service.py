"""Use cases of the status."""

import time
from collections.abc import Callable

import structlog

from agenturclient.core.coalescing import SharedAnswers
from agenturclient.core.database import get_utc_now
from agenturclient.rail.errors import RailError, RailRefused
from agenturclient.rail.port import Announcement, Language, Rail, RailContext, RailStatus
from agenturclient.status.rules import judge_supplier, select_announcements
from agenturclient.status.schemas import AnnouncementView, StatusComponent, SupplierStatus

_log = structlog.get_logger(__name__)
_STATUS_SECONDS = 20.0
_ANNOUNCEMENTS_SECONDS = 120.0


class StatusBoard:
    """What is known of the supplier in this replica: asked for by many, fetched once."""

    def __init__(self, rail: Rail, read_clock: Callable[[], float] = time.monotonic) -> None:
        self.rail = rail
        self.read_clock = read_clock
        self.statuses: SharedAnswers[tuple[RailStatus | None, float]] = SharedAnswers(seconds=_STATUS_SECONDS, size=10)
        self.announcements: SharedAnswers[tuple[Announcement, ...]] = SharedAnswers(
            seconds=_ANNOUNCEMENTS_SECONDS, size=10
        )


async def read_supplier_status(board: StatusBoard, context: RailContext) -> SupplierStatus:
    """How SBB is. Never fails: that it cannot be reached is an answer, too."""

    async def ask_status() -> tuple[RailStatus | None, float]:
        started_at = board.read_clock()
        try:
            status: RailStatus | None = await board.rail.get_status(context)
        except RailRefused as error:
            _log.warning("supplier_status_refused", error=str(error))
            status = RailStatus(is_ok=False)
        except RailError as error:
            _log.warning("supplier_status_unknown", error=str(error))
            status = None
        return status, board.read_clock() - started_at

    async def ask_announcements() -> tuple[Announcement, ...]:
        return await board.rail.list_announcements(context)

    status, seconds = await board.statuses.get_answer("status", ask_status)
    announcements: tuple[Announcement, ...] = ()
    if status is not None:
        try:
            announcements = await board.announcements.get_answer("announcements", ask_announcements)
        except RailError as error:
            _log.warning("supplier_announcements_unknown", error=str(error))
    return SupplierStatus(
        state=judge_supplier(status, seconds),
        components=[
            StatusComponent(name=component.name, title=component.title, is_ok=component.is_ok)
            for component in (status.components if status is not None else ())
        ],
        announcements=_show_announcements(announcements, context.language),
    )


def _show_announcements(announcements: tuple[Announcement, ...], language: Language) -> list[AnnouncementView]:
    return [
        AnnouncementView(
            announcement_id=announcement.announcement_id,
            text=text,
            valid_from=announcement.valid_from,
            valid_until=announcement.valid_until,
        )
        for announcement, text in select_announcements(announcements, language, get_utc_now())
    ]
