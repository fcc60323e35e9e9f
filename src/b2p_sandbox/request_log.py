"""The last calls that reached the stand-in, and how many there were, for tests and look-to-book counts."""

from collections import Counter, deque
from datetime import datetime

from b2p_sandbox.wire import Request

KEPT_REQUESTS = 2000
_HIDDEN = {"authorization"}


class RequestLog:
    """Bounded: the last 2,000 calls; the counts go on."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget all calls."""
        self._entries: deque[dict[str, object]] = deque(maxlen=KEPT_REQUESTS)
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, operation: str, request: Request, *, at: datetime) -> dict[str, object]:
        """Note a call; the caller adds `status` (None: cut) to the entry that is returned."""
        entry: dict[str, object] = {
            "at": at,
            "operation": operation,
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "contract_id": request.headers.get("x-contract-id"),
            "conversation_id": request.headers.get("x-conversation-id"),
            "headers": {name: "…" if name in _HIDDEN else value for name, value in request.headers.items()},
            "status": None,
            "faults": [],
        }
        self._entries.append(entry)
        self._counts[(request.headers.get("x-contract-id", ""), operation)] += 1
        return entry

    def list_entries(self, operation: str | None = None) -> list[dict[str, object]]:
        """The kept calls, oldest first."""
        return [entry for entry in self._entries if operation in {None, entry["operation"]}]

    def count_operations(self) -> dict[str, dict[str, int]]:
        """Calls per contract and operation since the last reset."""
        counts: dict[str, dict[str, int]] = {}
        for (contract_id, operation), count in sorted(self._counts.items()):
            counts.setdefault(contract_id, {})[operation] = count
        return counts
