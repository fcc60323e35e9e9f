"""The command line as a user has it: the demo, a replica that leaves without losing a request, clear refusals."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.cli import app as command_line
from agenturclient.core.database import Transactions, create_engine
from agenturclient.identity.demo import list_demo_people
from agenturclient.migrations.upgrade import migrate_database
from agenturclient.settings import describe_settings
from app.running import PROGRAM, run_program

SECRET = "only-for-this-test-0123456789abcdef"


def prepare_database(folder: Path) -> dict[str, str]:
    """A migrated database with the demo's agencies; the environment of a replica on it."""
    url = f"sqlite+aiosqlite:///{folder}/product.sqlite"

    async def prepare() -> None:
        engine = create_engine(url, pool_size=1, pool_timeout_seconds=5, statement_timeout_seconds=5)
        await migrate_database(engine)
        await seed_demo_agencies(Transactions(engine))
        await engine.dispose()

    asyncio.run(prepare())
    return {
        "AGENTURCLIENT_DATABASE__URL": url,
        "AGENTURCLIENT_SESSION__SECRET": SECRET,
        "AGENTURCLIENT_HTTP__DRAIN_SECONDS": "4",
    }


def sign_in(client: httpx.Client, email: str) -> Any:
    client.get("/api/session")
    pass_phrase = next(person.pass_phrase for person in list_demo_people() if person.email == email)
    client.headers["x-csrftoken"] = client.cookies["csrftoken"]
    answer = client.post("/api/session", json={"email": email, "pass_phrase": pass_phrase})
    assert answer.status_code == 200, answer.text
    return answer.json()


def has_listener(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.mark.timeout(180)
def test_the_demo_starts_sells_nothing_real_and_ends_with_everything(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    with run_program("demo", "--folder", str(demo), folder=tmp_path) as program:
        program.wait_until_ready()
        with httpx.Client(base_url=program.url) as client:
            assert sign_in(client, "anna.keller@gipfel.example")["agency"]["code"] == "gipfel"
            status = client.get("/api/status").json()
            assert status["state"] in {"fine", "slow"}, status
            wanted = {"origin": 8503000, "destination": 8507000, "at": time.strftime("%Y-%m-%dT12:00")}
            trips = client.get("/api/trips", params=wanted).json()["trips"]
            assert trips, "the supplier's stand-in answers"
            cookies = dict(client.cookies)
        sandbox_port = int(program.read_output().partition("The stand-in for SBB: http://127.0.0.1:")[2].split("/")[0])
        assert has_listener(sandbox_port)
        text = program.read_output()
        for person in list_demo_people():
            assert person.email in text
            assert person.pass_phrase in text
        program.send_signal(signal.SIGINT)
        assert program.wait_for_end() == 0, program.read_output()
        assert "Stopped." in program.read_output()
        assert not has_listener(sandbox_port)
    with run_program("demo", "--folder", str(demo), folder=tmp_path) as program:
        program.wait_until_ready()
        answer = httpx.get(f"{program.url}/api/session", cookies=cookies)
        assert answer.json()["person"]["name"] == "Anna Keller", "a restart signs nobody out"
        program.process.kill()
        program.wait_for_end()
        port = int(program.read_output().partition("The stand-in for SBB: http://127.0.0.1:")[2].split("/")[0])
        deadline = time.monotonic() + 10
        while has_listener(port) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not has_listener(port), "however the demo ends, nothing of it stays"


def test_a_leaving_replica_loses_no_request(tmp_path: Path) -> None:
    environment = prepare_database(tmp_path)
    with run_program("serve", folder=tmp_path, environment=environment) as program:
        program.wait_until_ready()
        answers: list[int] = []
        failures: list[Exception] = []
        is_closing = threading.Event()

        def ask() -> None:
            with httpx.Client(base_url=program.url) as client:
                while True:
                    try:
                        answer = client.get("/livez")
                    except httpx.TransportError as error:
                        # After the drain the port is closed: that is what readiness announced.
                        if not is_closing.is_set():
                            failures.append(error)
                        return
                    answers.append(answer.status_code)
                    if answer.headers.get("connection") == "close":
                        is_closing.set()

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        program.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 3
        while httpx.get(f"{program.url}/readyz").json()["state"] != "draining":
            assert time.monotonic() < deadline
        assert program.wait_for_end() == 0, program.read_output()
        for thread in threads:
            thread.join(10)
        assert failures == []
        assert set(answers) == {200}
        assert is_closing.is_set()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"AGENTURCLIENT_HTTP__PROT": "1"}, "AGENTURCLIENT_HTTP__PROT"),
        ({}, "AGENTURCLIENT_SESSION__SECRET"),
        ({"AGENTURCLIENT_SESSION__SECRET": SECRET, "AGENTURCLIENT_IS_DEMO": "true"}, "AGENTURCLIENT_IS_DEMO"),
        ({"AGENTURCLIENT_SESSION__SECRET": SECRET}, "agenturclient migrate"),
    ],
)
def test_a_start_that_is_refused_says_why_in_one_sentence(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AGENTURCLIENT_")}
    done = subprocess.run(
        [str(PROGRAM), "serve", "--port", "0"],
        env={**clean, "AGENTURCLIENT_DATABASE__URL": f"sqlite+aiosqlite:///{tmp_path}/x.sqlite", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_migrate_brings_an_empty_database_up(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "AGENTURCLIENT_SESSION__SECRET": SECRET,
        "AGENTURCLIENT_DATABASE__URL": f"sqlite+aiosqlite:///{tmp_path}/x.sqlite",
    }
    command = [str(PROGRAM), "migrate"]
    first, second = (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
        for _ in range(2)
    )
    assert first.startswith("Migrated: 0001")
    assert second.strip() == "The database is up to date."


def test_settings_are_listed_and_the_description_is_printed(tmp_path: Path) -> None:
    listed = CliRunner().invoke(command_line, ["settings"]).stdout
    assert all(setting.variable in listed for setting in describe_settings())
    assert "AGENTURCLIENT_SESSION__SECRET\n    text, secret\n" in listed
    assert "AGENTURCLIENT_TELEMETRY__LOG_FORMAT\n    json | console, default json\n" in listed
    assert "AGENTURCLIENT_SETTINGS_FILE\n    path" in listed
    out = tmp_path / "build" / "openapi.json"
    assert CliRunner().invoke(command_line, ["openapi", "--out", str(out)]).exit_code == 0
    document = json.loads(out.read_text())
    assert "/api/orders/{number}/confirm" in document["paths"]
    assert json.loads(CliRunner().invoke(command_line, ["openapi"]).stdout) == document


def test_a_module_run_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "agenturclient.cli", "--help"], capture_output=True, text=True, timeout=60, check=True
    )
    assert "demo" in done.stdout
