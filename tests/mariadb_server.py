"""A private MariaDB for the tests: loopback, a free port, no root, gone with the process that started it."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_START_SECONDS = 60
_OPTIONS = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--innodb-log-file-size=16M",
    "--innodb-buffer-pool-size=128M",
    # Tests want speed here; what must survive a kill of our processes does, for the server is not killed.
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_uca1400_ai_ci",
    "--max-connections=500",
)


class MariaDbServer:
    """Where it listens, and what may be done to it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self._socket = folder / "s.sock"

    def run_statement(self, statement: str) -> None:
        subprocess.run(
            ["mariadb", "--no-defaults", "-uroot", "-S", str(self._socket), "-e", statement],
            check=True,
            capture_output=True,
        )

    @contextlib.contextmanager
    def create_database(self, name: str) -> Iterator[str]:
        """A new, empty database for a while; yields SQLAlchemy's address of it."""
        self.run_statement(f"CREATE DATABASE `{name}`")
        try:
            yield f"mysql+asyncmy://app:app@127.0.0.1:{self.port}/{name}"
        finally:
            self.run_statement(f"DROP DATABASE `{name}`")


@contextlib.contextmanager
def run_mariadb() -> Iterator[MariaDbServer]:
    """Start a server on an empty data directory, stop it and remove everything at the end."""
    if shutil.which("mariadbd") is None:
        raise RuntimeError("MariaDB is missing: `make test` installs it, or apt-get install mariadb-server")
    folder = Path(tempfile.mkdtemp(prefix="agenturclient-mariadb-"))
    prefix = _drop_privileges(folder)
    common = ["--no-defaults", f"--datadir={folder}/data", f"--tmpdir={folder}"]
    try:
        subprocess.run(
            [*prefix, "mariadb-install-db", *common, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [*prefix, "mariadbd", *common, *_OPTIONS, f"--port={port}", f"--socket={folder}/s.sock"]
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
        try:
            yield _wait_for_server(folder, port, server)
        finally:
            server.terminate()
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drop_privileges(folder: Path) -> list[str]:
    """How to begin a command: MariaDB refuses to run as root; the server ends with the process that started it."""
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "TERM"]
    shutil.chown(folder, "mysql", "mysql")
    return ["setpriv", "--reuid=mysql", "--regid=mysql", "--init-groups", "--pdeathsig", "TERM"]


def _wait_for_server(folder: Path, port: int, process: "subprocess.Popen[bytes]") -> MariaDbServer:
    server = MariaDbServer(folder, port)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.run_statement(
                "CREATE USER IF NOT EXISTS app@'127.0.0.1' IDENTIFIED BY 'app'; GRANT ALL ON *.* TO app@'127.0.0.1'"
            )
        except subprocess.CalledProcessError:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (folder / "server.log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"MariaDB did not start: {log}") from None
            time.sleep(0.05)
        else:
            return server
