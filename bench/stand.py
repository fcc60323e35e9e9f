"""What every bench stands on: the sandbox and replicas of the product as processes of their own, a database of either
kind, and what the system says about a process. Everything on loopback, on free ports, and ended with the bench."""

import asyncio
import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

TESTS = Path(__file__).resolve().parent.parent / "tests"
if str(TESTS) not in sys.path:
    sys.path.append(str(TESTS))

from agenturclient.agencies.demo import seed_demo_agencies  # noqa: E402 -- the tests' folder must be known first
from agenturclient.core.database import Transactions, create_engine  # noqa: E402
from agenturclient.core.server import find_port  # noqa: E402
from agenturclient.migrations.upgrade import migrate_database  # noqa: E402
from app.running import RunningProgram, run_program  # noqa: E402
from b2p_sandbox.settings import DEMO_CLIENT_ID, DEMO_CLIENT_PASSPHRASE  # noqa: E402
from mariadb_server import run_mariadb  # noqa: E402
from sandbox_driver import build_prebooking, read_flexibility  # noqa: E402

__all__ = [
    "DATABASES",
    "RunningProgram",
    "SandboxProcess",
    "answers_ok",
    "build_prebooking",
    "open_databases",
    "open_engine",
    "prepare_database",
    "read_cpu_seconds",
    "read_flexibility",
    "read_memory_mb",
    "run_program",
    "run_replicas",
    "run_sandbox",
]

DATABASES = ("sqlite", "mariadb")
_START_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")


# --- what the system says of a process --------------------------------------------------------------------------------


def read_cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, its own and the system's for it, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def read_memory_mb(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of a process in MB (proportional: pages shared with others counted in part)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("Rss:", "Pss:"))}
    return found["Rss"], found["Pss"]


# --- programs ---------------------------------------------------------------------------------------------------------


class SandboxProcess:
    """The stand-in for SBB, running."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process = process
        self.pid = process.pid
        self.url = f"http://127.0.0.1:{port}"

    def wait_until_ready(self, output: Path) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not answers_ok(f"{self.url}/control/clock"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the sandbox did not start: {output.read_text()}")
            time.sleep(0.02)


def answers_ok(url: str) -> bool:
    """Whether an address is answered with 200 at this moment."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 -- an address of our own
            return bool(answer.status == 200)
    except OSError:  # urllib's own errors are of this kind
        return False


@contextlib.contextmanager
def run_sandbox(folder: Path, *, seed: int, is_realistic: bool = False) -> Iterator[SandboxProcess]:
    port = find_port("127.0.0.1", 0)
    program = Path(sys.executable).with_name("b2p-sandbox")
    options = ["--port", str(port), "--seed", str(seed), *(["--realistic"] if is_realistic else [])]
    output = folder / f"sandbox-{port}.txt"
    with output.open("wb") as log:
        process = subprocess.Popen([str(program), *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        sandbox = SandboxProcess(process, port)
        sandbox.wait_until_ready(output)
        yield sandbox
    finally:
        process.kill()
        process.wait(10)


def make_environment(database_url: str, sandbox_url: str | None) -> dict[str, str]:
    """The settings of a replica with the demo's people and without limits of requests a minute. The session secret is
    new with each call: replicas that share sessions share the environment."""
    environment = {
        "AGENTURCLIENT_DATABASE__URL": database_url,
        "AGENTURCLIENT_SESSION__SECRET": secrets.token_urlsafe(32),
        "AGENTURCLIENT_HTTP__REQUESTS_PER_MINUTE": "10000000",
        "AGENTURCLIENT_HTTP__SIGN_INS_PER_MINUTE": "10000000",
    }
    if sandbox_url is not None:
        environment |= {
            "AGENTURCLIENT_RAIL__BASE_URL": sandbox_url,
            "AGENTURCLIENT_RAIL__TOKEN_URL": f"{sandbox_url}/token",
            "AGENTURCLIENT_RAIL__CLIENT_ID": DEMO_CLIENT_ID,
            "AGENTURCLIENT_RAIL__CLIENT_SECRET": DEMO_CLIENT_PASSPHRASE,
        }
    return environment


@contextlib.contextmanager
def run_replicas(
    folder: Path, database_url: str, sandbox: SandboxProcess | None, count: int = 1
) -> Iterator[list[RunningProgram]]:
    """Replicas of the product on one database, with the demo's people and without limits of requests a minute."""
    environment = make_environment(database_url, None if sandbox is None else sandbox.url)
    with contextlib.ExitStack() as stack:
        replicas = [
            stack.enter_context(run_program("serve", folder=folder, environment=environment)) for _ in range(count)
        ]
        for replica in replicas:
            replica.wait_until_ready()
        yield replicas


# --- databases --------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def open_databases(kinds: Sequence[str]) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder for the bench and an empty database of each kind, by kind; all of it is gone afterwards.

    MariaDB runs with the tests' settings, but writes through at every commit as in production.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="agenturclient-bench-")))
        urls = {"sqlite": f"sqlite+aiosqlite:///{folder}/bench.sqlite"} if "sqlite" in kinds else {}
        if "mariadb" in kinds:
            server = stack.enter_context(run_mariadb())
            server.run_statement(
                "SET GLOBAL innodb_flush_log_at_trx_commit = 1; SET GLOBAL innodb_buffer_pool_size = 1073741824; "
                "SET GLOBAL local_infile = 1"
            )
            urls["mariadb"] = stack.enter_context(server.create_database("bench"))
        yield folder, urls


@contextlib.asynccontextmanager
async def open_engine(database_url: str, statement_timeout_seconds: float = 60) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(
        database_url, pool_size=4, pool_timeout_seconds=5, statement_timeout_seconds=statement_timeout_seconds
    )
    try:
        yield engine
    finally:
        await engine.dispose()


def prepare_database(database_url: str) -> None:
    """All tables, and the demo's agencies."""

    async def prepare() -> None:
        async with open_engine(database_url) as engine:
            await migrate_database(engine)
            await seed_demo_agencies(Transactions(engine))

    asyncio.run(prepare())
