"""Routes of places. ``app.py`` sets ``state.places`` to a ``PlacesCache``."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, HeaderParameter, QueryParameter

from agenturclient.core.frontend import choose_encoding
from agenturclient.core.problems import Busy, fails_with
from agenturclient.deps import CallerDep, Permission, requires
from agenturclient.places.problems import PlaceSearchRefused, PlaceSearchUnavailable
from agenturclient.places.schemas import FoundPlaces, PlaceList
from agenturclient.places.service import (
    MAXIMUM_NAME_LENGTH,
    MINIMUM_NAME_LENGTH,
    PlacesCache,
    search_supplier_places,
)
from agenturclient.rail.port import Language

_FOR_EVER = "private, max-age=31536000, immutable"
_ASK_AGAIN = "private, no-cache"
PlacesDep = NamedDependency[PlacesCache]


def provide_places(state: State) -> PlacesCache:
    places: PlacesCache = state.places
    return places


DEPENDENCIES = {"places": Provide(provide_places, sync_to_thread=False)}


@get(
    "/places",
    guards=[requires(Permission.PLACES_READ)],
    responses={
        200: ResponseSpec(PlaceList, description="The list", generate_examples=False),
        304: ResponseSpec(None, description="The list that If-None-Match names is still the present one"),
        **fails_with(),
    },
    sync_to_thread=False,
)
def list_places_endpoint(
    request: Request[Any, Any, Any],
    places: PlacesDep,
    version: Annotated[
        str | None,
        QueryParameter(
            max_length=64, description="The present version is answered to be kept for ever, another with the present."
        ),
    ] = None,
    if_none_match: Annotated[str | None, HeaderParameter(name="If-None-Match", max_length=1000)] = None,
) -> Response[Any]:
    """All stations that are searched in the browser: `[uic, name, weight, abbreviations, other names]` each."""
    etag = f'W/"{places.list.version}"'
    headers = {
        "ETag": etag,
        "Cache-Control": _FOR_EVER if version == places.list.version else _ASK_AGAIN,
        "Vary": "Accept-Encoding",
    }
    if if_none_match is not None and _has_etag(if_none_match, etag):
        return Response(None, status_code=304, headers=headers)
    encoding = choose_encoding(request.headers.get("accept-encoding", ""), places.list_bodies)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(places.list_bodies[encoding], headers=headers, media_type="application/json")


def _has_etag(if_none_match: str, etag: str) -> bool:
    """Weak comparison (RFC 9110 section 13.1.2); our tags have no comma."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags


@get(
    "/places/search",
    guards=[requires(Permission.PLACES_READ)],
    responses=fails_with(PlaceSearchUnavailable, PlaceSearchRefused, Busy),
)
async def search_places_endpoint(
    caller: CallerDep,
    places: PlacesDep,
    name: Annotated[str, QueryParameter(min_length=MINIMUM_NAME_LENGTH, max_length=MAXIMUM_NAME_LENGTH)],
    language: FromQuery[Language] = "de",
) -> FoundPlaces:
    """Places by name as SBB finds them: bus stops, tram stops, and what else the list lacks."""
    return await search_supplier_places(places, agency_code=caller.agency_code, text=name, language=language)


ROUTES: list[Any] = [list_places_endpoint, search_places_endpoint]
