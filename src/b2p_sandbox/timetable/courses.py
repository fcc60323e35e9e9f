"""Line courses: the text format of lines.txt, running times, runs and train numbers."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from b2p_sandbox.timetable.places import Place, measure_distance_km, read_data_file

# The service day: minutes since midnight; what runs after midnight belongs to the day before.
DAY_START = 5 * 60
DAY_END = 24 * 60 + 40
# Tracks are longer than the straight line between stations.
TRACK_DETOUR = 1.2
DEFAULT_FIRST_NUMBER = 10_000
COG_RAILWAYS = frozenset({"WAB", "JB", "SPB", "BRB", "RB", "PB", "GGB", "MG"})
COG_LINES = frozenset({"R Naye", "R TPC 5"})
SPEEDS_KM_PER_HOUR = {"IC": 115, "IR": 100, "RE": 80, "S": 60, "L": 60, "BAT": 18, "FUN": 12}
DEFAULT_SPEED_KM_PER_HOUR = 45
COG_SPEED_KM_PER_HOUR = 18

_CALL = re.compile(r"^(?P<name>.*?)(?:=(?P<arrival>\d+)(?:/(?P<departure>\d+))?)?$")
_NAME = re.compile(r"^(?P<category>IC|IR|RE|R|S|L)\s?(?P<line>\d+)?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Course:
    """One direction of a line. Times are minutes since the run's start at the first station.

    Runs start at every minute of the service day that is `phase` modulo `interval`; a run serves the part of the course
    that lies between `window_start` and `window_end`. `code` names the course for good, also in tripIds.
    """

    code: str
    name: str
    category: str
    line: str
    operator: str
    vehicle_type: str
    stations: tuple[int, ...]
    arrivals: tuple[int, ...]
    departures: tuple[int, ...]
    interval: int
    phase: int
    window_start: int
    window_end: int
    first_number: int
    is_reverse: bool

    def find_start(self, position: int, ready: int) -> int | None:
        """The start of the first run that leaves the station at `position` at `ready` or later; None without one."""
        earliest = max(ready, self.window_start) - self.departures[position]
        start = earliest + (self.phase - earliest) % self.interval
        if start + self.arrivals[position + 1] > self.window_end:
            return None
        return start

    def find_served_part(self, start: int) -> tuple[int, int]:
        """The first and the last position that the run serves."""
        last = len(self.stations) - 1
        first = next(i for i in range(last) if start + self.departures[i] >= self.window_start)
        while last > first and start + self.arrivals[last] > self.window_end:
            last -= 1
        return first, last

    def number_run(self, start: int) -> int:
        """The train number: even in the direction of the file, odd in the other."""
        ordinal = (start + self.arrivals[-1] - self.window_start) // self.interval
        return self.first_number + 2 * ordinal + self.is_reverse

    def count_runs(self) -> int:
        """At most so many runs serve a part of the course in a day."""
        return (self.window_end - self.window_start + self.arrivals[-1]) // self.interval + 1

    def count_departures(self, position: int) -> int:
        """Departures a day at a station of the course."""
        if position == len(self.stations) - 1:
            return 0
        first = self.find_start(position, 0)
        if first is None:
            return 0
        return (self.window_end - self.arrivals[position + 1] - first) // self.interval + 1


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    operator: str
    interval: int
    departure: int
    window_start: int
    window_end: int
    first_number: int | None
    calls: tuple[tuple[str, int | None, int | None], ...]


def load_courses(index: Mapping[str, int], places: Sequence[Place]) -> list[Course]:
    """Both directions of every line of lines.txt; `index` gives a station's position in `places` by its name.

    Raises ValueError for a row that makes no sense: an unknown station, times that do not rise.
    """
    courses: list[Course] = []
    next_number = DEFAULT_FIRST_NUMBER
    for text in read_data_file("lines.txt").splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        row = _parse_row(text)
        forward = _build_course(row, index, places, row.first_number or next_number)
        courses += [forward, _reverse_course(forward)]
        if row.first_number is None:
            next_number += -(-2 * forward.count_runs() // 50) * 50
    return courses


def _parse_row(text: str) -> _Row:
    name, operator, interval, departure, window, number, course = (field.strip() for field in text.split("|"))
    window_start, window_end = (_parse_time(part) for part in window.split("-")) if window else (DAY_START, DAY_END)
    if window_end < window_start:
        window_end += 24 * 60
    calls = []
    for part in course.split(";"):
        match = _CALL.match(part.strip())
        if match is None:
            raise ValueError(f"{name}: {part}")
        arrival = int(match["arrival"]) if match["arrival"] else None
        departure_minute = int(match["departure"]) if match["departure"] else arrival
        calls.append((match["name"], arrival, departure_minute))
    return _Row(
        name,
        operator,
        int(interval),
        _parse_time(departure),
        window_start,
        window_end,
        int(number) if number else None,
        tuple(calls),
    )


def _parse_time(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def name_category(name: str, operator: str) -> tuple[str, str, str]:
    """Category, line number and kind of vehicle of a line of the file."""
    if name.startswith("Schiff"):
        return "BAT", "", "BOAT"
    if name.startswith("FUN"):
        return "FUN", "", "CABLE"
    if name in {"GEX", "PE"}:
        return name, "", "TRAIN"
    vehicle_type = "COG_RAILWAY" if operator in COG_RAILWAYS or name in COG_LINES else "TRAIN"
    match = _NAME.match(name)
    if match is None:
        return "R", "", vehicle_type
    category = "S" if match["category"] == "L" else match["category"]
    return category, match["line"] or "", vehicle_type


def name_line(name: str, category: str, line: str) -> str:
    """What travellers see: "IC 1", "S3", "L1", "R", "GEX"."""
    if category == "S":
        return (name[0] if name[:1] == "L" else "S") + line
    return f"{category} {line}".strip()


def _build_course(row: _Row, index: Mapping[str, int], places: Sequence[Place], first_number: int) -> Course:
    unknown = [name for name, _, _ in row.calls if name not in index]
    if unknown:
        raise ValueError(f"{row.name}: unknown stations {unknown}")
    category, line, vehicle_type = name_category(row.name, row.operator)
    speed = COG_SPEED_KM_PER_HOUR if vehicle_type == "COG_RAILWAY" else SPEEDS_KM_PER_HOUR.get(category, 0)
    stations = tuple(index[name] for name, _, _ in row.calls)
    arrivals, departures = _time_calls(row, [places[i] for i in stations], speed or DEFAULT_SPEED_KM_PER_HOUR)
    return Course(
        code=f"{row.name}@{row.calls[0][0]}",
        name=name_line(row.name, category, line),
        category=category,
        line=line,
        operator=row.operator,
        vehicle_type=vehicle_type,
        stations=stations,
        arrivals=tuple(arrivals),
        departures=tuple(departures),
        interval=row.interval,
        phase=row.departure % row.interval,
        window_start=row.window_start,
        window_end=row.window_end,
        first_number=first_number,
        is_reverse=False,
    )


def _time_calls(row: _Row, stops: Sequence[Place], speed: int) -> tuple[list[int], list[int]]:
    """Arrival and departure minutes: as given, and between (or after) what is given spread by distance."""
    hops = [
        measure_distance_km(one, other) * TRACK_DETOUR / speed * 60 + 0.7 for one, other in itertools.pairwise(stops)
    ]
    arrivals, departures = [0], [0]
    anchors = [0, *(i for i in range(1, len(stops)) if row.calls[i][1] is not None)]
    for first, last in zip(anchors, [*anchors[1:], len(stops) - 1], strict=True):
        if first == last:
            break
        natural = sum(hops[first:last])
        given = row.calls[last][1]
        total = given - departures[first] if given is not None else max(last - first, round(natural))
        gone = 0.0
        for i in range(first + 1, last + 1):
            gone += hops[i - 1]
            minute = departures[first] + round(gone / natural * total)
            minute = max(minute, departures[i - 1] + 1)
            minute = min(minute, departures[first] + total - (last - i))
            departure = row.calls[i][2]
            arrivals.append(minute)
            departures.append(minute if departure is None else departure)
    if any(arrivals[i + 1] <= departures[i] or departures[i] < arrivals[i] for i in range(len(stops) - 1)):
        raise ValueError(f"{row.name}: times do not rise {list(zip(arrivals, departures, strict=True))}")
    return arrivals, departures


def _reverse_course(course: Course) -> Course:
    """The opposite direction, mirrored at minute 00 as a regular-interval timetable is."""
    total = course.arrivals[-1]
    return Course(
        code=course.code + "<",
        name=course.name,
        category=course.category,
        line=course.line,
        operator=course.operator,
        vehicle_type=course.vehicle_type,
        stations=course.stations[::-1],
        arrivals=(*tuple(total - minute for minute in reversed(course.departures))[:-1], total),
        departures=(0, *tuple(total - minute for minute in reversed(course.arrivals))[1:]),
        interval=course.interval,
        phase=-(course.phase + total) % course.interval,
        window_start=course.window_start,
        window_end=course.window_end,
        first_number=course.first_number,
        is_reverse=True,
    )
