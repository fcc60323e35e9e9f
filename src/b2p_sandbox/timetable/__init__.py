"""The stand-in's timetable: a regular-interval service on a large part of the Swiss network, with connections.

Stations are given by their number (UIC, seven digits), times are timezone-aware (Europe/Zurich), distances kilometres
along the lines. What runs after midnight belongs to the day before. Deterministic for a seed.
"""

from b2p_sandbox.timetable.errors import (
    ExpiredTripId,
    InvalidScrollContext,
    InvalidTripId,
    OutsideTimetable,
    UnknownPlace,
)
from b2p_sandbox.timetable.journeys import Journey, Leg, RideLeg, StopCall, TrainKey, TripPage, WalkLeg
from b2p_sandbox.timetable.places import Place
from b2p_sandbox.timetable.rendering import render_location, render_trip
from b2p_sandbox.timetable.timetable import Timetable, load_timetable

__all__ = [
    "ExpiredTripId",
    "InvalidScrollContext",
    "InvalidTripId",
    "Journey",
    "Leg",
    "OutsideTimetable",
    "Place",
    "RideLeg",
    "StopCall",
    "Timetable",
    "TrainKey",
    "TripPage",
    "UnknownPlace",
    "WalkLeg",
    "load_timetable",
    "render_location",
    "render_trip",
]
