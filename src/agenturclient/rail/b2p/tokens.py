"""OAuth 2 client credentials: one token for the process, fetched once for concurrent callers."""

import asyncio
import time
from collections.abc import Callable

import aiohttp
import msgspec

from agenturclient.rail.b2p.errors import CallFailed
from agenturclient.rail.errors import FailureCause
from agenturclient.settings import RailSettings

_FALLBACK_LIFETIME_SECONDS = 300.0
_MAX_TOKEN_ANSWER_BYTES = 100_000


class _TokenAnswer(msgspec.Struct):
    access_token: str
    expires_in: float | str | None = None


class _Token(msgspec.Struct, frozen=True):
    text: str
    renew_at: float


class TokenSource:
    """Hands out the bearer token; fetches a new one shortly before the old one ends, or when it was refused.

    Failures are `CallFailed`: not connected (a request that needs a token cannot have left without one) or credentials.
    """

    def __init__(
        self, settings: RailSettings, session: aiohttp.ClientSession, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._session = session
        self._clock = clock
        self._token: _Token | None = None
        self._fetching: asyncio.Task[_Token] | None = None

    async def get_token(self) -> str:
        """A token that should still be good."""
        if self._token is not None and self._clock() < self._token.renew_at:
            return self._token.text
        return await self._await_fetch()

    async def renew_token(self, refused_token: str) -> str:
        """A token other than the refused one; whoever comes second gets what the first one fetched."""
        if self._token is not None and self._token.text == refused_token:
            self._token = None
        return await self.get_token()

    def discard_token(self, refused_token: str) -> None:
        """Do not hand this one out again."""
        if self._token is not None and self._token.text == refused_token:
            self._token = None

    async def close_source(self) -> None:
        """End a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _await_fetch(self) -> str:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch_token())
            self._fetching.add_done_callback(_retrieve_exception)
        # Shielded: a caller whose time is up must not take the token from the others that wait for it.
        token = await asyncio.shield(self._fetching)
        return token.text

    async def _fetch_token(self) -> _Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret.get_secret_value(),
        }
        if self._settings.scope:
            form["scope"] = self._settings.scope
        try:
            async with (
                asyncio.timeout(self._settings.token_timeout_seconds),
                self._session.post(self._settings.token_url, data=form, allow_redirects=False) as response,
            ):
                status = response.status
                body = await response.content.read(_MAX_TOKEN_ANSWER_BYTES) if status != 200 else await response.read()
        except (aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            raise CallFailed(FailureCause.NOT_CONNECTED, text=f"token: {type(error).__name__}") from error
        self._token = self._read_token(status, body)
        return self._token

    def _read_token(self, status: int, body: bytes) -> _Token:
        if status in {400, 401, 403}:
            raise CallFailed(FailureCause.CREDENTIALS, status=status, text="token request refused")
        if status != 200:
            raise CallFailed(FailureCause.NOT_CONNECTED, status=status, text="token endpoint failed")
        try:
            answer = msgspec.json.decode(body, type=_TokenAnswer)
            lifetime_seconds = (
                _FALLBACK_LIFETIME_SECONDS if answer.expires_in is None else max(0.0, float(answer.expires_in))
            )
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            raise CallFailed(FailureCause.CREDENTIALS, status=status, text="token answer unreadable") from error
        if not answer.access_token or not answer.access_token.isprintable() or " " in answer.access_token:
            raise CallFailed(FailureCause.CREDENTIALS, status=status, text="token answer without a usable token")
        margin_seconds = min(self._settings.token_renewal_margin_seconds, lifetime_seconds / 2)
        return _Token(answer.access_token, self._clock() + lifetime_seconds - margin_seconds)


def _retrieve_exception(task: "asyncio.Task[_Token]") -> None:
    """Fetch the outcome, so that a failure nobody waited for is not reported as never retrieved."""
    if not task.cancelled():
        task.exception()
