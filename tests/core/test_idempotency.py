"""Idempotency-Keys: a replay is told what the first request was about, another body is refused, old keys go."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import update

from agenturclient.core.database import Transactions, get_utc_now
from agenturclient.core.idempotency import (
    KeyInUse,
    Replay,
    find_replay,
    forget_old_keys,
    hash_request,
    idempotency_keys,
    record_key,
    record_key_problem,
    record_key_target,
)
from agenturclient.core.problems import IdempotencyKeyReused, RecordedProblem

ASKED = hash_request("confirm AC-1", {"expected_total": 2600})


async def _record(transactions: Transactions) -> None:
    async with transactions() as session:
        await record_key(session, "anna", "k1", ASKED)
        await record_key_target(session, "anna", "k1", "AC-1")


async def _find(transactions: Transactions, *, scope: str = "anna", asked: str = ASKED) -> Replay | None:
    async with transactions.read() as session:
        return await find_replay(session, scope, "k1", asked)


async def test_a_key_belongs_to_one_person_and_one_request(transactions: Transactions) -> None:
    assert await _find(transactions) is None
    await _record(transactions)
    assert await _find(transactions) == Replay(target="AC-1")
    assert await _find(transactions, scope="luca") is None
    with pytest.raises(IdempotencyKeyReused):
        await _find(transactions, asked=hash_request("confirm AC-1", {"expected_total": 2700}))


async def test_a_replay_is_told_the_same_problem(transactions: Transactions) -> None:
    await _record(transactions)
    async with transactions() as session:
        await record_key_problem(session, "anna", "k1", 409, {"code": "sold-out"})
    with pytest.raises(RecordedProblem) as caught:
        await _find(transactions)
    assert (caught.value.recorded_status, caught.value.recorded) == (409, {"code": "sold-out"})


async def test_of_two_requests_with_one_key_at_once_one_is_told_that_it_is_second(transactions: Transactions) -> None:
    async def try_once() -> bool:
        try:
            await _record(transactions)
        except KeyInUse:
            return False
        return True

    assert sorted(await asyncio.gather(try_once(), try_once())) == [False, True]


async def test_keys_of_days_ago_are_forgotten(transactions: Transactions) -> None:
    await _record(transactions)
    await forget_old_keys(transactions)
    assert await _find(transactions) is not None
    async with transactions() as session:
        await session.execute(update(idempotency_keys).values(created_at=get_utc_now() - dt.timedelta(days=8)))
    await forget_old_keys(transactions)
    assert await _find(transactions) is None
