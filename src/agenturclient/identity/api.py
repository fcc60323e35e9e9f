"""Routes of identity: the session."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, Router, delete, get, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from agenturclient.core.problems import NotFound, fails_with
from agenturclient.core.requests import is_forwarded
from agenturclient.identity import service
from agenturclient.identity.access import (
    allows_everyone,
    clear_session,
    recognizes_everyone,
    requires_sign_in,
    write_session,
)
from agenturclient.identity.demo import list_demo_people
from agenturclient.identity.problems import CannotActThere, NoRole, SignInRefused
from agenturclient.identity.schemas import ChooseActing, DemoPerson, SessionView, SignIn
from agenturclient.identity.service import IdentityDesk
from agenturclient.settings import Settings, is_loopback_host

IdentityDeskDep = NamedDependency[IdentityDesk]
AnyRequest = Request[Any, Any, Any]
SIGN_IN_STORE = "sign_in_rates"


def provide_identity_desk(state: State) -> IdentityDesk:
    desk: IdentityDesk = state.identity_desk
    return desk


DEPENDENCIES = {"identity_desk": Provide(provide_identity_desk, sync_to_thread=False)}


@get(
    "/session",
    guards=[recognizes_everyone()],
    responses={
        200: ResponseSpec(SessionView, description="Who is signed in", generate_examples=False),
        204: ResponseSpec(None, description="Nobody is signed in"),
        **fails_with(),
    },
)
async def get_session_endpoint(request: AnyRequest, identity_desk: IdentityDeskDep) -> Response[SessionView | None]:
    """Who is signed in, for whom they act, and what they may do; nothing if nobody is.

    That is no refusal: every page asks first of all, and browsers log each refusal as an error.
    """
    if request.user is None:
        return Response(None, status_code=204)
    return Response(await service.describe_session(identity_desk, request.auth))


@post("/session", guards=[allows_everyone()], status_code=200, responses=fails_with(SignInRefused, NoRole))
async def sign_in_endpoint(request: AnyRequest, data: JSONBody[SignIn], identity_desk: IdentityDeskDep) -> SessionView:
    """Sign in with an e-mail address and a pass phrase (in the demo)."""
    _require_demo(request, identity_desk)
    session, view = await service.sign_in(identity_desk, data)
    write_session(request, session)
    return view


@put("/session/acting", guards=[requires_sign_in()], responses=fails_with(CannotActThere))
async def choose_acting_endpoint(
    request: AnyRequest, data: JSONBody[ChooseActing], identity_desk: IdentityDeskDep
) -> SessionView:
    """Act for another agency or in another branch."""
    session, view = await service.choose_acting(identity_desk, request.auth, data)
    write_session(request, session)
    return view


@delete("/session", guards=[requires_sign_in()], status_code=204, responses=fails_with())
async def sign_out_endpoint(request: AnyRequest, identity_desk: IdentityDeskDep) -> None:
    """Sign out, on every replica."""
    await service.sign_out(identity_desk, request.auth)
    clear_session(request)


@get("/session/demo-people", guards=[allows_everyone()], responses=fails_with())
async def list_demo_people_endpoint(request: AnyRequest, identity_desk: IdentityDeskDep) -> list[DemoPerson]:
    """The demo's people and their pass phrases; not found outside the demo."""
    _require_demo(request, identity_desk)
    return list_demo_people()


def _require_demo(request: AnyRequest, desk: IdentityDesk) -> None:
    """A second lock behind the settings: whatever they say, this answers this machine only, and on a loopback address.

    Somebody else's requests could come through a proxy on this machine, which mostly says so, or whose pages do.
    """
    server = request.scope["server"]
    origin = urlsplit(request.headers.get("origin", "http://localhost")).hostname
    is_local = server is not None and is_loopback_host(server[0]) and is_loopback_host(origin or "")
    if not desk.is_demo or not is_local or is_forwarded(request.headers):
        raise NotFound


def build_routes(settings: Settings) -> list[Any]:
    """The routes; outside the demo, those of the demo do not exist. Guessing pass phrases is slowed down by address."""
    routes: list[Any] = [get_session_endpoint, choose_acting_endpoint, sign_out_endpoint]
    if settings.is_demo:
        limit = RateLimitConfig(rate_limit=("minute", settings.http.sign_ins_per_minute), store=SIGN_IN_STORE)
        slow = Router("/", route_handlers=[sign_in_endpoint], middleware=[limit.middleware])
        routes += [slow, list_demo_people_endpoint]
    return routes
