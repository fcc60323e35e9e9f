"""Settings of the supplier's client; embedded in the process's settings as `rail`."""

from typing import Final, Self
from urllib.parse import urlsplit

import pydantic
from pydantic import Field, SecretStr

_LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class RailSettings(pydantic.BaseModel):
    """How to reach B2P, how long to wait, how many calls at a time, when to repeat. Times in seconds."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

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
