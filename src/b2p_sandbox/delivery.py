"""Sending answers over ASGI, rightly or with a fault: cut, truncated, trickled, in the wrong shape."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from b2p_sandbox.faults import FaultRule
from b2p_sandbox.wire import Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

TRANSPORT_KEY = "b2p_sandbox.transport"
_TRICKLE_PARTS = 20
_ENUM_FIELDS = {"offerType", "direction", "type", "status", "stopStatus", "travellerType"}


def spoil_answer(response: Response, rules: list[FaultRule]) -> Response:
    """The answer as the rules want it: other content, other content type, other status."""
    for rule in rules:
        if rule.kind == "error_after":
            response = Response(rule.status, {"title": "Internal error", "status": rule.status})
        elif rule.kind == "no_content":
            response = Response(204)
        elif rule.kind == "wrong_content_type":
            response = Response(response.status, raw=response.encode_body(), content_type="text/html")
        elif rule.kind == "invalid_json":
            response = Response(response.status, raw=b'{"broken": [1, 2')
        elif rule.kind == "wrong_shape":
            response = Response(response.status, {"unexpected": [{"shape": True}]})
        elif rule.kind in {"price_offset", "unknown_enum", "extra_fields"} and response.document is not None:
            document = _change_values(msgspec.to_builtins(response.document), rule)
            response = Response(response.status, document, headers=response.headers)
    return response


def _change_values(value: Any, rule: FaultRule) -> Any:
    if isinstance(value, list):
        return [_change_values(item, rule) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _change_values(item, rule) for name, item in value.items()}
    if rule.kind == "extra_fields":
        changed["somethingNew"] = {"added": "later"}
    for name, item in changed.items():
        if rule.kind == "price_offset" and name == "price" and isinstance(item, int):
            changed[name] = item + rule.amount
        if rule.kind == "unknown_enum" and name in _ENUM_FIELDS and isinstance(item, str):
            changed[name] = "SOMETHING_NEW"
    return changed


async def send_answer(scope: Scope, receive: Receive, send: Send, response: Response, rules: list[FaultRule]) -> None:
    """Send the answer whole, or truncated, or in small parts over the rule's `seconds`."""
    kinds = {rule.kind: rule for rule in rules}
    body = response.encode_body()
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.headers.items()]
    if response.status != 204:
        content_type = "application/problem+json" if _is_problem(response) else response.content_type
        headers.append((b"content-type", content_type.encode()))
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if "truncated_body" in kinds and body:
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        await close_connection(scope, receive)
        return
    if "slow_trickle" in kinds and body:
        size = max(1, -(-len(body) // _TRICKLE_PARTS))
        for start in range(0, len(body), size):
            await asyncio.sleep(kinds["slow_trickle"].seconds / _TRICKLE_PARTS)
            await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body})


def _is_problem(response: Response) -> bool:
    return response.status >= 400 and response.raw is None and response.document is not None


async def close_connection(scope: Scope, receive: Receive) -> None:
    """Close after what was sent so far, so that the client sees a body that ends too early."""
    scope["extensions"][TRANSPORT_KEY]["transport"].close()
    await _wait_for_disconnect(receive)


async def reset_connection(scope: Scope, receive: Receive) -> None:
    """Cut the connection by RST, without an answer."""
    transport = scope["extensions"][TRANSPORT_KEY]["transport"]
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await _wait_for_disconnect(receive)


async def _wait_for_disconnect(receive: Receive) -> None:
    """Until the server has noticed; it would complain about an unfinished answer otherwise."""
    while (await receive())["type"] != "http.disconnect":
        pass
