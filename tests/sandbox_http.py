"""Calls a running stand-in over HTTP, with the standard library alone and a connection for each call."""

import http.client
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from sandbox_driver import ADULT, BERN, CONTRACT, TRAVEL_ON, ZURICH_HB, Answer, read_flexibility

Json = Any


class HttpCaller:
    """A client with a token. Raises what http.client and the sockets raise."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url).netloc
        self.token = self.fetch_token()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.token = ""

    def fetch_token(self) -> str:
        form = {"grant_type": "client_credentials", "client_id": "sandbox", "client_secret": "sandbox-demo-only"}
        answer = self.send("POST", "/token", urlencode(form).encode(), {})
        return str(answer.document["access_token"])

    def send(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str], timeout_seconds: float = 10
    ) -> Answer:
        connection = http.client.HTTPConnection(self.address, timeout=timeout_seconds)
        try:
            connection.request(method, target, body, dict(headers))
            response = connection.getresponse()
            given = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, given, response.read())
        finally:
            connection.close()

    def call(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        query: Mapping[str, Json] | None = None,
        timeout_seconds: float = 10,
        **headers: str,
    ) -> Answer:
        given = {
            "Authorization": f"Bearer {self.token}",
            "x-contract-id": CONTRACT,
            "x-conversation-id": "c-1",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        content = None
        if body is not None:
            given["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        return self.send(method, target, content, given, timeout_seconds)

    def control(self, method: str, path: str, body: Json = None) -> Json:
        answer = self.call(method, f"/control/{path}", body)
        assert answer.status in {200, 204}, answer
        return answer.document if answer.body else None

    def find_trip(self) -> str:
        query = {"originId": ZURICH_HB, "destinationId": BERN, "date": TRAVEL_ON.isoformat(), "time": "10:00"}
        return str(self.call("GET", "/api/trips", query=query).document[0]["tripId"])

    def find_bundle(self, passenger: str = ADULT, kind: str = "FLEX") -> Json:
        query = {"tripId": self.find_trip(), "passengers": passenger}
        bundles = self.call("GET", "/api/trip-offers", query=query).document
        return next(bundle for bundle in bundles if read_flexibility(bundle) == kind)
