"""Reads the station file data/places.csv (its README says where it comes from and what was reviewed)."""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """One station. `weight` is importance 0-100; `names` are (language, name) pairs other than the native name."""

    uic: int
    name: str
    canton: str
    lat: float
    lon: float
    weight: int
    abbreviations: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def _parse_names(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (item.split(":", 1) for item in text.split("|") if item)
    return tuple((language, name) for language, name in pairs)


def load_places() -> tuple[Place, ...]:
    """All places of the file, in its order; ValueError or KeyError if the file is malformed."""
    text = files("agenturclient.places").joinpath("data/places.csv").read_text("utf-8")
    return tuple(
        Place(
            uic=int(row["uic"]),
            name=row["name"],
            canton=row["canton"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            weight=int(row["weight"]),
            abbreviations=tuple(a for a in row["abbreviation"].split("|") if a),
            names=_parse_names(row["other_names"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
