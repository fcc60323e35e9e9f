"""The command line: serve, demo, migrate, openapi, problems, settings."""

import asyncio
import contextlib
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.app import create_app, describe_api
from agenturclient.core.database import Transactions, create_engine
from agenturclient.core.frontend import find_build_folder
from agenturclient.core.logging import configure_logging
from agenturclient.core.problems import describe_problems
from agenturclient.core.server import find_port, serve_app
from agenturclient.identity.demo import list_demo_people
from agenturclient.migrations.upgrade import MigrationError, list_missing_revisions, migrate_database
from agenturclient.settings import (
    FILE_VARIABLE,
    PREFIX,
    Settings,
    UnsafeSettingError,
    describe_settings,
    load_settings,
    make_secret,
)

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Agenturclient: travel agencies sell Swiss tickets.")

_LOOPBACK = "127.0.0.1"
_SANDBOX_PORT = 8787
_SANDBOX_START_SECONDS = 60
_DEATH_SIGNAL_OPTION = 1  # PR_SET_PDEATHSIG of prctl(2)


@app.command("serve")
def serve_product(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="With the demo's people; on loopback only.")] = False,
) -> None:
    """Serve the product: one replica, one process, one port."""
    # What is said on the command line wins over the environment, which wins over the file.
    for name, value in (("HOST", host), ("PORT", port)):
        if value is not None:
            os.environ[f"{PREFIX}HTTP__{name}"] = str(value)
    settings = _load_settings_or_exit(**({"is_demo": True} if demo else {}))
    _configure(settings)
    missing = asyncio.run(_find_missing_revisions(settings))
    if missing:
        _exit_with(f"The database lacks {len(missing)} migration(s): run `agenturclient migrate` first.")
    _serve(settings, lambda number: typer.echo(f"Listening on http://{settings.http.host}:{number}", err=True))


@app.command("migrate")
def migrate_product() -> None:
    """Bring the database to the present schema."""
    settings = _load_settings_or_exit()
    _configure(settings)
    done = asyncio.run(_migrate(settings))
    typer.echo(f"Migrated: {', '.join(done)}." if done else "The database is up to date.")


@app.command("openapi")
def print_openapi(out: Annotated[Path | None, typer.Option(help="Write to this file instead.")] = None) -> None:
    """Print our HTTP interface as an OpenAPI 3.1 document."""
    settings = Settings(is_demo=True, session={"secret": make_secret()})
    encoded = msgspec.json.format(msgspec.json.encode(describe_api(settings), order="deterministic"), indent=2)
    if out is None:
        sys.stdout.write(encoded.decode() + "\n")
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(encoded + b"\n")


@app.command("problems")
def print_problems() -> None:
    """Print what a refused request may be told, by code, as the page docs/problems.md."""
    sys.stdout.write(describe_problems())


@app.command("settings")
def print_settings() -> None:
    """Print every setting: variable, type, default, meaning, whether it is secret."""
    for setting in describe_settings():
        kind = (
            f"{setting.type}, secret" if setting.is_secret else f"{setting.type}, default {setting.default or 'empty'}"
        )
        typer.echo(f"{setting.variable}\n    {kind}\n    {setting.meaning}")
    typer.echo(f"{FILE_VARIABLE}\n    path, default empty\n    TOML file with settings; the environment wins over it.")


@app.command("demo")
def run_demo(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the product, on loopback.")] = 8700,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path(".demo"),
    realistic: Annotated[bool, typer.Option("--realistic", help="A supplier as slow as the real one.")] = False,
) -> None:
    """Try the product: with the stand-in for SBB, demo people, and a database in a folder; on this machine only."""
    if find_port(_LOOPBACK, port) != port:
        _exit_with(f"Port {port} is taken by another program: choose another with --port.")
    folder.mkdir(parents=True, exist_ok=True)
    sandbox_port = find_port(_LOOPBACK, _SANDBOX_PORT)
    credentials = {"client_id": "demo", "client_secret": secrets.token_urlsafe(24)}
    with _run_sandbox(folder, sandbox_port, credentials, is_realistic=realistic) as sandbox:
        settings = _load_settings_or_exit(
            is_demo=True,
            database={"url": f"sqlite+aiosqlite:///{folder}/agenturclient.sqlite"},
            http={"host": _LOOPBACK, "port": port},
            session={"secret": _read_or_make_secret(folder / "session-secret")},
            rail={
                "base_url": f"http://{_LOOPBACK}:{sandbox_port}",
                "token_url": f"http://{_LOOPBACK}:{sandbox_port}/token",
                **credentials,
            },
            telemetry={"log_format": "console", "log_level": "warning"},
        )
        _configure(settings)
        asyncio.run(_prepare_demo(settings))
        _wait_for_sandbox(sandbox, sandbox_port, folder)
        _serve(settings, lambda number: _greet(number, sandbox_port))
    typer.echo("\nStopped. `make reset` empties the demo.")


# --- serving ----------------------------------------------------------------------------------------------------------


def _serve(settings: Settings, on_started: Any) -> None:
    # uvicorn raises the signal again when it has ended: leave by the front door, so that what is open gets closed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serve_app(
            create_app(settings),
            host=settings.http.host,
            port=settings.http.port,
            drain_seconds=settings.http.drain_seconds,
            graceful_timeout_seconds=settings.http.graceful_timeout_seconds,
            trusted_proxies=settings.http.trusted_proxies,
            on_started=on_started,
        )
    except KeyboardInterrupt:
        return


def _configure(settings: Settings) -> None:
    configure_logging(log_format=settings.telemetry.log_format, log_level=settings.telemetry.log_level)


def _load_settings_or_exit(**values: Any) -> Settings:
    try:
        return load_settings(**values)
    except UnsafeSettingError as error:
        _exit_with(str(error))


def _exit_with(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


# --- the database -----------------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _open_database(settings: Settings) -> Any:
    engine = create_engine(
        settings.database.url,
        pool_size=2,
        pool_timeout_seconds=settings.database.pool_timeout_seconds,
        statement_timeout_seconds=settings.database.statement_timeout_seconds,
    )
    try:
        yield engine
    finally:
        await engine.dispose()


async def _migrate(settings: Settings) -> list[str]:
    async with _open_database(settings) as engine:
        try:
            return await migrate_database(engine)
        except MigrationError as error:
            _exit_with(str(error))


async def _find_missing_revisions(settings: Settings) -> list[str]:
    async with _open_database(settings) as engine, engine.connect() as connection:
        try:
            missing: list[str] = await connection.run_sync(list_missing_revisions)
        except MigrationError as error:
            _exit_with(str(error))
        return missing


async def _prepare_demo(settings: Settings) -> None:
    await _migrate(settings)
    async with _open_database(settings) as engine:
        await seed_demo_agencies(Transactions(engine))


# --- the demo ---------------------------------------------------------------------------------------------------------


def _read_or_make_secret(path: Path) -> str:
    """The secret of the demo's sessions, kept so that a restart signs nobody out."""
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(32)
    path.touch(mode=0o600)
    path.write_text(secret, encoding="ascii")
    return secret


@contextlib.contextmanager
def _run_sandbox(
    folder: Path, port: int, credentials: dict[str, str], *, is_realistic: bool
) -> Iterator["subprocess.Popen[bytes]"]:
    """The stand-in for SBB as a process of its own; it ends with us, however we end."""
    program = Path(sys.executable).with_name("b2p-sandbox")
    if not program.is_file():
        _exit_with(f"{program} is missing: install the project (`make install`).")
    command = [str(program), "--port", str(port), "--journal", str(folder / "sandbox-journal.jsonl")]
    environment = {
        **os.environ,
        "B2P_SANDBOX_CLIENT_ID": credentials["client_id"],
        "B2P_SANDBOX_CLIENT_SECRET": credentials["client_secret"],
    }
    with (folder / "sandbox.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own program, with arguments of our own
            [*command, "--realistic"] if is_realistic else command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Ctrl+C is for us alone: sales under way must find their supplier until they have ended.
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 -- no threads yet
        )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL_OPTION, signal.SIGTERM)


def _wait_for_sandbox(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    deadline = time.monotonic() + _SANDBOX_START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((_LOOPBACK, port), timeout=1):
            return
        time.sleep(0.05)
    _exit_with(f"The stand-in for SBB did not start; {folder / 'sandbox.log'} says why.")


def _greet(port: int, sandbox_port: int) -> None:
    address = f"http://{_LOOPBACK}:{port}/"
    lines = ["", f"Agenturclient is running:  {address}", "Nothing here is real: no ticket is valid, nobody pays.", ""]
    if find_build_folder() is None:
        lines += ["The front end is not built (`make run` builds it); the HTTP interface works.", ""]
    people = list_demo_people()
    rows = [(person.role, person.name, person.email) for person in people]
    widths = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    for person in people:
        cells = (person.role.ljust(widths[0]), person.name.ljust(widths[1]), person.email.ljust(widths[2]))
        lines.append("  " + "  ".join((*cells, person.pass_phrase)))
    lines += ["", f"The stand-in for SBB: http://{_LOOPBACK}:{sandbox_port}/control/", "Ctrl+C ends everything.", ""]
    typer.echo("\n".join(lines))


if __name__ == "__main__":
    app()
