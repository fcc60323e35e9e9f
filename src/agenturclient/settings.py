"""One Settings object for the process: from the environment and an optional file, refused when unsafe or unknown.

Environment names start with ``AGENTURCLIENT_`` and join a section and its field by two underscores, for example
``AGENTURCLIENT_DATABASE__URL``. The file (``AGENTURCLIENT_SETTINGS_FILE``) is TOML with the same sections.
"""

import os
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeGuard, get_args, get_origin
from urllib.parse import urlsplit

import pydantic
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "AGENTURCLIENT_"
FILE_VARIABLE = "AGENTURCLIENT_SETTINGS_FILE"
_LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback_host(host: str) -> bool:
    """Whether a name or address is this machine's own and reachable from nowhere else."""
    return host.lower() in _LOOPBACK_HOSTS


class UnsafeSettingError(Exception):
    """A setting is unknown, unreadable or unsafe; the message is one sentence that names the variable."""


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(Section):
    url: str = Field("sqlite+aiosqlite:///agenturclient.sqlite", description="SQLAlchemy address of the database.")
    pool_size: int = Field(10, ge=1, le=200, description="Connections kept to MariaDB or MySQL.")
    pool_timeout_seconds: float = Field(5, gt=0, description="How long a request waits for a connection.")
    statement_timeout_seconds: float = Field(10, gt=0, description="How long a statement waits for a lock.")

    @pydantic.field_validator("url")
    @classmethod
    def _check_driver(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite://", "mysql+asyncmy://")):
            raise ValueError("must start with sqlite+aiosqlite:// or mysql+asyncmy://")
        return value


class HttpSettings(Section):
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8700, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    is_https: bool = Field(False, description="Whether browsers reach us by HTTPS (cookies are then Secure).")
    allowed_hosts: str = Field(
        "", description="Names by which browsers reach us, separated by commas; loopback names need not be listed."
    )
    trusted_proxies: str = Field(
        "", description="Addresses or networks whose X-Forwarded-For is believed, separated by commas; empty for none."
    )
    max_body_bytes: int = Field(1_000_000, ge=10_000, description="Largest request body.")
    requests_per_minute: int = Field(1200, ge=1, description="Requests a minute per signed-in person or address.")
    sign_ins_per_minute: int = Field(20, ge=1, description="Sign-in attempts a minute per address.")
    drain_seconds: float = Field(0, ge=0, le=300, description="How long a stopping replica goes on accepting.")
    graceful_timeout_seconds: int = Field(45, ge=1, description="How long requests in flight may take at the stop.")


class SessionSettings(Section):
    secret: SecretStr = Field(
        SecretStr(""), description="Seals the session cookie; 32 characters or more, the same in every replica."
    )
    previous_secret: SecretStr = Field(SecretStr(""), description="Still opens cookies after the secret was changed.")
    idle_seconds: int = Field(10 * 3600, ge=300, description="A session ends after so long without a request.")
    max_seconds: int = Field(14 * 3600, ge=300, description="A session ends so long after the sign-in.")


class SaleSettings(Section):
    hold_reserve_seconds: int = Field(
        60, ge=0, description="Confirming is refused if the hold ends before the confirm budget plus this."
    )
    undo_seconds: int = Field(20 * 60, ge=0, description="How long B2P lets a booking be undone.")
    lease_seconds: int = Field(60, ge=1, description="How long one replica works on an order undisturbed.")
    recovery_interval_seconds: float = Field(1.0, gt=0, description="Pause between two looks for unfinished orders.")
    is_recovery_enabled: bool = Field(True, description="Whether this replica brings unfinished orders to an end.")
    abandon_after_hours: int = Field(72, ge=1, description="An open basket is given up after so long.")
    document_days_after_travel: int = Field(30, ge=0, description="Tickets' documents are kept so long after travel.")


class TelemetrySettings(Section):
    log_format: Literal["json", "console"] = Field("json", description="How log lines look.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    otlp_endpoint: str = Field("", description="OpenTelemetry collector (OTLP over HTTP); empty for none.")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token that opens /metrics; without one it answers loopback addresses only."
    )


class RailSettings(Section):
    """How to reach B2P, how long to wait, how many calls at a time, when to repeat. Times in seconds."""

    base_url: str = Field("http://127.0.0.1:8787", description="Address of B2P. HTTPS except on loopback.")
    token_url: str = Field(
        "http://127.0.0.1:8787/token",
        description="OAuth 2 token endpoint (client credentials). HTTPS except on loopback.",
    )
    is_unencrypted_allowed: bool = Field(
        False, description="Whether plain HTTP may leave this machine, because something else encrypts it (a mesh)."
    )
    client_id: str = Field("", description="OAuth client id that SBB gave us.")
    client_secret: SecretStr = Field(SecretStr(""), description="OAuth client secret that SBB gave us.")
    scope: str = Field("", description="OAuth scope to ask for; empty for none.")
    token_timeout_seconds: float = Field(5.0, gt=0, le=60, description="Time for one token request.")
    token_renewal_margin_seconds: float = Field(
        60.0, ge=0, le=3600, description="A token is renewed so long before it expires (half its life at most)."
    )

    places_budget_seconds: float = Field(2.0, gt=0, le=120, description="Total time for a search of places.")
    trips_budget_seconds: float = Field(5.0, gt=0, le=120, description="Total time for a search of connections.")
    prices_budget_seconds: float = Field(8.0, gt=0, le=120, description="Total time for prices.")
    offers_budget_seconds: float = Field(8.0, gt=0, le=120, description="Total time for offers.")
    products_budget_seconds: float = Field(8.0, gt=0, le=120, description="Total time for the list of products.")
    hold_budget_seconds: float = Field(10.0, gt=0, le=120, description="Total time for a prebooking.")
    confirm_budget_seconds: float = Field(
        30.0,
        gt=0,
        le=120,
        description="Total time for confirming: payment, booking and check together; each alone gets at most this.",
    )
    read_budget_seconds: float = Field(8.0, gt=0, le=120, description="Total time for looking a booking up.")
    document_budget_seconds: float = Field(10.0, gt=0, le=120, description="Total time for fetching a document.")
    status_budget_seconds: float = Field(3.0, gt=0, le=120, description="Total time for status and announcements.")
    connect_timeout_seconds: float = Field(
        3.0, gt=0, le=60, description="Time to connect (name, TCP, TLS) before the attempt counts as never left."
    )

    places_max_concurrent_calls: int = Field(16, ge=1, description="Searches of places under way at a time.")
    trips_max_concurrent_calls: int = Field(32, ge=1, description="Searches of connections under way at a time.")
    prices_max_concurrent_calls: int = Field(32, ge=1, description="Price calls under way at a time.")
    offers_max_concurrent_calls: int = Field(32, ge=1, description="Offer calls under way at a time, per kind.")
    products_max_concurrent_calls: int = Field(4, ge=1, description="Product calls under way at a time.")
    hold_max_concurrent_calls: int = Field(32, ge=1, description="Prebookings under way at a time.")
    confirm_max_concurrent_calls: int = Field(
        64, ge=1, description="Payments, bookings, commits, undos under way at a time, each."
    )
    read_max_concurrent_calls: int = Field(32, ge=1, description="Look-ups of bookings under way at a time.")
    document_max_concurrent_calls: int = Field(16, ge=1, description="Documents being fetched at a time.")
    status_max_concurrent_calls: int = Field(2, ge=1, description="Status calls under way at a time.")
    max_queued_calls: int = Field(
        64, ge=0, description="Calls of one operation that may wait for their turn; beyond it they are refused at once."
    )

    max_attempts: int = Field(
        3, ge=1, le=10, description="How often a call is tried at most, within its budget, on network errors."
    )
    backoff_initial_seconds: float = Field(0.1, gt=0, le=10, description="Longest pause before the first repetition.")
    backoff_max_seconds: float = Field(1.0, gt=0, le=30, description="Longest pause before any repetition.")
    repeat_booking_is_safe: bool = Field(
        False, description="Whether SBB confirmed that booking the same prebookings twice gives one booking."
    )

    is_breaker_enabled: bool = Field(False, description="Whether a circuit breaker guards each operation.")
    breaker_failure_threshold: int = Field(
        10, ge=1, description="Failures in a row after which the breaker of an operation opens."
    )
    breaker_open_seconds: float = Field(
        15.0, gt=0, description="How long an open breaker turns calls away before it lets one through."
    )
    max_answer_bytes: int = Field(
        20_000_000, ge=100_000, description="Answers beyond this size are not read to their end."
    )

    @pydantic.model_validator(mode="after")
    def _check_addresses(self) -> Self:
        for name in ("base_url", "token_url"):
            parts = urlsplit(getattr(self, name))
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
                message = f"{name} must be an http or https address without query"
                raise ValueError(message)
            if parts.username is not None or parts.password is not None:
                message = f"{name} must not contain credentials"
                raise ValueError(message)
            is_safe = parts.scheme == "https" or parts.hostname in _LOOPBACK_HOSTS or self.is_unencrypted_allowed
            if not is_safe:
                message = f"{name} must be https, for tokens and names of travellers would go unencrypted"
                raise ValueError(message)
        return self

    @pydantic.model_validator(mode="after")
    def _check_backoff(self) -> Self:
        if self.backoff_max_seconds < self.backoff_initial_seconds:
            message = "backoff_max_seconds must not be below backoff_initial_seconds"
            raise ValueError(message)
        return self


class Settings(BaseSettings):
    """Everything that can be set. Passed in, never global."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, case_sensitive=False
    )

    # Whether the demo's people, with their published pass phrases, may sign in. Said on the command line alone
    # (`demo`, `serve --demo`): a variable may be left behind somewhere, and a file may be copied.
    is_demo: bool = False
    database: DatabaseSettings = DatabaseSettings()
    http: HttpSettings = HttpSettings()
    session: SessionSettings = SessionSettings()
    sale: SaleSettings = SaleSettings()
    rail: RailSettings = RailSettings()
    telemetry: TelemetrySettings = TelemetrySettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The environment wins over the file (which load_settings passes as init), for it is what an operator sees last.
        return (env_settings, init_settings)

    @pydantic.model_validator(mode="after")
    def _check_safety(self) -> "Settings":
        if self.is_demo and self.http.host not in _LOOPBACK_HOSTS:
            raise ValueError(f"{PREFIX}HTTP__HOST must be a loopback address in the demo")
        if self.is_demo and self.http.allowed_hosts:
            raise ValueError(f"{PREFIX}HTTP__ALLOWED_HOSTS must be empty in the demo, which this machine alone reaches")
        if self.is_demo and self.http.trusted_proxies:
            raise ValueError(
                f"{PREFIX}HTTP__TRUSTED_PROXIES must be empty in the demo, which this machine alone reaches"
            )
        # A hold may fetch its offers anew first, and has its budget twice.
        longest_seconds = max(self.rail.confirm_budget_seconds, 2 * self.rail.hold_budget_seconds)
        if self.sale.lease_seconds <= longest_seconds:
            raise ValueError(
                f"{PREFIX}SALE__LEASE_SECONDS must be more than {longest_seconds:g}, the longest a sale may take, "
                "or another replica would take it over meanwhile"
            )
        if len(self.session.secret.get_secret_value()) < 32:
            raise ValueError(f"{PREFIX}SESSION__SECRET must have 32 characters or more")
        return self


def make_secret() -> SecretStr:
    """A session secret for a process that needs none to last (tests)."""
    return SecretStr(secrets.token_urlsafe(32))


def load_settings(**values: Any) -> Settings:
    """Read the settings from the environment and the file it names; ``values`` stand in for the file.

    Raises:
        UnsafeSettingError: a variable is unknown, or its value cannot be used.
    """
    _refuse_unknown_variables(os.environ)
    file_values = _read_file(os.environ.get(FILE_VARIABLE))
    if "is_demo" in file_values:
        raise UnsafeSettingError(f"{FILE_VARIABLE}: is_demo is no setting; say `agenturclient serve --demo`")
    try:
        return Settings(**_merge(file_values, values))
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "__".join(str(part).upper() for part in first["loc"])
        message = str(first["msg"]).removeprefix("Value error, ")
        raise UnsafeSettingError(message if not first["loc"] else f"{name}: {message}") from None


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in over.items():
        if isinstance(value, Mapping) and isinstance(merged.get(name), Mapping):
            merged[name] = _merge(merged[name], value)
        else:
            merged[name] = value
    return merged


def _read_file(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnsafeSettingError(f"{FILE_VARIABLE}: the file cannot be read ({error})") from None


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {setting.variable for setting in describe_settings()} | {FILE_VARIABLE}
    for name in environment:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise UnsafeSettingError(f"{name} is not a setting; `agenturclient settings` lists them all")


class SettingDescription(BaseModel):
    variable: str
    type: str
    default: str
    meaning: str
    is_secret: bool


def describe_settings() -> Iterator[SettingDescription]:
    """Every setting with its variable, type, default and meaning; secrets say so and never show a value."""
    yield from _describe_model(Settings, PREFIX)


def _is_section(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _name_type(annotation: object) -> str:
    """What may be written: ``int``, or the words there are to choose from."""
    if get_origin(annotation) is Literal:
        return " | ".join(str(word) for word in get_args(annotation))
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def _describe_model(model: type[BaseModel], prefix: str) -> Iterator[SettingDescription]:
    for name, field in model.model_fields.items():
        if field.description is None and not _is_section(field.annotation):
            continue
        annotation = field.annotation
        if _is_section(annotation):
            yield from _describe_model(annotation, f"{prefix}{name.upper()}__")
            continue
        is_secret = annotation is SecretStr
        yield SettingDescription(
            variable=prefix + name.upper(),
            type="text" if is_secret else _name_type(annotation),
            default="" if is_secret else str(field.default),
            meaning=field.description or "",
            is_secret=is_secret,
        )
