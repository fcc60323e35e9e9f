"""The stand-in's memory: records by id, the quotas of saver tickets, and the clocks that lapse things.

Everything runs in one event loop without an await in between, so an operation is atomic.
"""

import heapq
from collections import deque
from datetime import datetime, timedelta

from b2p_sandbox.journal import Journal
from b2p_sandbox.records import Barcode, Booking, Claim, Offer, Payment, Prebooking, RefundOffer, Ticket

PENDING_LASTS = timedelta(minutes=20)
# Lapsed offers are remembered for a while, to say "expired" and not "unknown"; under load for less long.
LAPSED_OFFERS_KEPT = timedelta(hours=2)
OFFERS_KEPT = 20_000
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
        self.bundle_queue: deque[tuple[datetime, str]] = deque()
        self.prebookings: dict[int, Prebooking] = {}
        self.prebooking_by_offer: dict[str, int] = {}
        self.open_prebookings: dict[int, Prebooking] = {}
        self._lapses: list[tuple[datetime, int]] = []
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

    def add_bundle(self, bundle_id: str, offers: list[Offer]) -> None:
        """Remember the offers of a bundle, which lapse together."""
        if not offers:
            return
        self.bundles[bundle_id] = [offer.id for offer in offers]
        self.offers.update((offer.id, offer) for offer in offers)
        self.bundle_queue.append((offers[0].lapses_at, bundle_id))

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
                if record.id not in self.open_prebookings:
                    heapq.heappush(self._lapses, (record.lapses_at, record.id))
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

    def count_places(self) -> None:
        """Count the taken places anew from the records, after they were read from a journal."""
        self.taken.clear()
        for held in self.prebookings.values():
            if not held.has_lapsed and (not held.booking_ids or self._is_used(held)):
                for key, _ in held.offer.claims:
                    self.taken[key] = self.taken.get(key, 0) + 1

    def _is_used(self, held: Prebooking) -> bool:
        """Whether a sold ticket stands for a hold: neither undone nor refunded."""
        return any(
            ticket.prebooking_id == held.id and booking.cancelled_at is None and ticket.refunded_at is None
            for booking in (self.bookings[booking_id] for booking_id in held.booking_ids)
            for ticket in booking.tickets
        )

    def release_places(self, claims: list[Claim]) -> None:
        """Give places back."""
        for key, _ in claims:
            self.taken[key] = max(0, self.taken.get(key, 0) - 1)

    def release_ticket(self, ticket: Ticket) -> None:
        """Give back the places of a ticket that was undone or refunded, once no other ticket stands for its hold."""
        held = self.prebookings[ticket.prebooking_id]
        if not self._is_used(held):
            self.release_places(held.offer.claims)

    def sweep(self, now: datetime) -> None:
        """Let everything lapse whose time has come."""
        while self.bundle_queue and self._is_forgettable(self.bundle_queue[0][0], now):
            _, bundle_id = self.bundle_queue.popleft()
            for offer_id in self.bundles.pop(bundle_id):
                del self.offers[offer_id]
        while self._lapses and self._lapses[0][0] <= now:
            _, prebooking_id = heapq.heappop(self._lapses)
            held = self.open_prebookings.get(prebooking_id)
            if held is not None:
                self._lapse(held)

    def _is_forgettable(self, lapsed_at: datetime, now: datetime) -> bool:
        return lapsed_at <= now and (lapsed_at + LAPSED_OFFERS_KEPT < now or len(self.offers) > OFFERS_KEPT)

    def _lapse(self, held: Prebooking) -> None:
        held.has_lapsed = True
        self.release_places(held.offer.claims)
        self.save(held)

    def expire_offers(self, now: datetime) -> int:
        """Let all offers lapse at once; gives how many had not lapsed yet."""
        living = [offer for offer in self.offers.values() if offer.lapses_at > now]
        for offer in living:
            offer.lapses_at = now
        return len(living)

    def expire_prebookings(self, now: datetime) -> int:
        """Let all prebookings that were not booked lapse at once; gives how many there were."""
        waiting = list(self.open_prebookings.values())
        for held in waiting:
            held.lapses_at = now
            self._lapse(held)
        return len(waiting)


def is_committed(booking: Booking, now: datetime) -> bool:
    """Whether the booking is final: committed by its buyer, or by itself after 20 minutes."""
    return booking.committed_at is not None or now >= booking.created_at + PENDING_LASTS
