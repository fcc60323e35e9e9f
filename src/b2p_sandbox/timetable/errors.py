"""What a question to the timetable can be refused for."""


class UnknownPlace(KeyError):
    """No station has this number."""

    def __init__(self, uic: int) -> None:
        super().__init__(f"no station {uic}")


class OutsideTimetable(ValueError):
    """The day is before yesterday, or more than a year ahead."""


class InvalidTripId(ValueError):
    """Not a tripId of this timetable: tampered with, cut, or of another seed."""


class ExpiredTripId(InvalidTripId):
    """The tripId was genuine, but its snapshot is too old."""


class InvalidScrollContext(ValueError):
    """Not a scroll context of this timetable."""
