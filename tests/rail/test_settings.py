"""The supplier's settings: documented, and refused when unsafe."""

import pydantic
import pytest

from agenturclient.rail.b2p.errors import Operation
from agenturclient.rail.b2p.transport import read_limits
from agenturclient.settings import RailSettings


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, field in RailSettings.model_fields.items() if not field.description] == []


def test_every_operation_has_limits() -> None:
    limits = {operation: read_limits(RailSettings(), operation) for operation in Operation}
    assert limits[Operation.SEARCH_PLACES].budget_seconds == 2
    assert limits[Operation.SEARCH_TRIPS].budget_seconds == 5
    assert limits[Operation.FIND_PRICES].budget_seconds == 8
    assert limits[Operation.FIND_TRIP_OFFERS].budget_seconds == 8
    assert limits[Operation.HOLD_OFFERS].budget_seconds == 10
    assert limits[Operation.BOOK].budget_seconds == 30
    assert all(limit.max_concurrent_calls >= 1 for limit in limits.values())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("base_url", "http://b2p.example.org"),
        ("token_url", "http://login.example.org/token"),
        ("base_url", "ftp://127.0.0.1"),
        ("base_url", "127.0.0.1:8787"),
        ("base_url", "https://me:secret@b2p.example.org"),
        ("places_budget_seconds", 0),
        ("max_attempts", 0),
        ("trips_max_concurrent_calls", 0),
        ("max_queued_calls", -1),
        ("backoff_max_seconds", 0.01),
        ("not_a_setting", 1),
    ],
)
def test_unsafe_values_are_refused(field: str, value: object) -> None:
    with pytest.raises(pydantic.ValidationError) as raised:
        RailSettings.model_validate({field: value})
    assert field in str(raised.value)


def test_safe_addresses_are_taken() -> None:
    assert RailSettings(base_url="https://b2p.example.org").base_url == "https://b2p.example.org"
    assert RailSettings(base_url="http://b2p.svc", is_unencrypted_allowed=True).base_url == "http://b2p.svc"


def test_careful_by_default() -> None:
    settings = RailSettings()
    assert not settings.is_breaker_enabled
    assert not settings.repeat_booking_is_safe
    assert not settings.is_unencrypted_allowed


def test_secret_is_not_printed() -> None:
    assert "pssst" not in repr(RailSettings(client_secret=pydantic.SecretStr("pssst")))
