"""A server over plain TCP that answers like B2P, or misbehaves on command, and remembers what it was asked."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class Connection:
    """One accepted connection, as a behaviour sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        self.reader = reader
        self.writer = writer
        self.number = number

    def reset(self) -> None:
        """Break it off with RST."""
        self.writer.transport.abort()

    async def send(self, raw: bytes) -> None:
        self.writer.write(raw)
        await self.writer.drain()


Behaviour = Callable[[Connection, Received], Awaitable[bool]]
"""Does something after a request was read; returns whether the connection goes on."""


def render_answer(
    status: int = 200,
    body: bytes | str | object = b"",
    *,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
    length: int | None = None,
) -> bytes:
    """An HTTP answer. What is not bytes becomes JSON. `length` may lie."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    if status != 204:
        lines += [f"Content-Type: {content_type}", f"Content-Length: {len(payload) if length is None else length}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (b"" if status == 204 else payload)


def answer(status: int = 200, body: object = b"", **options: object) -> Behaviour:
    """Answer properly."""
    raw = render_answer(status, body, **options)  # type: ignore[arg-type]  # options are render_answer's own

    async def behave(connection: Connection, _request: Received) -> bool:
        await connection.send(raw)
        return True

    return behave


def truncate(status: int, body: object, *, content_type: str = "application/json") -> Behaviour:
    """Promise a whole answer, send half of it, close."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    raw = render_answer(status, payload[: len(payload) // 2], content_type=content_type, length=len(payload) + 10)

    async def behave(connection: Connection, _request: Received) -> bool:
        await connection.send(raw)
        return False

    return behave


async def reset_after(connection: Connection, _request: Received) -> bool:
    """The request was read; then the connection breaks."""
    connection.reset()
    return False


async def close_after(_connection: Connection, _request: Received) -> bool:
    """The request was read; then the connection is closed politely, without an answer."""
    return False


async def hang(_connection: Connection, _request: Received) -> bool:
    """The request was read; then nothing happens."""
    await asyncio.sleep(30)
    return False


async def speak_no_http(connection: Connection, _request: Received) -> bool:
    """The request was read; the answer is not HTTP."""
    await connection.send(b"\x16\x03\x01 what is this?\r\n\r\n")
    return False


def wait_then(seconds: float, behaviour: Behaviour) -> Behaviour:
    """Take one's time."""

    async def behave(connection: Connection, request: Received) -> bool:
        await asyncio.sleep(seconds)
        return await behaviour(connection, request)

    return behave


def trickle(status: int, body: object, *, pause_seconds: float) -> Behaviour:
    """A byte at a time."""
    raw = render_answer(status, body)

    async def behave(connection: Connection, _request: Received) -> bool:
        for byte in raw:
            await connection.send(bytes([byte]))
            await asyncio.sleep(pause_seconds)
        return True

    return behave


@dataclass
class HostileServer:
    """`async with HostileServer() as server:`; then `server.url`. Behaviours are used up one per request; the last
    one stays. `is_resetting_on_accept`: connections break before anything was read."""

    behaviours: list[Behaviour] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    is_resetting_on_accept: bool = False
    connections: int = 0
    under_way: int = 0
    most_under_way: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def behave(self, *behaviours: Behaviour) -> None:
        """What to do with the coming requests."""
        self.behaviours = list(behaviours)

    async def wait_until_received(self, count: int) -> None:
        """Return once so many requests have been read."""
        async with asyncio.timeout(30):
            while len(self.received) < count:  # noqa: ASYNC110 -- what is watched is a plain list
                await asyncio.sleep(0.002)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        connection = Connection(reader, writer, self.connections)
        try:
            if self.is_resetting_on_accept:
                connection.reset()
                return
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while (request := await self._read_request(connection)) is not None:
                    self.received.append(request)
                    if not await self._behave_once(connection, request):
                        break
        except asyncio.CancelledError:
            connection.reset()
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _behave_once(self, connection: Connection, request: Received) -> bool:
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await behaviour(connection, request)
        finally:
            self.under_way -= 1

    @staticmethod
    async def _read_request(connection: Connection) -> Received | None:
        head = await connection.reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        parts = first.split(" ")
        if len(parts) != 3:  # a TLS hello, for example
            return None
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await connection.reader.readexactly(int(headers.get("content-length", "0")))
        return Received(parts[0], parts[1], headers, body, connection.number)
