"""What a replica does by itself goes on, whatever happens."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from agenturclient.core.background import BackgroundJobs
from agenturclient.core.database import TransactionConflictError


async def wait_until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 -- what is watched are plain numbers
            await asyncio.sleep(0.005)


async def test_a_job_that_fails_is_run_again_and_harms_no_other() -> None:
    runs = {"bad": 0, "good": 0}

    async def fail() -> None:
        runs["bad"] += 1
        raise RuntimeError("always")

    async def work() -> None:
        runs["good"] += 1

    jobs = BackgroundJobs()
    jobs.add_job("bad", 0.01, fail)
    jobs.add_job("good", 0.01, work)
    jobs.start_jobs()
    await wait_until(lambda: runs["bad"] > 2 and runs["good"] > 2)
    await jobs.stop_jobs(1)
    stopped = dict(runs)
    await asyncio.sleep(0.05)
    assert runs == stopped


@pytest.mark.parametrize("error", [TransactionConflictError("deadlock"), PoolTimeoutError("no connection")])
async def test_a_job_that_a_busy_database_turns_away_is_no_error_and_comes_again(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        raise error

    jobs = BackgroundJobs()
    jobs.add_job("work", 0.01, work)
    jobs.start_jobs()
    await wait_until(lambda: runs > 2)
    await jobs.stop_jobs(1)
    said = capsys.readouterr().out
    assert "background_job_turned_away" in said
    assert "background_job_failed" not in said


async def test_a_job_that_did_something_looks_again_at_once() -> None:
    left = 5

    async def work() -> int:
        nonlocal left
        left = max(0, left - 1)
        return left

    jobs = BackgroundJobs()
    jobs.add_job("work", 60, work)
    jobs.start_jobs()
    await wait_until(lambda: left == 0)
    await jobs.stop_jobs(1)


async def test_at_the_stop_a_job_may_finish_and_is_cut_off_if_it_does_not() -> None:
    events: list[str] = []

    async def finish() -> None:
        events.append("begun")
        await asyncio.sleep(0.05)
        events.append("finished")

    async def hang() -> None:
        await asyncio.sleep(60)

    jobs = BackgroundJobs()
    jobs.add_job("finish", 60, finish)
    jobs.add_job("hang", 60, hang)
    jobs.start_jobs()
    await wait_until(lambda: events)
    async with asyncio.timeout(5):
        await jobs.stop_jobs(0.3)
    assert events == ["begun", "finished"]
