"""The server of one replica: one process on one port, which leaves without losing a request.

On SIGTERM or SIGINT it first drains: readiness says no and every answer asks to close the connection, while requests
are still served; after ``drain_seconds`` it accepts no more and lets those under way finish. (Measured: with a drain
longer than the proxy's health check, no request fails in a rolling restart; several workers on one port lose some.)
"""

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from litestar import Litestar

_KEEP_ALIVE_SECONDS = 75  # longer than a proxy keeps its idle connections, so that the proxy is the one who closes


class DrainingServer(uvicorn.Server):
    """uvicorn with a first phase at the stop. A second signal skips what is left of it."""

    def __init__(
        self, app: Litestar, config: uvicorn.Config, drain_seconds: float, on_started: Callable[[int], None]
    ) -> None:
        super().__init__(config)
        self._app = app
        self._drain_seconds = drain_seconds
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            listening = self.servers[0].sockets[0].getsockname()
            self._on_started(listening[1])

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._drain_seconds == 0 or self._app.state.get("is_draining", False) or not self.started:
            super().handle_exit(sig, frame)
            return
        self._app.state.is_draining = True
        asyncio.get_running_loop().call_later(self._drain_seconds, super().handle_exit, sig, frame)


def serve_app(
    app: Litestar,
    *,
    host: str,
    port: int,
    drain_seconds: float,
    graceful_timeout_seconds: int,
    trusted_proxies: str,
    on_started: Callable[[int], None],
) -> None:
    """Serve until a signal comes; returns when everything under way has ended.

    ``on_started`` is told the port as soon as requests are served. Without a start SystemExit passes through.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="on",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=trusted_proxies or None,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=graceful_timeout_seconds,
    )
    DrainingServer(app, config, drain_seconds, on_started).run()


def find_port(host: str, wanted: int) -> int:
    """``wanted`` if nobody listens there, else one that is free at this moment."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"there is no free port on {host}")
