"""Figures of a bench: percentiles and the lines that are printed."""

import math
import os
import platform
from collections.abc import Sequence


def find_percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` (0 to 1) of the values do not exceed; NaN of nothing."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def print_head(title: str, **parameters: object) -> None:
    """What is measured, with which parameters, and how busy the machine is with other things."""
    load = os.getloadavg()[0]
    named = ", ".join(f"{name} {value}" for name, value in parameters.items())
    print(f"\n== {title} ==")
    print(f"   {named}; Python {platform.python_version()}, {os.cpu_count()} cores, load before {load:.1f}", flush=True)


def format_row(name: str, cells: Sequence[str], width: int = 12) -> str:
    return f"{name:<34}" + "".join(f"{cell:>{width}}" for cell in cells)


def print_line(name: str, *cells: str, width: int = 12) -> None:
    print(format_row(name, cells, width), flush=True)
