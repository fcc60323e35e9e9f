"""Logs: one JSON object a line on standard error, from structlog and from the libraries alike.

A line never bears a secret or a person's name: requests are logged by their route, not by their address, and values
under names that smell of secrets are masked as a last resort.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import msgspec
import structlog

_MASKED_WORDS = ("secret", "token", "password", "pass_phrase", "authorization", "cookie")
_QUIET_LIBRARIES = ("aiosqlite", "asyncmy", "alembic", "httpx", "sqlalchemy", "uvicorn", "watchfiles")

Event = MutableMapping[str, Any]


def mask_secrets(_logger: object, _method: str, event: Event) -> Event:
    """Replace what should not have been logged in the first place."""
    for name in event:
        if name != "event" and any(word in name.lower() for word in _MASKED_WORDS):
            event[name] = "***"
    return event


class _StandardErrorLogger:
    """Writes to what is standard error at that moment, one line in one call, so that lines never mix."""

    def msg(self, message: str) -> None:
        sys.stderr.write(message + "\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = exception = log = msg


def _make_logger(*_arguments: object) -> _StandardErrorLogger:
    return _StandardErrorLogger()


def _encode(event: Event, **_options: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


def configure_logging(
    *, log_format: Literal["json", "console"], log_level: Literal["debug", "info", "warning", "error"]
) -> None:
    """Set up structlog and the standard library's logging, once per process."""
    level = logging.getLevelNamesMapping()[log_level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        mask_secrets,
    ]
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_encode)]
        if log_format == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_make_logger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET_LIBRARIES:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(max(level, logging.WARNING))
    # It warns of each primary key that bears the name our convention gives it, which MariaDB ignores.
    logging.getLogger("asyncmy").setLevel(logging.ERROR)
