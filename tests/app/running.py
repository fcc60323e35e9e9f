"""Our programs as processes of their own, on free ports, ended with the test."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx

from agenturclient.core.server import find_port

PROGRAM = Path(sys.executable).with_name("agenturclient")
START_SECONDS = 60


class RunningProgram:
    def __init__(self, process: "subprocess.Popen[bytes]", port: int, output: Path) -> None:
        self.process = process
        self.port = port
        self.output = output
        self.url = f"http://127.0.0.1:{port}"

    def read_output(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def wait_until_ready(self) -> float:
        """Return once requests are served; how many seconds that took."""
        started_at = time.monotonic()
        while time.monotonic() - started_at < START_SECONDS:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return time.monotonic() - started_at
            assert self.process.poll() is None, self.read_output()
            time.sleep(0.05)
        raise AssertionError(f"not ready: {self.read_output()}")

    def send_signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait_for_end(self, seconds: float = 30) -> int:
        return self.process.wait(seconds)


@contextlib.contextmanager
def run_program(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[RunningProgram]:
    """``agenturclient ARGUMENTS --port PORT``; killed at the end if it still runs. Served with the demo's people."""
    chosen = port or find_port("127.0.0.1", 0)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AGENTURCLIENT_")}
    output = folder / f"output-{chosen}-{time.monotonic_ns()}.txt"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [str(PROGRAM), *arguments, *(["--demo"] if arguments == ("serve",) else []), "--port", str(chosen)],
            env={**clean, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield RunningProgram(process, chosen, output)
    finally:
        process.kill()
        process.wait(10)
