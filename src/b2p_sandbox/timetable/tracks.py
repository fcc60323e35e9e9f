"""Which track a line uses at a station: invented, but always the same."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from b2p_sandbox.timetable.courses import Course
from b2p_sandbox.timetable.places import Place

MOST_TRACKS = 12
MAIN_STATION = 8503000
MAIN_STATION_TRACKS = tuple(str(track) for track in range(3, 19))
MAIN_STATION_SUBURBAN_TRACKS = ("31", "32", "33", "34", "41", "42", "43", "44")


class TrackPlan:
    """Gives each course its track at each of its stations."""

    def __init__(self, places: Sequence[Place], courses: Sequence[Course]) -> None:
        self._places = places
        self._course_counts = Counter(station for course in courses for station in set(course.stations))

    def find_track(self, course: Course, station: int) -> str | None:
        """The track, or None where there are none (landing stages)."""
        return self._choose(course, station, 0)

    def find_other_track(self, course: Course, station: int) -> str | None:
        """The track used instead when plans change; None when the station has no other."""
        usual = self._choose(course, station, 0)
        others = (self._choose(course, station, attempt) for attempt in range(1, 6))
        return next((track for track in others if track != usual), None)

    def _choose(self, course: Course, station: int, attempt: int) -> str | None:
        if course.vehicle_type == "BOAT":
            return None
        place = self._places[station]
        tracks = self._list_tracks(place, station, course)
        half = len(tracks) // 2
        if half == 0:
            return tracks[0]
        text = f"{course.code.rstrip('<')}/{place.uic}/{attempt}"
        chosen = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") % half
        return tracks[2 * chosen + (course.is_reverse + attempt) % 2]

    def _list_tracks(self, place: Place, station: int, course: Course) -> Sequence[str]:
        if place.uic == MAIN_STATION:
            return MAIN_STATION_SUBURBAN_TRACKS if course.category == "S" else MAIN_STATION_TRACKS
        count = self._course_counts[station]
        if count <= 2 and station in (course.stations[0], course.stations[-1]):
            return ("1",)
        return tuple(str(track) for track in range(1, 1 + min(MOST_TRACKS, max(2, count // 4 * 2))))
