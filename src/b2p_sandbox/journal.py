"""An append-only file of records, so that tickets sold before a restart can still be fetched (`--journal`).

One JSON object a line: `{"kind": ..., "record": {...}, "numbers": {...}}`; a later line for the same record replaces
the earlier one. Lines are flushed to the operating system, not synced to the disk: this is a stand-in, not a ledger. A
last line that was cut off by a crash is ignored.
"""

from pathlib import Path
from typing import Protocol

import msgspec

from b2p_sandbox.records import Barcode, Booking, Payment, Prebooking

_SHAPES: dict[str, type[Prebooking] | type[Payment] | type[Booking] | type[Barcode]] = {
    "prebooking": Prebooking,
    "payment": Payment,
    "booking": Booking,
    "barcode": Barcode,
}
_KINDS = {shape: kind for kind, shape in _SHAPES.items()}


class _Line(msgspec.Struct):
    kind: str
    record: msgspec.Raw
    numbers: dict[str, int]


class RecordMemory(Protocol):
    """What a journal is read back into, and whose numbers it writes down."""

    @property
    def numbers(self) -> dict[str, int]:
        """How far each kind of number has been counted."""

    def index_record(self, record: Prebooking | Payment | Booking | Barcode) -> None:
        """Put a record where it is looked for."""

    def restore_numbers(self, numbers: dict[str, int]) -> None:
        """Go on counting where an earlier run stopped."""

    def count_places(self) -> None:
        """Count the taken places anew from the records."""


class Journal:
    """Writes records and reads them back."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._store: RecordMemory | None = None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._cut_broken_tail()
        self._file = self._path.open("ab")

    def _cut_broken_tail(self) -> None:
        if not self._path.exists():
            return
        content = self._path.read_bytes()
        end = content.rfind(b"\n") + 1
        if end < len(content):
            with self._path.open("r+b") as file:
                file.truncate(end)

    def replay(self, store: RecordMemory) -> None:
        """Fill `store` from the file; raises ValueError, naming the line, for a file that is not a journal."""
        self._store = store
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    entry = msgspec.json.decode(line, type=_Line)
                    store.index_record(msgspec.json.decode(entry.record, type=_SHAPES[entry.kind]))
                except (msgspec.DecodeError, KeyError, UnicodeDecodeError) as error:
                    self.close()
                    raise ValueError(f"line {number} of {self._path} is not from this version's journal") from error
                store.restore_numbers(entry.numbers)
        store.count_places()

    def append(self, record: Prebooking | Payment | Booking | Barcode) -> None:
        """Write one record."""
        numbers = self._store.numbers if self._store is not None else {}
        line = {"kind": _KINDS[type(record)], "record": record, "numbers": numbers}
        self._file.write(msgspec.json.encode(line) + b"\n")
        self._file.flush()

    def clear(self) -> None:
        """Empty the file."""
        self._file.truncate(0)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
