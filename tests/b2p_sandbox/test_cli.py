"""The command line: what a newcomer types, and what is said when it cannot be done."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-c", "from b2p_sandbox.cli import app; app(prog_name='b2p-sandbox')"]
PLAIN = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}


def run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *options], env=PLAIN, capture_output=True, text=True, timeout=30, check=False)


def test_help_names_every_option():
    shown = run("--help")
    assert shown.returncode == 0
    for option in ("--port", "--host", "--realistic", "--seed", "--journal", "--client-id", "--client-secret"):
        assert option in shown.stdout
    assert "sandbox-demo-only" not in shown.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "70000"], "--port"),
        (["--port", "many"], "--port"),
        (["--seed", "-1"], "--seed"),
        (["--nope"], "--nope"),
        (["--port", "0", "--host", "999.1.1.1"], "cannot listen on 999.1.1.1:0"),
        (["--port", "0", "--journal", "/proc/nope/journal"], "--journal"),
        (["--port", "0", "--journal", __file__], "is not from this version's journal"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(options, said):
    refused = run(*options)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_that_is_taken_is_said():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("--port", str(port))
    assert refused.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in refused.stderr


def test_it_runs_and_ends_on_interrupt():
    with subprocess.Popen([*COMMAND, "--port", "0"], env=PLAIN, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        found = re.search(r"http://(127\.0\.0\.1:\d+)", running.stderr.readline())
        assert found is not None
        connection = http.client.HTTPConnection(found[1], timeout=10)
        connection.request("GET", "/service/status")
        assert connection.getresponse().status == 200
        connection.close()
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert running.wait(timeout=10) in {0, -signal.SIGINT, 130}
        assert "Traceback" not in rest
