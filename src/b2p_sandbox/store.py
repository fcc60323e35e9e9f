"""The stand-in's memory: records by id, the quotas of saver tickets, and the clocks that lapse things.

Everything runs in one event loop without an await in between, so an operation is atomic.
"""

from collections import deque
from datetime import UTC, datetime, timedelta

from b2p_sandbox.journal import Journal
from b2p_sandbox.records import Barcode, Booking, Claim, Offer, Payment, Prebooking, RefundOffer, Ticket

PENDING_LASTS = timedelta(minutes=20)
TICKETS_KEPT = timedelta(days=365)


class Store:
    """Records and numbers. Numbers are counted from a base that depends on the seed, so that runs repeat."""

    def __init__(self, seed: int, journal: Journal | None) -> None:
        self.seed = seed
        self.journal = journal
        self.clear()
        if journal is not None:
            journal.replay(self)

    def clear(self) -> None:
        """Forget everything (the journal too)."""
        self.offers: dict[str, Offer] = {}
        self.bundles: dict[str, list[str]] = {}
        self.offer_queue: deque[Offer] = deque()
        self.prebookings: dict[int, Prebooking] = {}
        self.prebooking_by_offer: dict[str, int] = {}
        self.open_prebookings: dict[int, Prebooking] = {}
        self.payments: dict[int, Payment] = {}
        self.bookings: dict[int, Booking] = {}
        self.tickets: dict[int, tuple[Booking, Ticket]] = {}
        self.booking_by_reference: dict[str, int] = {}
        self.refund_offers: dict[int, RefundOffer] = {}
        self.barcodes: dict[str, Barcode] = {}
        self.taken: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def draw_number(self, kind: str, base: int) -> int:
        """The next number of a kind, from `base` upwards."""
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return base + (self.seed % 1000) * 7919 + self._numbers[kind]

    def draw_reference(self) -> str:
        """Ten digits to print on a ticket: unique, repeatable for a seed, and without a visible sequence."""
        count = self.draw_number("reference", 0)
        return f"{(count * 6_364_136_223 + 1_442_695_040) % 10_000_000_000:010d}"

    def add_offer(self, offer: Offer) -> None:
        """Remember an offer until it lapses."""
        self.offers[offer.id] = offer
        self.bundles.setdefault(offer.bundle_id, []).append(offer.id)
        self.offer_queue.append(offer)

    def save(self, record: Prebooking | Payment | Booking | Barcode) -> None:
        """Remember a new or changed record, and write it to the journal when there is one."""
        self.index_record(record)
        if self.journal is not None:
            self.journal.append(record)

    def index_record(self, record: Prebooking | Payment | Booking | Barcode) -> None:
        """Put a record where it is looked for."""
        if isinstance(record, Prebooking):
            self.prebookings[record.id] = record
            self.prebooking_by_offer[record.offer.id] = record.id
            if record.has_lapsed or record.booking_ids:
                self.open_prebookings.pop(record.id, None)
            else:
                self.open_prebookings[record.id] = record
        elif isinstance(record, Payment):
            self.payments[record.id] = record
        elif isinstance(record, Booking):
            self.bookings[record.id] = record
            for ticket in record.tickets:
                self.tickets[ticket.id] = (record, ticket)
                self.booking_by_reference[ticket.reference] = record.id
                self.booking_by_reference[ticket.external_id] = record.id
        else:
            self.barcodes[record.id] = record

    def restore_numbers(self, numbers: dict[str, int]) -> None:
        """Go on counting where an earlier run stopped."""
        self._numbers.update(numbers)

    @property
    def numbers(self) -> dict[str, int]:
        """How far each kind of number has been counted."""
        return self._numbers

    def take_places(self, claims: list[Claim]) -> bool:
        """Take one place of every quota at its price, or none at all."""
        if any(self.taken.get(key, 0) + 1 > limit for key, limit in claims):
            return False
        for key, _ in claims:
            self.taken[key] = self.taken.get(key, 0) + 1
        return True

    def release_places(self, claims: list[Claim]) -> None:
        """Give places back."""
        for key, _ in claims:
            self.taken[key] = max(0, self.taken.get(key, 0) - 1)

    def sweep(self, now: datetime) -> None:
        """Let everything lapse whose time has come."""
        while self.offer_queue and self.offer_queue[0].lapses_at + timedelta(minutes=30) < now:
            offer = self.offer_queue.popleft()
            self.offers.pop(offer.id, None)
            self.bundles.pop(offer.bundle_id, None)
        lapsed = [held for held in self._list_oldest_held() if held.lapses_at <= now]
        for held in lapsed:
            held.has_lapsed = True
            self.release_places(held.offer.claims)
            self.save(held)

    def _list_oldest_held(self) -> list[Prebooking]:
        """Held prebookings up to the first that cannot have lapsed: they lapse in the order of their making."""
        oldest: list[Prebooking] = []
        for held in self.open_prebookings.values():
            oldest.append(held)
            if len(oldest) >= 50:
                break
        return oldest

    def expire_offers(self) -> int:
        """Let all offers lapse at once; gives how many there were."""
        count = len(self.offers)
        for offer in self.offers.values():
            offer.lapses_at = datetime.fromtimestamp(0, tz=UTC)
        return count

    def expire_prebookings(self, now: datetime) -> int:
        """Let all prebookings that were not booked lapse at once; gives how many there were."""
        waiting = list(self.open_prebookings.values())
        for held in waiting:
            held.lapses_at = now
        while self.open_prebookings:
            self.sweep(now)
        return len(waiting)


def is_committed(booking: Booking, now: datetime) -> bool:
    """Whether the booking is final: committed by its buyer, or by itself after 20 minutes."""
    return booking.committed_at is not None or now >= booking.created_at + PENDING_LASTS
