"""What a replica does by itself, again and again: recovery, delivery of events, tidying up."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from prometheus_client import Counter
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from agenturclient.core.database import TransactionConflictError

_log = structlog.get_logger(__name__)

BACKGROUND_RUNS = Counter("background_runs", "Runs of background work, by name and outcome.", ["name", "outcome"])


class BackgroundJob(msgspec.Struct, frozen=True, kw_only=True):
    """Work that is run over and over with ``interval_seconds`` in between. ``run`` may return how much it did; more
    than nothing means that it looks again at once."""

    name: str
    interval_seconds: float
    run: Callable[[], Awaitable[object]]


class BackgroundJobs:
    """The jobs of a replica. One that fails is logged, counted and run again; it never ends the others."""

    def __init__(self) -> None:
        self._jobs: list[BackgroundJob] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    def add_job(self, name: str, interval_seconds: float, run: Callable[[], Awaitable[object]]) -> None:
        """Register work; before ``start_jobs``."""
        self._jobs.append(BackgroundJob(name=name, interval_seconds=interval_seconds, run=run))

    @property
    def names(self) -> list[str]:
        return [job.name for job in self._jobs]

    def start_jobs(self) -> None:
        self._tasks = [asyncio.create_task(self._repeat(job), name=job.name) for job in self._jobs]

    async def stop_jobs(self, timeout_seconds: float) -> None:
        """Let each job finish what it is doing; what still runs after the time is cancelled."""
        self._stopping.set()
        if not self._tasks:
            return
        _, running = await asyncio.wait(self._tasks, timeout=timeout_seconds)
        for task in running:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _repeat(self, job: BackgroundJob) -> None:
        while not self._stopping.is_set():
            is_more_likely = await self._run_once(job)
            if not is_more_likely:
                # Replicas started together should not look together.
                await self._pause(job.interval_seconds * random.uniform(0.8, 1.2))

    async def _run_once(self, job: BackgroundJob) -> bool:
        try:
            done = await job.run()
        except asyncio.CancelledError:
            raise
        except (TransactionConflictError, PoolTimeoutError) as error:
            # The database has too much to do at this moment: nothing is broken, and the job comes again soon.
            _log.warning("background_job_turned_away", job=job.name, cause=type(error).__name__)
            BACKGROUND_RUNS.labels(job.name, "turned_away").inc()
            return False
        except Exception:  # noqa: BLE001 -- whatever it was, the job is wanted again; it is logged and counted
            _log.exception("background_job_failed", job=job.name)
            BACKGROUND_RUNS.labels(job.name, "failed").inc()
            return False
        BACKGROUND_RUNS.labels(job.name, "done").inc()
        return isinstance(done, int) and done > 0

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
