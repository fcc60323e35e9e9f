"""Events: told after the commit, told again until every reaction succeeded, then gone."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update

from agenturclient.core.database import Transactions
from agenturclient.core.outbox import deliver_due_events, emit_event, outbox_events


async def _list_events(transactions: Transactions) -> list[Any]:
    async with transactions.read() as session:
        return list((await session.execute(select(outbox_events))).all())


async def _make_all_due(transactions: Transactions) -> None:
    async with transactions() as session:
        await session.execute(update(outbox_events).values(due_at=dt.datetime.now(dt.UTC)))


async def test_an_event_is_told_once_and_then_gone(transactions: Transactions) -> None:
    told: list[dict[str, Any]] = []

    async def listen(payload: dict[str, Any]) -> None:
        told.append(payload)

    async with transactions() as session:
        await emit_event(session, "OrderConfirmed", {"number": "AC-1"})
        await emit_event(session, "NobodyListens", {})
    assert await deliver_due_events(transactions, {"OrderConfirmed": [listen]}) == 2
    assert await deliver_due_events(transactions, {"OrderConfirmed": [listen]}) == 0
    assert told == [{"number": "AC-1"}]
    assert await _list_events(transactions) == []


async def test_an_event_of_a_transaction_that_failed_never_was(transactions: Transactions) -> None:
    with pytest.raises(LookupError):
        async with transactions() as session:
            await emit_event(session, "OrderConfirmed", {"number": "AC-1"})
            raise LookupError
    assert await _list_events(transactions) == []


async def test_a_reaction_that_fails_is_told_again_later(transactions: Transactions) -> None:
    told: list[int] = []

    async def fail_at_first(_payload: dict[str, Any]) -> None:
        told.append(len(told))
        if len(told) == 1:
            raise ConnectionError

    async with transactions() as session:
        await emit_event(session, "OrderConfirmed", {"number": "AC-1"})
    reactions = {"OrderConfirmed": [fail_at_first]}
    assert await deliver_due_events(transactions, reactions) == 0
    assert await deliver_due_events(transactions, reactions) == 0, "not before its pause is over"
    await _make_all_due(transactions)
    assert await deliver_due_events(transactions, reactions) == 1
    assert told == [0, 1]
    assert await _list_events(transactions) == []
