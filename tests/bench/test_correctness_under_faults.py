"""The run of `make bench-faults`, small: sales on two replicas under faults and kills, then both books compared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Alone on the machine it takes two minutes; beside other tests it may take many times that.
SECONDS = 900


@pytest.mark.faults
@pytest.mark.timeout(SECONDS + 60)
@pytest.mark.parametrize(("database", "sales"), [("mariadb", 500), ("sqlite", 100)])
def test_sales_under_faults_and_kills_leave_equal_books(database: str, sales: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "faults", "--sales", str(sales), "--database", database],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "bench"), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    # The seed is in the output, for whoever has to run it again.
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)
    assert "| **Sales lost (sold at SBB, not in our books)** | **0** |" in done.stdout
    assert f"| Customers served | {sales} |" in done.stdout
