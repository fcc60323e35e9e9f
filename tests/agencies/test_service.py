"""Agencies with their branches, on both databases."""

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agenturclient.agencies.schemas import Agency, Branch
from agenturclient.agencies.service import find_agency, get_agency, list_named_agencies, put_agency
from agenturclient.core.audit import audit_records
from agenturclient.core.database import Transactions
from agenturclient.core.problems import InvalidRequest, NotFound

KUONI = Agency(
    code="kuoni",
    name="Reisebüro Kuoni",
    contract_id="C-1",
    default_language="de",
    is_reference_mandatory=True,
    reference_pattern=r"K\d{4}",
    means_of_payment="cash",
    branches=(Branch("zuerich", "Zürich"), Branch("bern", "Bern")),
)


async def test_an_agency_is_read_as_it_was_written(transactions: Transactions) -> None:
    await put_agency(transactions, KUONI, subject="admin")
    assert await get_agency(transactions, "kuoni") == KUONI
    assert await find_agency(transactions, "KUONI") is None
    with pytest.raises(NotFound):
        await get_agency(transactions, "kuon")
    with pytest.raises(NotFound):
        await get_agency(transactions, None)


async def test_writing_again_replaces_the_branches(transactions: Transactions) -> None:
    other = msgspec.structs.replace(KUONI, code="other", name="Other", contract_id="C-2")
    await put_agency(transactions, KUONI, subject="admin")
    await put_agency(transactions, other, subject="admin")
    changed = msgspec.structs.replace(KUONI, name="Kuoni", branches=(Branch("bern", "Bern Bahnhof"),))
    await put_agency(transactions, changed, subject="admin")
    assert await list_named_agencies(transactions, ["kuoni", "other", "none"]) == [changed, other]
    async with transactions.read() as session:
        records = (await session.execute(select(audit_records))).all()
    assert [(record.subject, record.action, record.target) for record in records] == [
        ("admin", "put_agency", "kuoni"),
        ("admin", "put_agency", "other"),
        ("admin", "put_agency", "kuoni"),
    ]


async def test_two_agencies_never_share_a_contract(transactions: Transactions) -> None:
    await put_agency(transactions, KUONI, subject="admin")
    with pytest.raises(IntegrityError):
        await put_agency(transactions, msgspec.structs.replace(KUONI, code="other"), subject="admin")


async def test_a_pattern_that_is_none_is_refused(transactions: Transactions) -> None:
    with pytest.raises(InvalidRequest):
        await put_agency(transactions, msgspec.structs.replace(KUONI, reference_pattern="("), subject="admin")
    assert await find_agency(transactions, "kuoni") is None
