"""What every request gets: an id, safe headers, a check of the host, a log line without names."""

import json
import logging
from pathlib import Path

import pytest
import structlog

from agenturclient.core.database import Transactions
from agenturclient.core.frontend import FrontEnd
from agenturclient.core.logging import configure_logging
from app.conftest import Counter, make_settings, open_counter

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def build_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / ".vite").mkdir()
    (folder / ".vite" / "manifest.json").write_text("{}")
    (folder / "index.html").write_text("<!doctype html><title>Agenturclient</title>" + " " * 2000)
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "index-B1x_9-Qz.js").write_text("export const a = 1;\n" * 200)
    (folder / "assets" / "index-B1x_9-Qz.js.br").write_bytes(b"brotli")
    (folder / "assets" / "plain.js").write_text("1")
    return folder


async def test_every_answer_has_safe_headers(counter: Counter) -> None:
    for path in ("/api/session", "/api/nothing", "/", "/livez"):
        headers = (await counter.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert len(headers["x-request-id"]) == 32
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'" if path.startswith("/api") else "default-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert "strict-transport-security" not in headers
        assert "server" not in headers
    assert (await counter.get("/api/session")).headers["cache-control"] == "no-store"


async def test_over_https_cookies_and_headers_say_so(transactions: Transactions, database_url: str) -> None:
    settings = make_settings(database_url, is_demo=False, http={"is_https": True, "allowed_hosts": "counter.example"})
    async with open_counter(settings) as counter:
        counter.client.base_url = "https://counter.example"
        answer = await counter.get("/api/session")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:80", "localhost.evil:80"])
async def test_a_foreign_host_is_refused(counter: Counter, host: str) -> None:
    answer = await counter.get("/api/session", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "host-not-allowed")
    assert (await counter.get("/livez", headers={"host": host})).status_code == 200, "probes come by address"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8700", "LOCALHOST:8700", "[::1]:8700"])
async def test_our_own_names_are_taken(counter: Counter, host: str) -> None:
    assert (await counter.get("/api/session", headers={"host": host})).status_code == 204


async def test_a_request_id_is_taken_only_if_it_is_harmless(counter: Counter) -> None:
    given = await counter.get("/livez", headers={"x-request-id": "abcdefgh-1"})
    assert given.headers["x-request-id"] == "abcdefgh-1"
    refused = await counter.get("/livez", headers={"x-request-id": "a b\tinjected=1"})
    assert refused.headers["x-request-id"] != "a b\tinjected=1"


async def test_too_many_requests_are_turned_away(transactions: Transactions, database_url: str) -> None:
    async with open_counter(make_settings(database_url, http={"requests_per_minute": 5})) as counter:
        statuses = [(await counter.get("/api/session")).status_code for _ in range(7)]
        assert statuses == [204] * 5 + [429] * 2
        assert (await counter.get("/livez")).status_code == 200


async def test_readiness_follows_database_and_draining(counter: Counter) -> None:
    assert (await counter.get("/readyz")).json() == {"state": "ready"}
    counter.client.app.state.is_draining = True
    answer = await counter.get("/readyz")
    assert (answer.status_code, answer.headers["connection"]) == (503, "close")
    assert (await counter.get("/livez")).status_code == 200


async def test_metrics_are_for_this_machine_or_the_token(transactions: Transactions, database_url: str) -> None:
    async with open_counter(make_settings(database_url)) as counter:
        assert (await counter.get("/metrics")).status_code == 404, "the test client's address is not loopback"
    settings = make_settings(database_url, telemetry={"metrics_token": "scrape-me"})
    async with open_counter(settings) as counter:
        await counter.get("/api/session")
        answer = await counter.get("/metrics", headers={"authorization": "Bearer scrape-me"})
        assert answer.status_code == 200
        assert 'path="/api/session"' in answer.text
        assert (await counter.get("/metrics", headers={"authorization": "Bearer guess"})).status_code == 404
        assert (await counter.get("/metrics")).status_code == 404


async def test_the_description_is_served_and_true_to_the_routes(counter: Counter) -> None:
    document = (await counter.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    confirm = document["paths"]["/api/orders/{number}/confirm"]["post"]
    assert {"Idempotency-Key", "number"} <= {parameter["name"] for parameter in confirm["parameters"]}
    assert not [path for path in document["paths"] if not path.startswith("/api/")]


# --- the front end ----------------------------------------------------------------------------------------------------


async def test_the_front_end_is_served_with_caching_that_fits(counter: Counter, build_folder: Path) -> None:
    counter.client.app.state.front_end = FrontEnd(build_folder)
    page = await counter.get("/", headers={"accept": "text/html", "accept-encoding": "identity"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert "Agenturclient" in page.text
    asset = await counter.get("/assets/index-B1x_9-Qz.js", headers={"accept-encoding": "gzip, deflate"})
    assert asset.headers["content-encoding"] == "gzip"
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in asset.headers
    assert asset.text.startswith("export const a")
    again = await counter.get(
        "/assets/index-B1x_9-Qz.js", headers={"accept-encoding": "gzip", "if-none-match": asset.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert (await counter.get("/assets/plain.js")).headers["cache-control"] == "no-cache"
    head = await counter.client.head("/icon.svg")
    assert (head.status_code, head.headers["content-type"], head.content) == (200, "image/svg+xml", b"")


async def test_a_better_form_beside_the_file_is_preferred(build_folder: Path, counter: Counter) -> None:
    counter.client.app.state.front_end = FrontEnd(build_folder)
    address = "/assets/index-B1x_9-Qz.js"
    async with counter.client.stream("GET", address, headers={"accept-encoding": "gzip, br"}) as answer:
        assert answer.headers["content-encoding"] == "br"
        assert b"".join([part async for part in answer.aiter_raw()]) == b"brotli"
    async with counter.client.stream("GET", address, headers={"accept-encoding": "br;q=0, gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert b"".join([part async for part in answer.aiter_raw()])[:2] == b"\x1f\x8b"


async def test_a_pages_own_address_is_the_start_page(counter: Counter, build_folder: Path) -> None:
    counter.client.app.state.front_end = FrontEnd(build_folder)
    for path in ("/orders/AC-7K4M-92QF", "/sell", "/doubts"):
        page = await counter.get(path, headers={"accept": "text/html,application/xhtml+xml"})
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for path, accept in (
        ("/sell", "application/json"),
        ("/assets/gone-12345678.js", "text/html"),
        ("/.vite/manifest.json", "*/*"),
        ("/../pyproject.toml", "*/*"),
        ("/%2e%2e/pyproject.toml", "*/*"),
    ):
        answer = await counter.get(path, headers={"accept": accept})
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path


# --- logs -------------------------------------------------------------------------------------------------------------


async def test_a_log_line_tells_the_route_and_no_name(counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    saved = structlog.get_config(), logging.getLogger().handlers[:], logging.getLogger().level
    try:
        configure_logging(log_format="json", log_level="info")
        await counter.sign_in("anna.keller@gipfel.example")
        await counter.get("/api/orders", params={"query": "Dürrenmatt"})
        await counter.get("/api/orders/Dürrenmatt")
        structlog.get_logger("x").info("look", session_token="abc", number=1)
        logging.getLogger("some.library").warning("watch %s", "out")
    finally:
        config, handlers, level = saved
        structlog.configure(**config)
        logging.getLogger().handlers[:] = handlers
        logging.getLogger().setLevel(level)
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines()]
    requests = [(line["route"], line["status"], line["subject"]) for line in lines if line["event"] == "request"]
    assert ("/api/session", 200, None) in requests
    assert ("/api/orders", 200, "demo-anna-keller") in requests
    assert ("/api/orders/{number}", 404, "demo-anna-keller") in requests
    assert "rrenmatt" not in text
    assert "Keller" not in text
    assert "sell-a-ticket" not in text
    assert next(line for line in lines if line["event"] == "look")["session_token"] == "***"
    assert next(line for line in lines if line["event"] == "watch out")["level"] == "warning"
