"""What the supplier does wrong during a run: faults at random, and whatever its description leaves open."""

import random
from collections.abc import Mapping
from typing import Any

import aiohttp

# How often a call of an operation is struck, whatever by.
_SHARES: Mapping[str, float] = {
    "token": 0.05,
    "get_trips": 0.03,
    "get_offers": 0.04,
    "post_prebooking": 0.08,
    "post_payment": 0.08,
    "post_booking": 0.10,
    "get_booking": 0.10,
    "delete_booking": 0.20,
    "find_booking": 0.10,
    "get_ticket": 0.05,
    "patch_booking": 0.05,
}
# Of those struck, how many by what. Long delays outlast every budget.
_WEIGHTS: Mapping[str, float] = {
    "reset_before": 4,
    "reset_after": 5,
    "error_before": 3,
    "error_after": 4,
    "truncated_body": 2,
    "wrong_content_type": 1,
    "invalid_json": 2,
    "wrong_shape": 1,
    "no_content": 1,
    "too_many_requests": 1,
    "token_expired": 2,
    "unknown_enum": 1,
    "extra_fields": 1,
    "slow_trickle": 1,
    "delay_before": 1,
    "delay_after": 1,
}
LONG_SECONDS = 10.0
_WRONG_PRICE_SHARE = 0.01


def list_fault_rules() -> list[dict[str, Any]]:
    """The rules for the sandbox, each with its probability."""
    whole = sum(_WEIGHTS.values())
    rules: list[dict[str, Any]] = []
    for operation, share in _SHARES.items():
        for kind, weight in _WEIGHTS.items():
            seconds = LONG_SECONDS if kind.startswith("delay") else 0.3
            rule = {"operation": operation, "kind": kind, "probability": share * weight / whole, "seconds": seconds}
            rules.append(rule)
    wrong_price = {"operation": "get_booking", "kind": "price_offset", "probability": _WRONG_PRICE_SHARE, "amount": 100}
    return [*rules, wrong_price]


def choose_switches(chance: random.Random) -> dict[str, Any]:
    """One way in which the real B2P might behave where its description says nothing."""
    return {
        "repeated_booking": chance.choice(["same", "refuse", "second"]),
        "undo_after_commit": chance.choice([True, False]),
        "documents_while_pending": chance.choice([True, False]),
        "unbooked_payment_invoiced": chance.choice([True, False]),
        "read_after_undo": chance.choice(["cancelled", "nothing"]),
    }


class SandboxControl:
    """The stand-in's control interface."""

    def __init__(self, session: aiohttp.ClientSession, sandbox_url: str) -> None:
        self._session = session
        self._url = f"{sandbox_url}/control"

    async def begin_trouble(self, seed: int, switches: Mapping[str, Any]) -> None:
        await self._send("PUT", "switches", dict(switches))
        await self._send("PUT", "faults", {"rules": list_fault_rules(), "seed": seed})

    async def end_trouble(self) -> int:
        """No more faults; how many struck."""
        struck = sum(int(armed["struck"]) for armed in await self._send("GET", "faults"))
        await self._send("PUT", "faults", {"rules": []})
        return struck

    async def read_books(self) -> dict[str, Any]:
        books: dict[str, Any] = await self._send("GET", "books")
        return books

    async def _send(self, method: str, path: str, body: Any = None) -> Any:
        async with self._session.request(method, f"{self._url}/{path}", json=body) as answer:
            answer.raise_for_status()
            return await answer.json()
