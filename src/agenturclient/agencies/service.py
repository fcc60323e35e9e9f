"""Use cases of agencies."""

import re
from collections.abc import Iterable

from agenturclient.agencies import queries
from agenturclient.agencies.schemas import Agency
from agenturclient.core.audit import record_audit
from agenturclient.core.database import Transactions
from agenturclient.core.problems import InvalidRequest, NotFound
from agenturclient.identity.schemas import AgencyEntry, SessionAgency, SessionBranch

# Before the first agency is onboarded; B2P wants some word there even for its status.
_NO_CONTRACT = "none"


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


async def choose_contract(transactions: Transactions, agency_code: str | None) -> str:
    """The contract under which to ask what is the same for everybody: the agency's, or for the operator and SBB
    that of the first agency there is."""
    async with transactions.read() as session:
        found = await queries.list_agencies(session, None if agency_code is None else [agency_code])
    return found[0].contract_id if found else _NO_CONTRACT


async def list_agency_entries(transactions: Transactions, codes: frozenset[str]) -> list[AgencyEntry]:
    """Agencies as a session shows them (identity's ``AgencyBook``)."""
    return [
        AgencyEntry(
            agency=SessionAgency(
                code=agency.code,
                name=agency.name,
                default_language=agency.default_language,
                is_reference_mandatory=agency.is_reference_mandatory,
                reference_pattern=agency.reference_pattern,
                means_of_payment=agency.means_of_payment,
            ),
            branches=tuple(SessionBranch(branch.code, branch.name) for branch in agency.branches),
        )
        for agency in await list_named_agencies(transactions, codes)
    ]


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
