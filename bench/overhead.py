"""What Agenturclient adds to the calls of B2P: `python bench/overhead.py [--sales N] [--database D] [--users N]`.

Whole sales through our HTTP interface and the same sequence of calls made at the sandbox directly take turns in one
process, so that both meet the same machine: what counts is the ratio, and the milliseconds between. The sandbox answers
in a few milliseconds where SBB takes seconds, so the ratio is the worst that there is; with --realistic it takes as
long as the real thing. With --users, so many signed-in sellers go through sales at think time all the while.
"""

import argparse
import asyncio
import contextlib
import json
import random
import time
import urllib.request
from collections import Counter

from figures import find_percentile, print_head, print_line
from sales import (
    DIRECT_CONTRACT,
    DOCUMENT,
    STEPS,
    ApiSeller,
    DirectSeller,
    SaleError,
    Watch,
    Wish,
    list_wishes,
    open_connections,
)
from stand import (
    DATABASES,
    RunningProgram,
    SandboxProcess,
    open_databases,
    prepare_database,
    read_cpu_seconds,
    run_replicas,
    run_sandbox,
)

_WARM_UP = 10
_API, _DIRECT = "api", "direct"


class Crowd:
    """Signed-in users at think time, spread over the replicas; counts what they do."""

    def __init__(self, sellers: list[ApiSeller], wishes: list[Wish], think_seconds: float) -> None:
        self.sold = 0
        self.failures: list[str] = []
        self._think_seconds = think_seconds
        self._chance = random.Random(1)
        self._wishes = wishes
        self._sellers = sellers
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._work(seller)) for seller in self._sellers]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, seller: ApiSeller) -> None:
        # Users do not begin together: the first one waits no time, the last one as long as a sale takes.
        await asyncio.sleep(self._chance.uniform(0, (len(STEPS) + 1) * self._think_seconds))
        while self._wishes:
            try:
                await seller.sell(self._wishes.pop(), Watch())
                self.sold += 1
            except (SaleError, StopIteration, OSError, TimeoutError) as error:
                self.failures.append(repr(error))


async def gather_crowd(options: argparse.Namespace, replicas: list[RunningProgram], connections: object) -> Crowd:
    """Sign everybody in, a few at a time."""
    count, think = options.users, options.think_seconds
    sellers = [ApiSeller(connections, replicas[n % len(replicas)].url, think) for n in range(count)]  # type: ignore[arg-type]
    places = asyncio.Semaphore(8)

    async def sign_in(seller: ApiSeller) -> None:
        async with places:
            await seller.sign_in()

    await asyncio.gather(*(sign_in(seller) for seller in sellers))
    return Crowd(sellers, list_wishes(min(150_000, count * 20), options.seed + 1), think)


class Measured:
    """What a run gave: seconds by step of each side, and processor seconds."""

    def __init__(self) -> None:
        self.watches: dict[str, list[Watch]] = {_API: [], _DIRECT: []}
        self.product_cpu = 0.0
        self.sold_elsewhere = 0
        self.failures: list[str] = []
        self.calls: dict[str, Counter[str]] = {}
        self.seconds = 0.0

    def list_times(self, side: str, steps: tuple[str, ...]) -> list[float]:
        return [sum(watch.seconds[step] for step in steps) * 1000 for watch in self.watches[side]]


async def measure_overhead(
    options: argparse.Namespace, sandbox: SandboxProcess, replicas: list[RunningProgram]
) -> Measured:
    """Take turns: the API first, then directly, and the other way round."""
    measured = Measured()
    wishes = list_wishes(2 * (options.sales + _WARM_UP), options.seed)
    async with open_connections() as connections, open_connections(2_000) as others:
        sellers = {_API: ApiSeller(connections, replicas[0].url), _DIRECT: DirectSeller(connections, sandbox.url)}
        for seller in sellers.values():
            await seller.sign_in()
        for _ in range(_WARM_UP):
            for seller in sellers.values():
                await seller.sell(wishes.pop(), Watch())
        crowd = await gather_crowd(options, replicas, others)
        calls_before = read_calls(sandbox)
        began_with, began_at = sum(read_cpu_seconds(one.process.pid) for one in replicas), time.monotonic()
        crowd.start()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(options.seconds):
                await take_turns(sellers, wishes, measured, pause_seconds=0.25 if options.users else 0.0)
        await crowd.stop()
        await asyncio.sleep(1.5)  # the job that fetches documents is part of what a sale costs
        measured.seconds = time.monotonic() - began_at
        measured.product_cpu = sum(read_cpu_seconds(one.process.pid) for one in replicas) - began_with
        measured.sold_elsewhere, measured.failures = crowd.sold, crowd.failures
        calls = read_calls(sandbox)
        measured.calls = {side: calls[side] - calls_before[side] for side in calls}
    return measured


async def take_turns(
    sellers: dict[str, ApiSeller | DirectSeller], wishes: list[Wish], measured: Measured, pause_seconds: float
) -> None:
    sides = [_API, _DIRECT]
    while wishes:
        for side in sides:
            watch = Watch()
            await sellers[side].sell(wishes.pop(), watch)
            measured.watches[side].append(watch)
        sides.reverse()
        await asyncio.sleep(pause_seconds)


def read_calls(sandbox: SandboxProcess) -> dict[str, Counter[str]]:
    """Calls that reached the sandbox so far, per side and operation."""
    with urllib.request.urlopen(f"{sandbox.url}/control/counts") as answer:  # noqa: S310 -- our own sandbox
        counts = json.loads(answer.read())
    direct = Counter(counts.pop(DIRECT_CONTRACT, {}))
    ours: Counter[str] = Counter()
    for contract, operations in counts.items():
        ours.update(operations if contract else {})
    return {_API: ours, _DIRECT: direct}


# --- what is printed --------------------------------------------------------------------------------------------------


def print_overhead(measured: Measured) -> None:
    print_line("milliseconds", "ours p50", "direct p50", "ratio", "added", "ours p99", "direct p99", "ratio", width=11)
    rows = [*((step, (step,)) for step in STEPS), ("whole sale", STEPS), (DOCUMENT, (DOCUMENT,))]
    for name, steps in rows:
        ours, direct = measured.list_times(_API, steps), measured.list_times(_DIRECT, steps)
        middle, high = ([find_percentile(ours, share), find_percentile(direct, share)] for share in (0.5, 0.99))
        cells = [*middle, middle[0] / middle[1], middle[0] - middle[1], *high, high[0] / high[1]]
        print_line(name, *(f"{cell:.2f}" for cell in cells), width=11)


def print_costs(measured: Measured) -> None:
    own = len(measured.watches[_API])
    sold = own + measured.sold_elsewhere
    print(
        f"   processor time of our process(es) per sale: {measured.product_cpu / max(1, sold) * 1000:.1f} ms ", end=""
    )
    print(f"({sold} sales in {measured.seconds:.0f} s, {measured.product_cpu:.1f} s of processor, ", end="")
    print(f"{measured.product_cpu / measured.seconds:.2f} cores); failed sales of the users: {len(measured.failures)}")
    for failure in measured.failures[:3]:
        print(f"      {failure}")
    for side, count in ((_API, sold), (_DIRECT, len(measured.watches[_DIRECT]))):
        calls = ", ".join(f"{name} {number / max(1, count):.2f}" for name, number in measured.calls[side].items())
        print(f"   calls of B2P per sale, {side}: {calls}")


def run_overhead(options: argparse.Namespace, kind: str) -> None:
    with open_databases([kind]) as (folder, urls):
        prepare_database(urls[kind])
        with (
            run_sandbox(folder, seed=options.seed, is_realistic=options.realistic) as sandbox,
            run_replicas(folder, urls[kind], sandbox, options.replicas) as replicas,
        ):
            print_head(
                f"overhead on {kind}",
                sales=options.sales,
                seed=options.seed,
                replicas=options.replicas,
                users=options.users,
                think_seconds=options.think_seconds,
                realistic=options.realistic,
            )
            measured = asyncio.run(measure_overhead(options, sandbox, replicas))
            print_overhead(measured)
            print_costs(measured)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--sales", type=int, default=150, help="sales of each side")
    parser.add_argument("--seconds", type=float, default=120, help="stop after so long, even if sales are left")
    parser.add_argument("--users", type=int, default=0, help="users who sell at think time meanwhile")
    parser.add_argument("--think-seconds", type=float, default=30, help="mean pause of a user between two steps")
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--realistic", action="store_true", help="a supplier as slow as the real one")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for kind in DATABASES if options.database == "both" else (options.database,):
        run_overhead(options, kind)


if __name__ == "__main__":
    main()
