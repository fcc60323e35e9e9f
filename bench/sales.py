"""One whole sale, by two sellers who do the same: through Agenturclient's HTTP interface, and at the sandbox directly.

Both measure the same steps: trips, prices, offers, hold, confirm (payment, booking, reading the booking), and the
ticket's PDF. What a seller does with the answers is counted for neither.
"""

import asyncio
import datetime as dt
import json
import random
import time
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import msgspec

from agenturclient.identity.demo import list_demo_people
from b2p_sandbox.settings import DEMO_CLIENT_ID, DEMO_CLIENT_PASSPHRASE
from stand import build_prebooking, read_flexibility

STEPS = ("trips", "prices", "offers", "hold", "confirm")
DOCUMENT = "ticket PDF"
Json = Any
_ZURICH = ZoneInfo("Europe/Zurich")
_SELLER = "anna.keller@gipfel.example"
DIRECT_CONTRACT = "BENCH-DIRECT"
_AGE = 42
# Busy pairs, so that the sandbox knows its way: what is measured is what we add, and the sandbox's part must be small.
_PAIRS = ((8503000, 8507000), (8503000, 8505000), (8507000, 8501008), (8500010, 8503000), (8501120, 8501008))


class Wish(msgspec.Struct, frozen=True):
    """Between which stations, and when. No two are alike, so that no cache of ours answers for the supplier."""

    origin: int
    destination: int
    at: dt.datetime


def list_wishes(count: int, seed: int) -> list[Wish]:
    """``count`` different wishes of the coming weeks."""
    chance = random.Random(seed)
    today = dt.datetime.now(_ZURICH).date()
    moments = [(day, minute) for day in range(3, 45) for minute in range(6 * 60, 20 * 60)]
    chosen = chance.sample([(pair, moment) for pair in _PAIRS for moment in moments], count)
    midnight = dt.time(0, 0)
    return [
        Wish(*pair, dt.datetime.combine(today, midnight) + dt.timedelta(days=day, minutes=minute))
        for pair, (day, minute) in chosen
    ]


class Watch:
    """Seconds of each step; a step of several requests is their sum."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def time_step(self, name: str) -> Any:
        started_at = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - started_at


@asynccontextmanager
async def open_connections(limit: int = 200) -> AsyncIterator[aiohttp.ClientSession]:
    """Connections that are kept, as a browser or a proxy keeps them; cookies are the sellers' own matter."""
    connector = aiohttp.TCPConnector(limit=limit, keepalive_timeout=60)
    timeout = aiohttp.ClientTimeout(total=60)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=jar) as session:
        yield session


class SaleError(Exception):
    """A request of a sale was not answered as it should."""


async def _read_answer(answer: aiohttp.ClientResponse, wanted: tuple[int, ...]) -> bytes:
    body = await answer.read()
    if answer.status not in wanted:
        raise SaleError(f"{answer.method} {answer.url.path}: {answer.status} {body[:300]!r}")
    return body


# --- through Agenturclient --------------------------------------------------------------------------------------------


class ApiSeller:
    """A seller signed in to Agenturclient."""

    def __init__(self, connections: aiohttp.ClientSession, url: str, think_seconds: float = 0.0) -> None:
        self._connections = connections
        self._url = url
        self._think_seconds = think_seconds
        self._cookies: dict[str, str] = {}

    async def sign_in(self) -> None:
        await self._send("GET", "/api/session", wanted=(200, 204))
        pass_phrase = next(person.pass_phrase for person in list_demo_people() if person.email == _SELLER)
        await self._send("POST", "/api/session", {"email": _SELLER, "pass_phrase": pass_phrase})

    async def sell(self, wish: Wish, watch: Watch) -> str:
        """One adult with half-fare, second class, the normal fare; the order's number."""
        with watch.time_step("trips"):
            found = await self._send("GET", f"/api/trips?{_write_search(wish)}")
        trips = [trip["trip_id"] for trip in found["trips"] if not trip["is_cancelled"]]
        await self._think()
        with watch.time_step("prices"):
            travellers = [{"age": _AGE, "reduction": "half_fare"}]
            asked = {"trip_ids": trips, "travellers": travellers, "conversation_id": found["conversation_id"]}
            await self._send("POST", "/api/trip-prices", asked)
        await self._think()
        with watch.time_step("offers"):
            order = await self._send(
                "POST",
                "/api/orders",
                {"ticket_language": "de", "conversation_id": found["conversation_id"]},
                wanted=(201,),
            )
            path = f"/api/orders/{order['number']}"
            traveller = {"code": "t1", "age": _AGE, "reduction": "half_fare"}
            wanted = {"wish": {"kind": "trip", "trip_id": trips[0]}, "travellers": [traveller]}
            offers = await self._send("POST", f"{path}/offers", wanted)
        bundle = next(one for one in offers["bundles"] if one["travel_class"] == 2 and not one["is_saver"])
        await self._think()
        with watch.time_step("hold"):
            await self._send("POST", f"{path}/items", {"offer_set": offers["code"], "bundle": bundle["code"]})
            named = {"code": "t1", "first_name": "Ada", "last_name": "Muster", "born_on": _find_birth_date(wish)}
            await self._send("PUT", f"{path}/travellers", {"travellers": [named]})
            total = {"expected_total": bundle["total"]["amount"]}
            await self._send("POST", f"{path}/hold", total)
        await self._think()
        with watch.time_step("confirm"):
            sold = await self._send("POST", f"{path}/confirm", total)
        if sold["state"] != "confirmed":
            raise SaleError(f"the order is {sold['state']}")
        with watch.time_step(DOCUMENT):
            await self._fetch_document(f"{path}/documents.pdf")
        await self._think()
        return str(order["number"])

    async def _think(self) -> None:
        if self._think_seconds:
            await asyncio.sleep(random.uniform(0.5, 1.5) * self._think_seconds)

    async def _fetch_document(self, path: str) -> None:
        for _ in range(50):
            async with self._connections.get(self._url + path, headers=self._make_headers()) as answer:
                if answer.status == 200:
                    await answer.read()
                    return
                await answer.read()
            await asyncio.sleep(0.1)
        raise SaleError(f"no document: {path}")

    def _make_headers(self) -> dict[str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if "csrftoken" in self._cookies:
            headers["x-csrftoken"] = self._cookies["csrftoken"]
        return headers

    async def _send(self, method: str, path: str, body: Json = None, wanted: tuple[int, ...] = (200,)) -> Json:
        headers = self._make_headers()
        data = None
        if body is not None:
            headers |= {"Content-Type": "application/json"}
            data = json.dumps(body)
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        async with self._connections.request(method, self._url + path, headers=headers, data=data) as answer:
            content = await _read_answer(answer, wanted)
            self._cookies.update({name: morsel.value for name, morsel in answer.cookies.items()})
        return json.loads(content) if content else None


def _write_search(wish: Wish) -> str:
    return f"origin={wish.origin}&destination={wish.destination}&at={wish.at:%Y-%m-%dT%H:%M}"


def _find_birth_date(wish: Wish) -> str:
    """The age must be right on the day of travel, whatever the day."""
    return dt.date(wish.at.year - _AGE, 1, 1).isoformat()


# --- at the sandbox directly ------------------------------------------------------------------------------------------


class DirectSeller:
    """The same calls of B2P that Agenturclient makes for a sale, with a connection that is kept."""

    def __init__(self, connections: aiohttp.ClientSession, url: str) -> None:
        self._connections = connections
        self._url = url
        self._token = ""

    async def sign_in(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": DEMO_CLIENT_ID,
            "client_secret": DEMO_CLIENT_PASSPHRASE,
        }
        async with self._connections.post(f"{self._url}/token", data=form) as answer:
            self._token = json.loads(await _read_answer(answer, (200,)))["access_token"]

    async def sell(self, wish: Wish, watch: Watch) -> str:
        """As `ApiSeller.sell`; the booking's id."""
        conversation = str(uuid.uuid4())
        passenger = f"t1;{_AGE};half-fare"
        with watch.time_step("trips"):
            query = {
                "originId": str(wish.origin),
                "destinationId": str(wish.destination),
                "date": f"{wish.at:%Y-%m-%d}",
                "time": f"{wish.at:%H:%M}",
                "arrivalDeparture": "ED",
                "calculateEco": "true",
            }
            trips = [trip["tripId"] for trip in await self._ask("GET", "/api/trips", conversation, query=query)]
        with watch.time_step("prices"):
            asked = {"tripIds": trips, "passengers": [passenger]}
            await self._ask("POST", "/api/v2/prices", conversation, body=asked)
        with watch.time_step("offers"):
            wanted = {"tripId": trips[0], "passengers": passenger}
            bundles = await self._ask("GET", "/api/trip-offers", conversation, query=wanted)
        bundle = next(one for one in bundles if one["qualityOfService"] == 2 and read_flexibility(one) == "FLEX")
        with watch.time_step("hold"):
            person = {"firstname": "Ada", "lastname": "Muster", "dateOfBirth": _find_birth_date(wish)}
            held = await self._ask(
                "POST", "/api/v2/prebookings", conversation, body=build_prebooking(bundle, t1=person)
            )
        with watch.time_step("confirm"):
            ids = [entry["preBookingId"] for entry in held["prebookings"]]
            paid = {"prebookingIds": ids, "reference1": conversation[:20]}
            await self._ask("POST", "/api/v2/payments/b2b/sbb/invoice", conversation, body=paid)
            ordered = {"prebookingIds": ids, "status": "PENDING"}
            booking = await self._ask("POST", "/api/v2/bookings", conversation, body=ordered)
            path = f"/api/v2/bookings/{booking['bookingId']}"
            await self._ask("GET", path, conversation)
        with watch.time_step(DOCUMENT):
            for ticket in booking["tickets"]:
                await self._ask("GET", f"{path}/tickets/{ticket['ticketId']}", conversation, accept="application/pdf")
        return str(booking["bookingId"])

    async def _ask(
        self,
        method: str,
        path: str,
        conversation: str,
        *,
        query: dict[str, str] | None = None,
        body: Json = None,
        accept: str = "application/json",
    ) -> Json:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "x-contract-id": DIRECT_CONTRACT,
            "x-conversation-id": conversation,
            "Accept-Language": "de",
            "Accept": accept,
        }
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body)
        async with self._connections.request(
            method, self._url + path, headers=headers, params=query, data=data
        ) as answer:
            content = await _read_answer(answer, (200, 201))
        return json.loads(content) if accept == "application/json" else content
