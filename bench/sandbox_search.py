"""How fast the sandbox's timetable answers: `python bench/sandbox_search.py [--pairs N] [--seed N]`.

Prints milliseconds of processor time, and the share above the budget, of a first search (nothing known of the pair), of
the same search again, of a search with earlier ones, of scrolling, and of a search over a station; their ratios; the
start; and how many searches one core answers in a minute.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from b2p_sandbox.timetable import Timetable, load_timetable, render_trip

SEARCH_BUDGET_MS = 30


def measure_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, so that a busy machine does not count."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def print_row(name: str, values: list[float]) -> float:
    """One line of the table; gives the median."""
    middle = statistics.median(values)
    highest = sorted(values)[int(len(values) * 0.99)]
    above = sum(value > SEARCH_BUDGET_MS for value in values) / len(values)
    print(f"{name:<34} p50 {middle:7.2f} ms   p99 {highest:7.2f} ms   above {SEARCH_BUDGET_MS} ms {above:6.1%}")
    return middle


def run_searches(timetable: Timetable, pairs: int, seed: int) -> dict[str, list[float]]:
    """The times of `pairs` random pairs, each searched in several ways."""
    chance = random.Random(seed)
    uics = sorted(timetable.places)
    now = datetime.now(tz=UTC).astimezone(ZoneInfo("Europe/Zurich")).replace(hour=0, minute=0, second=0, microsecond=0)
    times: dict[str, list[float]] = {"first": [], "again": [], "around": [], "scroll": [], "via": [], "render": []}
    for _ in range(pairs):
        origin, destination, via = chance.sample(uics, 3)
        at = now + timedelta(days=3, minutes=chance.randrange(5 * 60, 23 * 60))

        def search(
            before: int = 0,
            vias: tuple[int, ...] = (),
            ends: tuple[int, int] = (origin, destination),
            at: datetime = at,
        ) -> object:
            return timetable.search_trips(*ends, vias, at, before=before, after=5, now=now)

        times["first"].append(measure_ms(search))
        times["again"].append(measure_ms(search))
        times["around"].append(measure_ms(lambda: search(before=3)))
        page = timetable.search_trips(origin, destination, [], at, now=now)
        if page.scroll_forward is not None:
            context = page.scroll_forward
            times["scroll"].append(measure_ms(lambda context=context: timetable.scroll_trips(context, now=now)))
        times["via"].append(measure_ms(lambda vias=(via,): search(vias=vias)))
        times["render"].append(
            measure_ms(lambda page=page: [render_trip(trip, language="de", now=now, is_eco=True) for trip in page])
        )
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = measure_ms(lambda: load_timetable(options.seed))
    timetable = load_timetable(options.seed)
    lines = sum(not course.is_reverse for course in timetable.courses)
    print(f"{lines} lines, {len(timetable.places)} stations, start {start:.0f} ms, {options.pairs} random pairs")
    times = run_searches(timetable, options.pairs, options.seed)
    first = print_row("first search, 5 results", times["first"])
    again = print_row("the same search again", times["again"])
    around = print_row("3 before and 5 after, then", times["around"])
    scroll = print_row("scrolling on by 5", times["scroll"])
    via = print_row("first search with a via", times["via"])
    render = print_row("rendering a page", times["render"])
    mean = statistics.mean(times["first"])
    print(f"ratio to the first search: again {again / first:.3f}, around {around / first:.2f}, ", end="")
    print(f"scroll {scroll / first:.2f}, via {via / first:.2f}, rendering {render / first:.3f}")
    known_mean = statistics.mean(times["again"]) + statistics.mean(times["render"])
    print(f"capacity of one core: {60_000 / (mean + render):,.0f} first searches a minute, rendered; ", end="")
    print(f"{60_000 / known_mean:,.0f} of known pairs")
    print(f"first search p50 / {SEARCH_BUDGET_MS} ms budget: {first / SEARCH_BUDGET_MS:.2f}")


if __name__ == "__main__":
    main()
