"""A supplier that only searches for places."""

from agenturclient.core.problems import NotFound
from agenturclient.rail.errors import RailError
from agenturclient.rail.port import RailContext, RailPlace


class CountingRail:
    """Answers every search with the same places, or with an error, and keeps what it was asked."""

    def __init__(self, *places: RailPlace, error: RailError | None = None) -> None:
        self.places = places
        self.error = error
        self.names: list[str] = []
        self.contexts: list[RailContext] = []

    async def search_places(self, context: RailContext, name: str) -> tuple[RailPlace, ...]:
        self.names.append(name)
        self.contexts.append(context)
        if self.error is not None:
            raise self.error
        return self.places


async def find_contract_id(agency_code: str | None) -> str:
    if agency_code is None:
        raise NotFound
    return f"contract of {agency_code}"
