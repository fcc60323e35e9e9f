"""Every select and update of looking."""

import datetime as dt

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from agenturclient.core.database import Session
from agenturclient.offers.models import look_to_book


async def add_look_count(session: Session, agency_code: str, day: dt.date, operation: str, count: int) -> None:
    """Add to a counter. One statement changes it, so that replicas do not overwrite each other."""
    key = (
        (look_to_book.c.agency_code == agency_code)
        & (look_to_book.c.day == day)
        & (look_to_book.c.operation == operation)
    )
    change = update(look_to_book).where(key).values(count=look_to_book.c.count + count)
    if (await session.execute(change)).rowcount:
        return
    try:
        await session.execute(
            insert(look_to_book).values(agency_code=agency_code, day=day, operation=operation, count=count)
        )
    except IntegrityError:
        await session.execute(change)


async def list_look_counts(session: Session, agency_code: str, day: dt.date) -> dict[str, int]:
    rows = await session.execute(
        select(look_to_book.c.operation, look_to_book.c.count).where(
            look_to_book.c.agency_code == agency_code, look_to_book.c.day == day
        )
    )
    return {row[0]: row[1] for row in rows}
