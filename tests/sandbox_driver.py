"""Drives a stand-in within the test's own process, and has SBB's description judge every answer.

The module stands here and not beside the tests because a folder of their name would hide the package they test.
"""

import asyncio
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

import msgspec

from b2p_description import find_description
from b2p_sandbox.app import SandboxApp
from b2p_sandbox.operations import OPERATIONS

ZURICH = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 24, 8, tzinfo=ZURICH)
TRAVEL_ON = date(2026, 12, 1)
ZURICH_HB, BERN, LUZERN, GENEVE = 8503000, 8507000, 8505000, 8501008
BORN_ON = date(1984, 2, 29)
ADULT = f"paxa;{42};none"
HALF_FARE = "paxa;42;half-fare"
CONTRACT = "ACP1024"
_BY_NAME = {operation.name: operation for operation in OPERATIONS}
_UNDESCRIBED = {"token"}

Json = Any


class Answer(msgspec.Struct):
    """What came back; `document` is the decoded body of a JSON answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Json:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem: `<service>/<reason>`."""
        return str(self.document["type"]).removeprefix("./b2p/")


class SandboxDriver:
    """Calls operations by name. Clock frozen at eight o'clock on an ordinary Tuesday until a test moves it."""

    def __init__(self, app: SandboxApp) -> None:
        self.app = app
        self.sandbox = app.sandbox
        self.seen: set[tuple[str, int]] = set()
        self._runner = asyncio.Runner()
        self.tokens: dict[str, str] = {}

    def close(self) -> None:
        self._runner.close()

    def reset(self) -> None:
        """Everything forgotten, and the clock frozen at the start."""
        self.control("POST", "reset")
        self.control("POST", "clock", {"now": NOW.isoformat(), "frozen": True})
        self.tokens.clear()

    def send(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One request over ASGI, as it is."""
        return self._runner.run(self._send(method, path, query, headers, body))

    async def _send(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer:
        pending = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return pending.pop() if pending else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }
        await self.app(scope, receive, send)  # type: ignore[arg-type] # plain dicts are all it needs
        start, *parts = sent
        given = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], given, b"".join(part["body"] for part in parts))

    def fetch_token(self) -> str:
        """A token from the token endpoint."""
        form = {"grant_type": "client_credentials", "client_id": "sandbox", "client_secret": "sandbox-demo-only"}
        answer = self.send("POST", "/token", "", {}, urlencode(form).encode())
        assert answer.status == 200, answer
        return str(answer.document["access_token"])

    def control(self, method: str, path: str, body: Json = None) -> Json:
        """A call of the control interface; the answer's document, or None."""
        path, _, query = path.partition("?")
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.send(method, f"/control/{path}", query, {}, content)
        assert answer.status in {200, 204}, answer
        return answer.document if answer.body else None

    def advance(self, **duration: float) -> None:
        """Move the clock on, for example `minutes=20`; the next call takes a new token."""
        self.tokens.clear()
        self.control("POST", "clock", {"advance_seconds": timedelta(**duration).total_seconds()})

    def switch(self, **values: Json) -> None:
        """Set switches."""
        self.control("PUT", "switches", values)

    def set_faults(self, *rules: Json, seed: int | None = None) -> None:
        """Put fault rules in force."""
        self.control("PUT", "faults", {"rules": list(rules), "seed": seed})

    def call(
        self,
        operation: str,
        *,
        query: Mapping[str, Json] | None = None,
        body: Json = None,
        headers: Mapping[str, str | None] | None = None,
        contract: str = CONTRACT,
        is_judged: bool = True,
        **path_values: Json,
    ) -> Answer:
        """One operation by name; a header of None is left out. SBB's description judges the answer."""
        entry = _BY_NAME[operation]
        if "token" not in self.tokens and not entry.is_public:
            self.tokens["token"] = self.fetch_token()
        sent: dict[str, str | None] = {
            "authorization": f"Bearer {self.tokens.get('token')}",
            "x-contract-id": contract,
            "x-conversation-id": "5d1f0f0e-7a6b-4b53-9c0e-000000000001",
            "accept-language": "en",
            "content-type": "application/json" if body is not None else None,
            **(headers or {}),
        }
        path = entry.path
        for name, value in path_values.items():
            path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
        assert "{" not in path, path
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        given = {name: value for name, value in sent.items() if value is not None}
        answer = self.send(entry.method, path, urlencode(query or {}, doseq=True), given, content)
        self.seen.add((operation, answer.status))
        description = find_description()
        if is_judged and description is not None and operation not in _UNDESCRIBED:
            if answer.status < 300:
                description.check_query(entry.method, entry.path, query or {})
            description.check_answer(entry.method, entry.path, answer.status, answer.headers, answer.body)
        return answer

    def list_trips(
        self, origin: int = ZURICH_HB, destination: int = BERN, *, day: date = TRAVEL_ON, time: str = "10:00"
    ) -> list[Json]:
        """Connections, as B2P's documents."""
        query = {"originId": origin, "destinationId": destination, "date": day.isoformat(), "time": time}
        answer = self.call("get_trips", query=query)
        assert answer.status == 200, answer
        return list(answer.document)

    def find_trip(
        self, origin: int = ZURICH_HB, destination: int = BERN, *, day: date = TRAVEL_ON, time: str = "10:00"
    ) -> str:
        """The tripId of the first connection."""
        return str(self.list_trips(origin, destination, day=day, time=time)[0]["tripId"])

    def list_bundles(
        self, *passengers: str, trip_id: str | None = None, contract: str = CONTRACT, **query: Json
    ) -> list[Json]:
        """The bundles on sale for a connection (Zürich HB–Bern in a week when none is given)."""
        wanted = {"tripId": trip_id or self.find_trip(), "passengers": list(passengers or (ADULT,)), **query}
        answer = self.call("get_offers", query=wanted, contract=contract)
        assert answer.status in {200, 204}, answer
        return list(answer.document) if answer.body else []

    def find_bundle(
        self,
        *passengers: str,
        kind: str = "FLEX",
        service_class: int = 2,
        trip_id: str | None = None,
        contract: str = CONTRACT,
        **query: Json,
    ) -> Json:
        """The first bundle of a flexibility (FLEX, SPAR, FIX) and class, or None."""
        for bundle in self.list_bundles(*passengers, trip_id=trip_id, contract=contract, **query):
            if read_flexibility(bundle) == kind and bundle["qualityOfService"] == service_class:
                return bundle
        return None

    def hold(self, *bundles: Json, contract: str = CONTRACT, **people: Json) -> Answer:
        """Prebook bundles. Travellers are called Ada Muster and born so that ages of 42 match; `people` overrides by
        passenger id."""
        return self.call("post_prebooking", body=build_prebooking(*bundles, **people), contract=contract)

    def pay(self, prebooking_ids: list[int], *, contract: str = CONTRACT, reference: str = "AB-1") -> Answer:
        """Pay on invoice."""
        body = {"prebookingIds": prebooking_ids, "reference1": reference, "reference2": "customer 7"}
        return self.call("post_payment", body=body, contract=contract)

    def book(self, prebooking_ids: list[int], *, status: str = "PENDING", contract: str = CONTRACT) -> Answer:
        """Book what was paid."""
        return self.call("post_booking", body={"prebookingIds": prebooking_ids, "status": status}, contract=contract)

    def hold_and_pay(
        self, *bundles: Json, contract: str = CONTRACT, reference: str = "AB-1", **people: Json
    ) -> list[int]:
        """Prebooking ids of bundles that were held and paid."""
        held = self.hold(*bundles, contract=contract, **people)
        assert held.status == 201, held
        ids = [entry["preBookingId"] for entry in held.document["prebookings"]]
        paid = self.pay(ids, contract=contract, reference=reference)
        assert paid.status == 201, paid
        return ids

    def sell(
        self,
        *bundles: Json,
        status: str = "PENDING",
        contract: str = CONTRACT,
        reference: str = "AB-1",
        **people: Json,
    ) -> Json:
        """A whole sale; B2P's Booking."""
        chosen = bundles or (self.find_bundle(contract=contract),)
        ids = self.hold_and_pay(*chosen, contract=contract, reference=reference, **people)
        booked = self.book(ids, status=status, contract=contract)
        assert booked.status == 201, booked
        return booked.document

    def read_books(self, contract: str | None = None) -> Json:
        """The stand-in's books."""
        return self.control("GET", f"books?contract={contract}" if contract else "books")


def read_flexibility(bundle: Json) -> str:
    """FLEX, SPAR or FIX."""
    return str(bundle["outwardCharacteristic"]["genericCharacteristic"][0]["value"])


def list_prices(bundle: Json) -> dict[str, int]:
    """The price of each traveller's offers together."""
    prices: dict[str, int] = {}
    for offer in bundle["offers"]:
        prices[offer["passengerId"]] = prices.get(offer["passengerId"], 0) + offer["price"]
    return prices


def build_prebooking(*bundles: Json, **people: Json) -> list[Json]:
    """The body that prebooks bundles whole, one entry for each traveller."""
    entries: dict[str, Json] = {}
    for bundle in bundles:
        for offer in bundle["offers"]:
            if not offer["requiresPurchase"]:
                continue
            traveller_id = offer.get("passengerId", "group")
            person = {"firstname": "Ada", "lastname": "Muster", "dateOfBirth": BORN_ON.isoformat()}
            person |= people.get(traveller_id, {})
            kind = person.pop("kind", "passenger")
            entry = entries.setdefault(traveller_id, {"offerPrebookings": []})
            entry[kind] = (
                {"id": traveller_id, **person} if kind == "passenger" else {"id": traveller_id, "owner": person}
            )
            parameters = {
                item["key"]: person.get("country", item["possibleValues"][0])
                for item in offer["salesParameter"]
                if not item["optional"]
            }
            choice = {"offerIdentifier": offer["offerIdentifier"], "salesParameter": parameters}
            entry["offerPrebookings"].append(choice)
    return list(entries.values())
