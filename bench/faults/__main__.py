"""`python -m faults [--sales N] [--seed N] [--database mariadb|sqlite]`; ends with 1 unless everything is right."""

import argparse
import asyncio
import secrets
import sys

from faults.report import render_report
from faults.run import Options, run_sales
from stand import DATABASES, open_databases, prepare_database, run_sandbox


def main() -> int:
    """Run, print, and say by the exit code whether all is right."""
    parser = argparse.ArgumentParser(prog="faults", description="Sales under faults and kills; both books compared.")
    parser.add_argument("--sales", type=int, default=10_000, help="customers to serve")
    parser.add_argument("--sellers", type=int, default=50, help="sellers at work at a time")
    parser.add_argument("--seed", type=int, default=None, help="of customers, faults and kills; else drawn and printed")
    parser.add_argument("--kill-seconds", type=float, default=4.0, help="between two kills, on average")
    parser.add_argument("--minutes", type=float, default=120.0, help="after which nobody else is served")
    parser.add_argument("--database", choices=DATABASES, default="mariadb")
    parsed = parser.parse_args()
    options = Options(
        sales=parsed.sales,
        sellers=min(parsed.sellers, parsed.sales),
        seed=secrets.randbelow(1_000_000) if parsed.seed is None else parsed.seed,
        kill_seconds=parsed.kill_seconds,
        database=parsed.database,
        minutes=parsed.minutes,
    )
    print(f"Correctness under faults, seed {options.seed}", flush=True)
    with open_databases([options.database]) as (folder, urls), run_sandbox(folder, seed=options.seed) as sandbox:
        database_url = urls[options.database]
        prepare_database(database_url)
        report = asyncio.run(run_sales(options, database_url, sandbox.url, folder))
    print(render_report(report))
    print("All is right." if report.is_good else f"NOT RIGHT. Again: --seed {options.seed} --sales {options.sales}")
    return 0 if report.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
