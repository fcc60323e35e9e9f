"""Connections as the sandbox speaks of them: a journey of legs, rides and ways on foot."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from b2p_sandbox.timetable.places import Place

# Real-time data of a train exists from so long before it leaves the leg's first station.
FORECAST_HORIZON = timedelta(hours=3)
# A guard waits a little: a change counts as kept when at most so many minutes of its time are missing.
WAITED_MINUTES = 2


class TrainKey(NamedTuple):
    """A train on its operating day: what quotas of saver tickets are counted by."""

    number: str
    day: date

    def __str__(self) -> str:
        return f"{self.number}/{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class StopCall:
    """A train at a station: planned times (None where the leg begins or ends), delays in minutes, the planned track,
    and the track that is used instead, if any."""

    place: Place
    position: int
    arrival_at: datetime | None
    departure_at: datetime | None
    arrival_delay_minutes: int
    departure_delay_minutes: int
    track: str | None
    changed_track: str | None
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class RideLeg:
    """A ride. `line` is what travellers see ("IC 1"), `direction` the name of the train's last station."""

    line: str
    line_number: str
    category: str
    train_number: str
    operator: str
    vehicle_type: str
    direction: str
    operating_day: date
    stops: tuple[StopCall, ...]
    is_cancelled: bool
    is_partly_cancelled: bool
    is_reachable: bool
    distance_km: float

    @property
    def departure_at(self) -> datetime:
        """Planned departure."""
        departure = self.stops[0].departure_at
        assert departure is not None  # noqa: S101 - a leg's first call always departs
        return departure

    @property
    def arrival_at(self) -> datetime:
        """Planned arrival."""
        arrival = self.stops[-1].arrival_at
        assert arrival is not None  # noqa: S101 - a leg's last call always arrives
        return arrival

    def is_foreseen(self, now: datetime) -> bool:
        """Whether real-time data of this ride is out by `now` (timezone-aware)."""
        return now >= self.departure_at - FORECAST_HORIZON


@dataclass(frozen=True, slots=True)
class WalkLeg:
    """A way between two stations; `is_walk` is False when it takes a bus, metro or cableway that is not in the data."""

    origin: Place
    destination: Place
    departure_at: datetime
    arrival_at: datetime
    is_walk: bool


Leg = RideLeg | WalkLeg


@dataclass(frozen=True, slots=True)
class Journey:
    """One connection on one day. `distance_km` is measured along the lines, `tariff_km` is what fares are made of,
    `trip_id` is opaque."""

    legs: tuple[Leg, ...]
    origin: Place
    destination: Place
    departure_at: datetime
    arrival_at: datetime
    distance_km: int
    tariff_km: int
    trip_id: str

    @property
    def rides(self) -> tuple[RideLeg, ...]:
        """The legs that are rides."""
        return tuple(leg for leg in self.legs if isinstance(leg, RideLeg))

    @property
    def changes(self) -> int:
        """How often one changes trains."""
        return len(self.rides) - 1

    @property
    def duration(self) -> timedelta:
        """Planned travelling time."""
        return self.arrival_at - self.departure_at

    @property
    def train_keys(self) -> tuple[TrainKey, ...]:
        """The trains with their operating day, in travelling order."""
        return tuple(TrainKey(leg.train_number, leg.operating_day) for leg in self.rides)

    @property
    def is_valid(self) -> bool:
        """Whether the journey will be possible to travel, with all that will ever be known about its trains."""
        return all(is_rideable(leg) for leg in self.rides)

    def is_valid_at(self, now: datetime) -> bool:
        """Whether it is possible to travel as far as `now` knows: what lies further ahead runs as planned."""
        return all(is_rideable(leg) or not leg.is_foreseen(now) for leg in self.rides)


def is_rideable(leg: RideLeg) -> bool:
    """Whether the ride runs between its ends and is reached in time."""
    return not leg.is_cancelled and not leg.is_partly_cancelled and leg.is_reachable


class TripPage(list[Journey]):
    """Connections in the order of departure, with the contexts for what comes before and after (None: nothing does)."""

    def __init__(self, journeys: list[Journey], *, scroll_back: str | None, scroll_forward: str | None) -> None:
        super().__init__(journeys)
        self.scroll_back = scroll_back
        self.scroll_forward = scroll_forward
