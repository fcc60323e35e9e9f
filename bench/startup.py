"""What a replica's start and memory cost: `python bench/startup.py [--starts N] [--sales N]`.

Starts one replica after another on a migrated database until it is ready; the same interpreter loading nothing is the
measure of the machine. Then one replica sells for a while, and what that leaves in memory is measured. At last the
demo is started twice as `make run` does it, until its page answers; the second start is the one that a user meets.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from figures import print_head
from sales import ApiSeller, Watch, list_wishes, open_connections
from stand import (
    answers_ok,
    open_databases,
    prepare_database,
    read_cpu_seconds,
    read_memory_mb,
    run_program,
    run_replicas,
    run_sandbox,
)

_DEMO_BUDGET_SECONDS = 5.0
_DEMO_WAIT_SECONDS = 60.0


def time_bare_interpreter() -> float:
    """Seconds of Python's own start."""
    started_at = time.monotonic()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.monotonic() - started_at


async def sell_for_a_while(url: str, sales: int, seed: int) -> None:
    async with open_connections() as connections:
        sellers = [ApiSeller(connections, url) for _ in range(4)]
        wishes = list_wishes(sales, seed)
        for seller in sellers:
            await seller.sign_in()

        async def sell(seller: ApiSeller) -> None:
            while wishes:
                await seller.sell(wishes.pop(), Watch())

        await asyncio.gather(*(sell(seller) for seller in sellers))


def measure_starts(options: argparse.Namespace) -> None:
    with open_databases(["sqlite"]) as (folder, urls):
        url = urls["sqlite"]
        prepare_database(url)
        bare = median(time_bare_interpreter() for _ in range(5))
        seconds, cpu, memory = [], [], []
        with run_sandbox(folder, seed=options.seed) as sandbox:
            for _ in range(options.starts):
                started_at = time.monotonic()
                with run_replicas(folder, url, sandbox) as (replica,):
                    seconds.append(time.monotonic() - started_at)
                    cpu.append(read_cpu_seconds(replica.process.pid))
                    memory.append(read_memory_mb(replica.process.pid))
            with run_replicas(folder, url, sandbox) as (replica,):
                asyncio.run(sell_for_a_while(replica.url, options.sales, options.seed))
                time.sleep(2)
                after = read_memory_mb(replica.process.pid)
        rss, pss = (median(values) for values in zip(*memory, strict=True))
        print(f"   until ready: {median(seconds):.2f} s, processor {median(cpu):.2f} s ", end="")
        print(f"({median(cpu) / bare:.0f} times the bare interpreter's {bare * 1000:.0f} ms)")
        print(f"   memory after the start: RSS {rss:.0f} MB, PSS {pss:.0f} MB; after {options.sales} sales: ", end="")
        print(f"RSS {after[0]:.0f} MB, PSS {after[1]:.0f} MB, ratio {after[0] / rss:.2f}")


def time_demo(folder: Path) -> float:
    """Seconds from the command until the start page answers."""
    started_at = time.monotonic()
    with run_program("demo", "--folder", str(folder / "demo"), folder=folder) as program:
        while not answers_ok(f"{program.url}/"):
            if program.process.poll() is not None or time.monotonic() - started_at > _DEMO_WAIT_SECONDS:
                raise RuntimeError(f"the demo did not start: {program.read_output()}")
            time.sleep(0.02)
        return time.monotonic() - started_at


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--sales", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print_head("start and memory of a replica", starts=options.starts, sales=options.sales, seed=options.seed)
    measure_starts(options)
    with open_databases([]) as (folder, _):
        first = time_demo(folder)
        again = [time_demo(folder) for _ in range(3)]
    print(f"   the demo until its page answers: first start {first:.2f} s, again {median(again):.2f} s ", end="")
    print(f"(ratio to the budget of {_DEMO_BUDGET_SECONDS:.0f} s: {median(again) / _DEMO_BUDGET_SECONDS:.2f})")


if __name__ == "__main__":
    main()
