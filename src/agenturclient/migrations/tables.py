"""Every table of the product: importing the features' models fills the one ``metadata``."""

import importlib
import pkgutil

from sqlalchemy import MetaData

import agenturclient
from agenturclient.core import database


def load_tables() -> MetaData:
    """The metadata with every feature's tables, found by their place: ``<feature>/models.py`` and ``core/*``."""
    for module in pkgutil.walk_packages(agenturclient.__path__, f"{agenturclient.__name__}."):
        if module.name.endswith(".models") or module.name.startswith("agenturclient.core."):
            importlib.import_module(module.name)
    return database.metadata
