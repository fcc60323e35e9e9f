"""Saver tickets and saver day passes: places at falling discounts, which run out. Money in Rappen.

Each train and day has, per class, so many places at each price; the numbers come from the seed. What is taken (held or
sold) decides the price of the next.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from b2p_sandbox.fares.tariff import round_up_to_step
from b2p_sandbox.records import Claim

DISCOUNTS_PERCENT = (60, 50, 40, 30, 20)
MIN_SAVER_KM = 15
ON_SALE_DAYS_AHEAD = 180
_MIN_SAVER_PRICE = 500
# Saver day pass by class and half-fare: the stand-in's prices of its five levels.
SAVER_DAY_PASS = {
    (2, True): (2900, 3900, 4900, 5900, 6900),
    (2, False): (5200, 6200, 7400, 8600, 9800),
    (1, True): (6600, 7600, 8800, 9900, 11200),
    (1, False): (8800, 10200, 11900, 13800, 15900),
}
_DAY_PASS_PLACES = (20, 40, 60, 80, 120)
# The day pass's first level that can still be had so many days ahead.
_DAY_PASS_LEVEL_BY_DAYS = ((30, 0), (14, 1), (7, 2), (2, 3), (0, 4))


class SaverPlaces:
    """The cumulative limits of every quota, drawn from the seed when first asked for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._limits: dict[str, tuple[int, ...]] = {}

    def list_limits(self, key: str) -> tuple[int, ...]:
        """For each discount level, how many places may be gone after the sale. One train in eight has none."""
        limits = self._limits.get(key)
        if limits is None:
            digest = hashlib.blake2b(f"{self._seed}|{key}".encode(), digest_size=8).digest()
            total = 0
            cumulative = []
            for level in range(len(DISCOUNTS_PERCENT)):
                total += 0 if digest[0] < 32 else digest[level + 1] % 6 + (1 if level else 0)
                cumulative.append(total)
            limits = tuple(cumulative)
            self._limits[key] = limits
        return limits

    def find_level(self, keys: Sequence[str], taken: dict[str, int], places: int) -> int | None:
        """The cheapest level at which `places` travellers still fit on all the trains, or None when sold out."""
        worst = 0
        for key in keys:
            needed = taken.get(key, 0) + places
            limits = self.list_limits(key)
            level = next((index for index, limit in enumerate(limits) if needed <= limit), None)
            if level is None:
                return None
            worst = max(worst, level)
        return worst

    def list_claims(self, keys: Sequence[str], level: int) -> list[Claim]:
        """What a traveller takes up at a level."""
        return [(key, self.list_limits(key)[level]) for key in keys]


def is_saver_on_sale(departure_at: datetime, distance_km: float, now: datetime) -> bool:
    """Whether savers are sold for a departure: far enough, not gone, at most 180 days ahead."""
    return distance_km >= MIN_SAVER_KM and now < departure_at <= now + timedelta(days=ON_SALE_DAYS_AHEAD)


def compute_saver_price(regular: int, level: int) -> int:
    """The regular price less the level's discount, up to 20 Rappen, at least CHF 5 (never above the regular price)."""
    price = round_up_to_step(regular * (100 - DISCOUNTS_PERCENT[level]) // 100, 20)
    return min(regular, max(price, _MIN_SAVER_PRICE))


def key_saver_place(train_key: str, travel_on: date, service_class: int) -> str:
    """The name of a train's quota on a day in a class."""
    return f"{train_key}|{travel_on.isoformat()}|{service_class}"


def key_day_pass(travel_on: date, service_class: int) -> str:
    """The name of a day's quota of saver day passes in a class."""
    return f"saver-day-pass|{travel_on.isoformat()}|{service_class}"


def find_day_pass_level(days_ahead: int, taken: int, places: int) -> tuple[int, int] | None:
    """Level and cumulative limit of a saver day pass, or None when the day is sold out or too far."""
    if days_ahead < 0 or days_ahead > ON_SALE_DAYS_AHEAD:
        return None
    first = next(level for days, level in _DAY_PASS_LEVEL_BY_DAYS if days_ahead >= days)
    limit = sum(_DAY_PASS_PLACES[:first])
    for level in range(first, len(_DAY_PASS_PLACES)):
        limit += _DAY_PASS_PLACES[level]
        if taken + places <= limit:
            return level, limit
    return None
