"""Use cases of agencies."""

import re
from collections.abc import Iterable

from agenturclient.agencies import queries
from agenturclient.agencies.schemas import Agency
from agenturclient.core.audit import record_audit
from agenturclient.core.database import Transactions
from agenturclient.core.problems import InvalidRequest, NotFound


async def find_agency(transactions: Transactions, code: str) -> Agency | None:
    """An agency with its branches, None if there is none with this code."""
    async with transactions.read() as session:
        found = await queries.list_agencies(session, [code])
    return found[0] if found else None


async def get_agency(transactions: Transactions, code: str | None) -> Agency:
    """An agency with its branches.

    Raises:
        NotFound: there is none with this code, or the caller acts for none.
    """
    agency = await find_agency(transactions, code) if code is not None else None
    if agency is None:
        raise NotFound("There is no such agency.")
    return agency


async def list_named_agencies(transactions: Transactions, codes: Iterable[str]) -> list[Agency]:
    """Those of the agencies with these codes that exist, by name."""
    async with transactions.read() as session:
        return await queries.list_agencies(session, codes)


async def put_agency(transactions: Transactions, agency: Agency, *, subject: str) -> None:
    """Onboard or change an agency, on behalf of ``subject``.

    Raises:
        InvalidRequest: the pattern of "your reference" is no regular expression.
    """
    if agency.reference_pattern is not None:
        try:
            re.compile(agency.reference_pattern)
        except re.error:
            raise InvalidRequest(
                "The pattern is not a regular expression.",
                errors=[{"pointer": "/reference_pattern", "detail": "is not a regular expression"}],
            ) from None
    async with transactions() as session:
        await queries.write_agency(session, agency)
        await record_audit(
            session,
            subject=subject,
            agency_code=agency.code,
            action="put_agency",
            outcome="done",
            target=agency.code,
            detail={"contract_id": agency.contract_id, "branches": [branch.code for branch in agency.branches]},
        )
