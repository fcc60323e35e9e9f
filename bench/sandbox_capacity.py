"""How many sales the sandbox carries on one core: `python bench/sandbox_capacity.py [--sequences N] [--seed N]`.

A sequence is trips, prices, offers, prebooking, payment, booking, reading the booking, and the ticket's PDF. Counted is
the sandbox's own processor time, so that neither this program nor a busy machine changes the result; the ratio is that
to the 1,000 sequences a minute that the sandbox must carry.
"""

import argparse
import asyncio
import time

from figures import find_percentile, print_head, print_line
from sales import DOCUMENT, STEPS, DirectSeller, Watch, list_wishes, open_connections
from stand import SandboxProcess, open_databases, read_cpu_seconds, run_sandbox

_WANTED_A_MINUTE = 1_000
_SELLERS = 4


async def run_sequences(sandbox: SandboxProcess, count: int, seed: int) -> list[Watch]:
    """Several sellers at once, so that the sandbox always has something to do."""
    watches: list[Watch] = []
    wishes = list_wishes(count, seed)

    async def sell(seller: DirectSeller) -> None:
        while wishes:
            watch = Watch()
            await seller.sell(wishes.pop(), watch)
            watches.append(watch)

    async with open_connections() as connections:
        sellers = [DirectSeller(connections, sandbox.url) for _ in range(_SELLERS)]
        for seller in sellers:
            await seller.sign_in()
        await asyncio.gather(*(sell(seller) for seller in sellers))
    return watches


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sequences", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open_databases([]) as (folder, _), run_sandbox(folder, seed=options.seed) as sandbox:
        print_head("capacity of the sandbox", sequences=options.sequences, seed=options.seed, sellers=_SELLERS)
        began_with, began_at = read_cpu_seconds(sandbox.pid), time.monotonic()
        watches = asyncio.run(run_sequences(sandbox, options.sequences, options.seed))
        used, passed = read_cpu_seconds(sandbox.pid) - began_with, time.monotonic() - began_at
    print_line("milliseconds at the client", "p50", "p99")
    for step in (*STEPS, DOCUMENT):
        times = [watch.seconds[step] * 1000 for watch in watches]
        print_line(step, *(f"{find_percentile(times, share):.2f}" for share in (0.5, 0.99)))
    capacity = 60 * len(watches) / used
    print(f"   the sandbox's processor time per sequence: {used / len(watches) * 1000:.2f} ms ({passed:.0f} s passed)")
    print(f"   capacity of one core: {capacity:,.0f} sequences a minute; ", end="")
    print(f"ratio to the {_WANTED_A_MINUTE:,} wanted: {capacity / _WANTED_A_MINUTE:.2f}")


if __name__ == "__main__":
    main()
