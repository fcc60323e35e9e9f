"""Every select and update of agencies."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import delete, insert, select, update

from agenturclient.agencies.models import agencies, branches
from agenturclient.agencies.schemas import Agency, Branch
from agenturclient.core.database import Session, get_utc_now


async def list_agencies(session: Session, codes: Iterable[str] | None = None) -> list[Agency]:
    """Agencies by name; all of them, or those with the codes."""
    wanted = select(agencies).order_by(agencies.c.name)
    belonging = select(branches).order_by(branches.c.agency_code, branches.c.position, branches.c.code)
    if codes is not None:
        listed = sorted(set(codes))
        wanted = wanted.where(agencies.c.code.in_(listed))
        belonging = belonging.where(branches.c.agency_code.in_(listed))
    by_agency: dict[str, list[Branch]] = {}
    for row in await session.execute(belonging):
        by_agency.setdefault(row.agency_code, []).append(Branch(row.code, row.name))
    return [
        msgspec.convert(
            {
                "code": row.code,
                "name": row.name,
                "contract_id": row.contract_id,
                "default_language": row.default_language,
                "is_reference_mandatory": row.is_reference_mandatory,
                "reference_pattern": row.reference_pattern,
                "means_of_payment": row.means_of_payment,
                "is_final_at_once": row.is_final_at_once,
                "branches": tuple(by_agency.get(row.code, ())),
            },
            Agency,
        )
        for row in await session.execute(wanted)
    ]


async def write_agency(session: Session, agency: Agency) -> None:
    """Insert or change an agency; its branches become exactly the given ones."""
    values = msgspec.structs.asdict(agency)
    values.pop("branches")
    values["changed_at"] = get_utc_now()
    changed = await session.execute(update(agencies).where(agencies.c.code == agency.code).values(values))
    if changed.rowcount == 0:
        await session.execute(insert(agencies).values(values))
    await session.execute(delete(branches).where(branches.c.agency_code == agency.code))
    if agency.branches:
        await session.execute(
            insert(branches),
            [
                {"agency_code": agency.code, "code": branch.code, "name": branch.name, "position": position}
                for position, branch in enumerate(agency.branches)
            ],
        )
