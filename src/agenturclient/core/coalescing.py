"""One question at a time, its answer shared for a while: for what may be shared, within one process."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class SharedAnswers(Generic[Value]):
    """Coalesces equal questions asked at once and keeps answers ``seconds`` long, ``size`` of them at most.

    A failure is told to everyone who waited, and not kept. One asker who goes away does not cancel the question for
    the others.
    """

    def __init__(self, *, seconds: float, size: int, read_clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._size = size
        self._read_clock = read_clock
        self._kept: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        self._asked: dict[Hashable, asyncio.Task[Value]] = {}

    async def get_answer(self, key: Hashable, ask: Callable[[], Awaitable[Value]]) -> Value:
        """The kept answer, or that of the question under way, or that of asking now."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] > self._read_clock():
            return kept[1]
        task = self._asked.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(key, ask))
            self._asked[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(task)

    def put_answer(self, key: Hashable, value: Value) -> None:
        """Keep an answer that came by another way."""
        self._kept[key] = (self._read_clock() + self._seconds, value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def find_kept(self, key: Hashable) -> Value | None:
        kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] > self._read_clock() else None

    async def _ask(self, key: Hashable, ask: Callable[[], Awaitable[Value]]) -> Value:
        value = await ask()
        self.put_answer(key, value)
        return value

    def _forget(self, key: Hashable, task: "asyncio.Task[Value]") -> None:
        self._asked.pop(key, None)
        if not task.cancelled():
            task.exception()  # everyone who waited was told; without this asyncio complains if all of them left
