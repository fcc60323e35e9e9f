"""A bound on concurrent calls with a bounded queue: a slow supplier must not exhaust the service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class GateFull(Exception):
    """As many calls are under way as may be, and as many wait as may."""


class CallGate:
    """At most `max_concurrent` calls inside, at most `max_queued` in front; served in order of arrival."""

    def __init__(self, *, max_concurrent: int, max_queued: int) -> None:
        self._places = asyncio.Semaphore(max_concurrent)
        self._max_queued = max_queued
        self._queued = 0

    @asynccontextmanager
    async def enter_gate(self) -> AsyncIterator[None]:
        """Wait for a place; raises `GateFull` at once if the queue is full."""
        if self._places.locked():
            if self._queued >= self._max_queued:
                raise GateFull
            self._queued += 1
            try:
                await self._places.acquire()
            finally:
                self._queued -= 1
        else:
            await self._places.acquire()
        try:
            yield
        finally:
            self._places.release()
