"""Running the stand-in: as a process of its own, or in a thread beside a test."""

import asyncio
import socket
import threading
import time
from types import TracebackType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from b2p_sandbox.app import SandboxApp, create_app
from b2p_sandbox.delivery import TRANSPORT_KEY
from b2p_sandbox.settings import Settings
from b2p_sandbox.timetable import Timetable

_START_SECONDS = 30.0


class SandboxProtocol(HttpToolsProtocol):
    """Lets the application have the transport, which ASGI hides: it must be able to cut the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """A new connection: answers leave at once. Without this, an answer waits 40 ms for the client's
        acknowledgement of its head, because the listener may have been made elsewhere and without the option."""
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def on_message_begin(self) -> None:
        """Start of a request."""
        super().on_message_begin()
        self.scope.setdefault("extensions", {})[TRANSPORT_KEY] = {"transport": self.transport}


def configure_server(app: SandboxApp, host: str, port: int) -> uvicorn.Server:
    """A server without access log, for one process."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=SandboxProtocol,
        lifespan="off",
        ws="none",
        access_log=False,
        log_level="warning",
        backlog=512,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


def open_listener(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 picks a free one. OSError when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


class RunningSandbox:
    """A stand-in that runs in a thread. `app.sandbox` may be looked at, but belongs to the other thread."""

    def __init__(self, app: SandboxApp, server: uvicorn.Server, listener: socket.socket) -> None:
        self.app = app
        self._server = server
        self._listener = listener
        self._thread = threading.Thread(target=self._serve, name="b2p-sandbox", daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.control_url = f"{self.url}/control"

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._listener]))

    def wait_until_started(self) -> None:
        """Return once calls are answered; RuntimeError when that does not happen."""
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server and its thread."""
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._listener.close()
        if self.app.sandbox.store.journal is not None:
            self.app.sandbox.store.journal.close()

    def __enter__(self) -> "RunningSandbox":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()


def start_sandbox(
    seed: int = 1, port: int = 0, *, settings: Settings | None = None, timetable: Timetable | None = None
) -> RunningSandbox:
    """Run a stand-in on loopback in a thread; port 0 picks a free one. `settings` wins over `seed`."""
    app = create_app(settings or Settings(seed=seed), timetable=timetable)
    listener = open_listener("127.0.0.1", port)
    running = RunningSandbox(app, configure_server(app, "127.0.0.1", port), listener)
    running.wait_until_started()
    return running
