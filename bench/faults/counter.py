"""A browser at a counter: keeps cookies, sends the CSRF token, and turns to the other replica when one does not answer,
as the front end does behind a load balancer. Every answer is held against our own description."""

import asyncio
import re
import time
from collections import Counter as Tally
from types import TracebackType
from typing import Any, Self

import aiohttp
import msgspec
from yarl import URL

from agenturclient.identity.demo import list_demo_people

_PASS_PHRASES = {person.email: person.pass_phrase for person in list_demo_people()}
_ANSWER_SECONDS = 30
_PATIENCE_SECONDS = 300.0
# A 5xx with a problem document is an answer that may be final: it is asked for again so often, not for ever.
_MOST_REFUSALS = 4


class NoAnswerError(Exception):
    """Neither replica answered: whether anything was done is not known here."""


class Answer(msgspec.Struct, frozen=True):
    """A replica's answer; ``body`` is JSON."""

    status: int
    body: Any

    @property
    def is_done(self) -> bool:
        return self.status < 300

    @property
    def code(self) -> str:
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""


class Description:
    """Which answers our OpenAPI promises; what was answered in a run, and what of it is not in there."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._routes = [
            (method.upper(), re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path, operation["responses"])
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        ]
        self.statuses: Tally[int] = Tally()
        self.problems: Tally[str] = Tally()
        self.undocumented: Tally[str] = Tally()

    def note_answer(self, method: str, path: str, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        if not answer.is_done:
            self.problems[f"{answer.status} {answer.code}"] += 1
        template, responses = self._find_route(method, path)
        promised = responses.get(str(answer.status))
        # A crash is described, so that clients know its shape; it is never meant.
        is_meant = promised is not None and answer.status != 500
        if not answer.is_done:
            is_meant = is_meant and f"`{answer.code}`" in promised["description"]
        if not is_meant:
            self.undocumented[f"{method} {template} {answer.status} {answer.code}"] += 1

    def _find_route(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        for known, pattern, template, responses in self._routes:
            if known == method and pattern.fullmatch(path):
                return template, responses
        return path, {}


class Counter:
    """Somebody signed in. ``urls`` are the replicas; the one in use changes when it does not answer."""

    def __init__(self, urls: list[str], description: Description, first: int = 0) -> None:
        self._urls = urls
        self._current = first % len(urls)
        self._description = description
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # cookies of an address, which 127.0.0.1 is
            timeout=aiohttp.ClientTimeout(total=_ANSWER_SECONDS),
        )
        self.lost_answers = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def sign_in(self, email: str) -> None:
        await self.ask("GET", "/api/session")  # refused, and gives the cookie with the CSRF token
        answer = await self.ask("POST", "/api/session", {"email": email, "pass_phrase": _PASS_PHRASES[email]})
        assert answer.is_done, answer

    def turn_to_the_other(self) -> None:
        self._current = (self._current + 1) % len(self._urls)

    async def ask_once(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        query: dict[str, str] | None = None,
        patience_seconds: float = _ANSWER_SECONDS,
    ) -> Answer:
        """One request at the replica in use.

        Raises:
            NoAnswerError: the connection broke, nobody listens, or ``patience_seconds`` are over.
        """
        headers = {} if key is None else {"Idempotency-Key": key}
        if method != "GET":
            cookies = self._session.cookie_jar.filter_cookies(self._url)
            headers["x-csrftoken"] = cookies["csrftoken"].value
        try:
            async with (
                asyncio.timeout(patience_seconds),
                self._session.request(
                    method, self._url / path.lstrip("/"), json=body, params=query, headers=headers
                ) as response,
            ):
                answer = Answer(response.status, await _read_json(response))
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            self.lost_answers += 1
            raise NoAnswerError(str(error)) from error
        self._description.note_answer(method, path, answer)
        return answer

    @property
    def _url(self) -> URL:
        return URL(self._urls[self._current])

    async def ask(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, query: dict[str, str] | None = None
    ) -> Answer:
        """A request that may be repeated (it reads, replaces, or has a key): at the other replica, with the same key,
        until an answer comes.

        Raises:
            NoAnswerError: for five minutes, nobody answered.
        """
        began, refusals = time.monotonic(), 0
        while True:
            try:
                answer = await self.ask_once(method, path, body, key=key, query=query)
            except NoAnswerError:
                if time.monotonic() - began > _PATIENCE_SECONDS:
                    raise
            else:
                refusals += answer.status >= 500
                if answer.status < 500 or refusals == _MOST_REFUSALS:
                    return answer
            self.turn_to_the_other()
            await asyncio.sleep(0.1 + 0.2 * refusals)


async def _read_json(response: aiohttp.ClientResponse) -> Any:
    content = await response.read()
    try:
        return msgspec.json.decode(content) if content else None
    except msgspec.DecodeError:
        return {"code": f"not JSON but {response.content_type}"}
