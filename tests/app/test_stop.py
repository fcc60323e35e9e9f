"""The stop of a replica closes what the start opened, also when something of it fails."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agenturclient.app import create_app
from agenturclient.rail.b2p.client import B2pRail
from app.conftest import make_settings


async def test_counts_that_cannot_be_written_do_not_leave_connections_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    close_rail, dispose = B2pRail.close_rail, AsyncEngine.dispose

    async def note_rail(rail: B2pRail) -> None:
        closed.append("rail")
        await close_rail(rail)

    async def note_engine(engine: AsyncEngine) -> None:
        closed.append("engine")
        await dispose(engine)

    monkeypatch.setattr(B2pRail, "close_rail", note_rail)
    monkeypatch.setattr(AsyncEngine, "dispose", note_engine)
    # A database without tables: nothing can be written there.
    app = create_app(make_settings(f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite"))
    async with app.lifespan():
        app.state.lookups.count_look("gipfel", "trips")
    assert closed == ["rail", "engine"]
