"""The composition root: what the product is made of, what runs by itself, and who reacts to what."""

import contextlib
import hmac
import importlib.metadata
import socket
import uuid
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, Final

import msgspec
import structlog
from litestar import Litestar, Request, Response, Router, get, route
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.enums import HttpMethod
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.openapi import OpenAPIConfig
from litestar.params import FromPath
from litestar.plugins.prometheus import PrometheusConfig
from litestar.types import Scope
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from agenturclient.agencies.service import choose_contract, list_agency_entries
from agenturclient.core.audit import AuditWitness
from agenturclient.core.background import BackgroundJobs
from agenturclient.core.bodies import StrictRequest
from agenturclient.core.database import Transactions, create_engine
from agenturclient.core.frontend import FrontEnd, find_build_folder
from agenturclient.core.idempotency import forget_old_keys
from agenturclient.core.outbox import Reaction, deliver_due_events
from agenturclient.core.problem_answers import CSRF_COOKIE, make_problem_plugin
from agenturclient.core.problems import NotFound
from agenturclient.core.requests import FramedApp, JsonBodyMiddleware, is_forwarded
from agenturclient.core.telemetry import open_tracing
from agenturclient.deps import allows_everyone, build_dependencies
from agenturclient.identity import api as identity_api
from agenturclient.identity.access import SessionMiddleware
from agenturclient.identity.attempts import record_refusal
from agenturclient.identity.demo import DemoDirectory, EmptyDirectory
from agenturclient.identity.sealing import derive_csrf_secret
from agenturclient.identity.service import IdentityDesk, forget_old_revocations
from agenturclient.offers import api as offers_api
from agenturclient.offers.service import Lookups, flush_look_counts
from agenturclient.orders import api as orders_api
from agenturclient.orders.committing import jobs as committing_jobs
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import put_away_lapsed_orders, recover_unfinished_orders
from agenturclient.places import api as places_api
from agenturclient.places.service import PlacesCache
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.settings import Settings, is_loopback_host
from agenturclient.status import api as status_api
from agenturclient.status.service import StatusBoard
from agenturclient.tickets import api as tickets_api
from agenturclient.tickets import jobs as ticket_jobs
from agenturclient.tickets.service import TicketDesk

_log = structlog.get_logger(__name__)
AnyRequest = Request[Any, Any, Any]

_LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_RATE_STORE: Final = "request_rates"
_OUTBOX_SECONDS: Final = 1.0
_TICKETS_SECONDS: Final = 1.0
_LOOK_COUNT_SECONDS: Final = 10.0
_TIDY_SECONDS: Final = 300.0
_STOP_SECONDS: Final = 40.0


def create_app(settings: Settings) -> FramedApp:
    """The product as an ASGI application; nothing is opened before its lifespan begins."""
    http = settings.http
    app = FramedApp(
        route_handlers=[*build_own_routes(settings), build_api(settings)],
        lifespan=[_run_product],
        dependencies=build_dependencies(),
        middleware=[
            PrometheusConfig(app_name="agenturclient", prefix="http", group_path=True).middleware,
            SessionMiddleware(is_https=http.is_https),
            RateLimitConfig(
                rate_limit=("minute", http.requests_per_minute),
                store=_RATE_STORE,
                exclude=["^/(livez|readyz|metrics)$", "^/assets/"],
                identifier_for_request=_identify_for_rate,
                set_rate_limit_headers=True,
            ).middleware,
            JsonBodyMiddleware(),
        ],
        csrf_config=CSRFConfig(
            secret=derive_csrf_secret(settings.session.secret.get_secret_value()),
            cookie_name=CSRF_COOKIE,
            cookie_secure=http.is_https,
        ),
        plugins=[make_problem_plugin()],
        after_exception=[_audit_refusal],
        request_class=StrictRequest,
        request_max_body_size=http.max_body_bytes,
        openapi_config=None,
        logging_config=None,
        state=State({"settings": settings, "is_draining": False}),
    )
    allowed = {host.strip().lower() for host in http.allowed_hosts.split(",") if host.strip()}
    app.set_frame(allowed_hosts=_LOOPBACK_NAMES | allowed, is_https=http.is_https)
    app.state.front_end = FrontEnd(find_build_folder())
    return app


def build_api(settings: Settings) -> Router:
    """Everything below ``/api``."""
    return Router(
        path="/api",
        route_handlers=[
            *identity_api.build_routes(settings),
            *places_api.ROUTES,
            *offers_api.ROUTES,
            *orders_api.ROUTES,
            *tickets_api.ROUTES,
            *status_api.ROUTES,
        ],
        dependencies={
            **identity_api.DEPENDENCIES,
            **places_api.DEPENDENCIES,
            **offers_api.DEPENDENCIES,
            **orders_api.DEPENDENCIES,
            **tickets_api.DEPENDENCIES,
            **status_api.DEPENDENCIES,
        },
    )


def describe_api(settings: Settings) -> dict[str, Any]:
    """Our HTTP interface as an OpenAPI 3.1 document."""
    config = OpenAPIConfig(
        title="Agenturclient",
        version=importlib.metadata.version("agenturclient"),
        use_handler_docstrings=True,
        path="/schema",
    )
    described = Litestar([build_api(settings)], dependencies=build_dependencies(), openapi_config=config)
    document: dict[str, Any] = _correct_tuples(described.openapi_schema.to_schema())
    return document


def _correct_tuples(node: Any) -> Any:
    """The framework describes a tuple as OpenAPI 3.0 did; in 3.1 its members stand under ``prefixItems``."""
    if isinstance(node, (list, tuple)):
        return [_correct_tuples(part) for part in node]
    if not isinstance(node, dict):
        return node
    corrected = {name: _correct_tuples(part) for name, part in node.items()}
    if isinstance(corrected.get("items"), list):
        members = corrected.pop("items")
        corrected |= {"prefixItems": members, "minItems": len(members), "maxItems": len(members), "items": False}
    return corrected


# --- the lifespan -----------------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _run_product(app: Litestar) -> AsyncIterator[None]:
    """Open what requests need, start what runs by itself; at the end stop and close it, in the other order."""
    settings: Settings = app.state.settings
    tracing = open_tracing(
        settings.telemetry.otlp_endpoint, service_version=importlib.metadata.version("agenturclient")
    )
    engine = create_engine(
        settings.database.url,
        pool_size=settings.database.pool_size,
        pool_timeout_seconds=settings.database.pool_timeout_seconds,
        statement_timeout_seconds=settings.database.statement_timeout_seconds,
    )
    rail = B2pRail(settings.rail)
    async with contextlib.AsyncExitStack() as closing:  # in the other order, and each even if another one fails
        if tracing is not None:
            closing.callback(tracing.shutdown)
        closing.push_async_callback(engine.dispose)
        await rail.open_rail()
        closing.push_async_callback(rail.close_rail)
        jobs = _furnish(app, settings, Transactions(engine, AuditWitness()), rail)
        closing.push_async_callback(_flush_last_look_counts, app.state.lookups)
        closing.push_async_callback(app.state.desk.finish_running)
        jobs.start_jobs()
        closing.push_async_callback(jobs.stop_jobs, _STOP_SECONDS)
        yield


async def _flush_last_look_counts(lookups: Lookups) -> None:
    """Losing some seconds' counts does not make a stop fail."""
    try:
        await flush_look_counts(lookups)
    except Exception:  # noqa: BLE001 -- whatever the database raises; what comes next at the stop must not be left out
        _log.warning("look_counts_lost", exc_info=True)


def _furnish(app: Litestar, settings: Settings, transactions: Transactions, rail: B2pRail) -> BackgroundJobs:
    """Put on the application what endpoints ask for, and list what a replica does by itself."""
    places = PlacesCache(rail, partial(choose_contract, transactions))
    lookups = Lookups(rail, transactions, places.rows)
    owner = f"{socket.gethostname()[:30]}-{uuid.uuid4().hex[:12]}"
    desk = SaleDesk(transactions=transactions, lookups=lookups, sale=settings.sale, rail=settings.rail, owner=owner)
    ticket_desk = TicketDesk(desk)
    identity_desk = IdentityDesk(
        settings=settings.session,
        transactions=transactions,
        directory=DemoDirectory() if settings.is_demo else EmptyDirectory(),
        agency_book=partial(list_agency_entries, transactions),
        is_demo=settings.is_demo,
    )
    app.state.update(
        {
            "transactions": transactions,
            "rail": rail,
            "lookups": lookups,
            "desk": desk,
            "ticket_desk": ticket_desk,
            "identity_desk": identity_desk,
            "places": places,
            "status_board": StatusBoard(rail),
        }
    )
    return _list_jobs(app, settings, desk, ticket_desk)


def list_reactions(ticket_desk: TicketDesk) -> dict[str, list[Reaction]]:
    """Who reacts to which event (design section 3): lower features tell, higher ones listen."""
    table: dict[str, list[Reaction]] = {
        event: [partial(react, ticket_desk) for react in reactions]
        for event, reactions in ticket_jobs.REACTIONS.items()
    }
    # Last, for it may have to be told again until SBB can be reached, and nothing else shall wait for that.
    for event, reactions in committing_jobs.REACTIONS.items():
        table.setdefault(event, []).extend(partial(react, ticket_desk.sale_desk) for react in reactions)
    return table


def _list_jobs(app: Litestar, settings: Settings, desk: SaleDesk, ticket_desk: TicketDesk) -> BackgroundJobs:
    transactions, interval = desk.transactions, settings.sale.recovery_interval_seconds
    jobs = BackgroundJobs()
    if settings.sale.is_recovery_enabled:
        jobs.add_job("recover_unfinished_orders", interval, partial(recover_unfinished_orders, desk))
        jobs.add_job("put_away_lapsed_orders", max(interval, 5.0), partial(put_away_lapsed_orders, desk))
    deliver = partial(deliver_due_events, transactions, list_reactions(ticket_desk))
    jobs.add_job("deliver_due_events", _OUTBOX_SECONDS, deliver)
    jobs.add_job("run_ticket_jobs", _TICKETS_SECONDS, partial(ticket_jobs.run_ticket_jobs, ticket_desk))
    jobs.add_job("flush_look_counts", _LOOK_COUNT_SECONDS, partial(flush_look_counts, desk.lookups))
    jobs.add_job("forget_old_revocations", _TIDY_SECONDS, partial(forget_old_revocations, app.state.identity_desk))
    jobs.add_job("forget_old_keys", _TIDY_SECONDS, partial(forget_old_keys, transactions))
    jobs.add_job("forget_old_rates", _TIDY_SECONDS, partial(_forget_old_rates, app))
    return jobs


async def _forget_old_rates(app: Litestar) -> None:
    for name in (_RATE_STORE, identity_api.SIGN_IN_STORE):
        await app.stores.get(name).delete_expired()  # type: ignore[attr-defined] # the memory store, our only one, has it


# --- refusals ---------------------------------------------------------------------------------------------------------


async def _audit_refusal(error: Exception, scope: Scope) -> None:
    await record_refusal(scope["litestar_app"].state.transactions, scope, error)


def _identify_for_rate(request: AnyRequest) -> str:
    """Whose requests are counted together: a signed-in person's, else an address's."""
    session = request.scope.get("auth")
    if session is not None:
        return f"person {session.subject}"
    return f"address {request.client.host if request.client else ''}"


# --- our own routes ---------------------------------------------------------------------------------------------------


def build_own_routes(settings: Settings) -> list[Any]:
    """What is not a feature's: health, metrics, the description, the front end."""

    @get("/api/openapi.json", guards=[allows_everyone()], include_in_schema=False, exclude_from_csrf=True)
    async def describe_api_endpoint(state: State) -> Response[bytes]:
        """Our HTTP interface as OpenAPI 3.1; made when somebody asks for the first time."""
        if "description" not in state:
            state.description = msgspec.json.encode(describe_api(settings))
        return Response(state.description, media_type="application/json")

    return [
        check_life_endpoint,
        check_readiness_endpoint,
        show_metrics_endpoint,
        describe_api_endpoint,
        serve_front_end,
    ]


@get("/livez", guards=[allows_everyone()], include_in_schema=False, exclude_from_csrf=True)
async def check_life_endpoint() -> dict[str, str]:
    """Whether the process answers at all; says nothing about what it depends on."""
    return {"state": "alive"}


@get("/readyz", guards=[allows_everyone()], include_in_schema=False, exclude_from_csrf=True)
async def check_readiness_endpoint(state: State) -> Response[dict[str, str]]:
    """Whether requests should be sent here: the database answers, and the replica is not about to leave.

    The supplier is left out on purpose: that it cannot be reached is told to sellers, by a replica that works.
    """
    if state.is_draining:
        return Response({"state": "draining"}, status_code=503)
    try:
        async with state.transactions.read() as session:
            await session.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001 -- whatever the driver raises, the answer is the same: not ready
        return Response({"state": "database unreachable"}, status_code=503)
    return Response({"state": "ready"})


@get("/metrics", guards=[allows_everyone()], include_in_schema=False, exclude_from_csrf=True)
async def show_metrics_endpoint(request: AnyRequest, state: State) -> Response[bytes]:
    """Prometheus metrics: with the bearer token from the settings, or from this machine itself if there is none."""
    token = state.settings.telemetry.metrics_token.get_secret_value()
    if token:
        given = request.headers.get("authorization", "")
        is_allowed = hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    else:
        is_local = request.client is not None and is_loopback_host(request.client.host)
        is_allowed = is_local and not is_forwarded(request.headers)
    if not is_allowed:
        raise NotFound
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


@route(
    ["/", "/{path:path}"],
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    guards=[allows_everyone()],
    include_in_schema=False,
    exclude_from_csrf=True,
)
async def serve_front_end(request: AnyRequest, state: State, path: FromPath[str] = "/") -> Response[bytes]:
    """The front end's files, and its start page for its own addresses."""
    front_end: FrontEnd = state.front_end
    return front_end.answer(request)
