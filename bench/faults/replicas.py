"""Two replicas of the product on one database, of which one is killed now and then, and started again at once."""

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from app.running import RunningProgram, run_program

_ERROR_LEVELS = {"error", "critical"}
# How many times a minute's waiting for a start.
_START_PATIENCE = 5

# Short enough that orders of a killed replica are taken up while the run goes on; the budgets stay within the lease.
_TIMES = {
    "SALE__LEASE_SECONDS": "12",
    "SALE__RECOVERY_INTERVAL_SECONDS": "0.5",
    "RAIL__CONFIRM_BUDGET_SECONDS": "8",
    "RAIL__HOLD_BUDGET_SECONDS": "5",
    "RAIL__READ_BUDGET_SECONDS": "4",
    "RAIL__OFFERS_BUDGET_SECONDS": "6",
    "RAIL__TRIPS_BUDGET_SECONDS": "5",
}


def shorten_times(environment: dict[str, str]) -> dict[str, str]:
    """The same settings with times that suit a run of minutes."""
    return {**environment, **{f"AGENTURCLIENT_{name}": value for name, value in _TIMES.items()}}


class Replica:
    """One replica, always on the same port. It may be killed and started any number of times."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._life = contextlib.ExitStack()
        self._program: RunningProgram | None = None
        self._outputs: list[Path] = []
        self.is_ready = False
        self.kills = 0
        self.crashes = 0

    @property
    def program(self) -> RunningProgram:
        assert self._program is not None, "the replica has not been started yet"
        return self._program

    @property
    def url(self) -> str:
        return self.program.url

    async def start(self) -> None:
        """Start it, and return once it serves requests."""
        port = None if self._program is None else self._program.port
        running = run_program("serve", folder=self._folder, environment=self._environment, port=port)
        self._program = self._life.enter_context(running)
        self._outputs.append(self._program.output)
        await self._wait_until_ready()
        self.is_ready = True

    async def _wait_until_ready(self) -> None:
        """On a busy machine a start takes its time; only a process that has ended will never be ready."""
        for _ in range(_START_PATIENCE):
            with contextlib.suppress(AssertionError):
                await asyncio.to_thread(self.program.wait_until_ready)
                return
            self.note_crash()
            if self.program.process.poll() is not None:
                break
        raise RuntimeError(f"a replica did not start: {self.program.read_output()[-2000:]}")

    async def kill_and_restart(self) -> None:
        """SIGKILL in the middle of whatever it does, and a new start."""
        self.note_crash()
        self.is_ready = False
        self.program.send_signal(signal.SIGKILL)
        await asyncio.to_thread(self.program.wait_for_end)
        self.kills += 1
        await self.start_again()

    async def start_again(self) -> None:
        """End it if it still runs, and start it."""
        self._life.close()
        await self.start()

    def note_crash(self) -> None:
        """Count it if it ended by itself, which no replica may."""
        if self.program.process.poll() is not None:
            self.crashes += 1

    def stop(self) -> None:
        self.note_crash()
        self._life.close()

    def count_errors(self) -> Counter[str]:
        """What its logs tell at the level of errors, over all its lives, by event and the exception's last line."""
        found: Counter[str] = Counter()
        for output in self._outputs:
            with output.open("rb") as lines:
                for line in lines:
                    if error := _read_error(line):
                        found[error] += 1
        return found


def _read_error(line: bytes) -> str:
    """The error that a line of a log tells; empty if it tells none. A bare traceback is one too."""
    try:
        entry = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        return "traceback outside of the log" if line.startswith(b"Traceback") else ""
    if entry.get("level") not in _ERROR_LEVELS:
        return ""
    exception = str(entry.get("exception", "")).strip().splitlines()
    frames = [text.strip() for text in exception if "agenturclient/" in text]
    return " · ".join([str(entry.get("event")), *frames[-1:], *exception[-1:]])


async def kill_now_and_then(replicas: list[Replica], seconds: float, chance: random.Random) -> None:
    """Kill one replica after another, about every ``seconds``, until cancelled. Mostly the other one serves; at times
    both are gone. On a busy machine a start may take a minute: then kills are as far apart, so that sales go on."""
    started_in = 0.0
    while True:
        await asyncio.sleep(max(chance.uniform(0.5, 1.5) * seconds, started_in))
        victims = chance.sample(replicas, 2 if chance.random() < 0.1 else 1)
        began = time.monotonic()
        await asyncio.gather(*(victim.kill_and_restart() for victim in victims))
        started_in = time.monotonic() - began
