"""An unsafe or unknown value stops the start with one sentence that names the variable."""

from pathlib import Path

import pytest

from agenturclient.settings import UnsafeSettingError, describe_settings, load_settings

SECRET = "x" * 32


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in describe_settings():
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.delenv("AGENTURCLIENT_SETTINGS_FILE", raising=False)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("AGENTURCLIENT_HTTP__PROT", "1"),
        ("AGENTURCLIENT_NONSENSE", "1"),
        ("AGENTURCLIENT_HTTP__PORT", "eighty"),
        ("AGENTURCLIENT_HTTP__PORT", "99999"),
        ("AGENTURCLIENT_DATABASE__URL", "postgresql://x/y"),
        ("AGENTURCLIENT_SESSION__SECRET", "short"),
        ("AGENTURCLIENT_SALE__LEASE_SECONDS", "0"),
        ("AGENTURCLIENT_TELEMETRY__LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv("AGENTURCLIENT_SESSION__SECRET", SECRET)
    monkeypatch.setenv(variable, value)
    with pytest.raises(UnsafeSettingError) as caught:
        load_settings()
    assert variable in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "short" not in str(caught.value), "a secret's value is never shown"


def test_a_lease_outlasts_every_step_of_a_sale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a second replica takes a payment that is still under way for one whose answer was lost."""
    monkeypatch.setenv("AGENTURCLIENT_SESSION__SECRET", SECRET)
    for name, value in (("SALE__LEASE_SECONDS", "30"), ("RAIL__CONFIRM_BUDGET_SECONDS", "60")):
        with monkeypatch.context() as patched:
            patched.setenv(f"AGENTURCLIENT_{name}", value)
            with pytest.raises(UnsafeSettingError, match="AGENTURCLIENT_SALE__LEASE_SECONDS must be more than"):
                load_settings()
    monkeypatch.setenv("AGENTURCLIENT_SALE__LEASE_SECONDS", "31")
    assert load_settings().sale.lease_seconds == 31


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "agency.example"])  # noqa: S104 -- refused
def test_the_demo_listens_on_loopback_only(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("AGENTURCLIENT_SESSION__SECRET", SECRET)
    monkeypatch.setenv("AGENTURCLIENT_HTTP__HOST", host)
    assert load_settings().http.host == host
    with pytest.raises(UnsafeSettingError, match="AGENTURCLIENT_HTTP__HOST"):
        load_settings(is_demo=True)


@pytest.mark.parametrize("name", ["AGENTURCLIENT_HTTP__ALLOWED_HOSTS", "AGENTURCLIENT_HTTP__TRUSTED_PROXIES"])
def test_the_demo_is_for_this_machine_alone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("AGENTURCLIENT_SESSION__SECRET", SECRET)
    monkeypatch.setenv(name, "10.0.0.1")
    with pytest.raises(UnsafeSettingError, match=name):
        load_settings(is_demo=True)


def test_the_demo_is_said_on_the_command_line_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AGENTURCLIENT_SESSION__SECRET", SECRET)
    file = tmp_path / "settings.toml"
    file.write_text("is_demo = true\n")
    monkeypatch.setenv("AGENTURCLIENT_SETTINGS_FILE", str(file))
    with pytest.raises(UnsafeSettingError, match="serve --demo"):
        load_settings()
    monkeypatch.delenv("AGENTURCLIENT_SETTINGS_FILE")
    for name in ("AGENTURCLIENT_IS_DEMO", "agenturclient_is_demo"):
        with monkeypatch.context() as patched:
            patched.setenv(name, "true")
            with pytest.raises(UnsafeSettingError, match=f"{name} is not a setting"):
                load_settings()
    assert not load_settings().is_demo


@pytest.mark.parametrize("values", [{}, {"is_demo": True}])
def test_without_a_secret_nothing_starts(values: dict[str, bool]) -> None:
    with pytest.raises(UnsafeSettingError, match="AGENTURCLIENT_SESSION__SECRET"):
        load_settings(**values)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[session]\nsecret = "{SECRET}"\n[http]\nport = 9000\nhost = "localhost"\n')
    monkeypatch.setenv("AGENTURCLIENT_SETTINGS_FILE", str(file))
    monkeypatch.setenv("AGENTURCLIENT_HTTP__PORT", "9001")
    settings = load_settings()
    assert (settings.http.port, settings.http.host) == (9001, "localhost")
    file.write_text("[http]\nprot = 1\n")
    with pytest.raises(UnsafeSettingError, match="HTTP__PROT"):
        load_settings()


def test_every_setting_has_a_meaning_and_no_secret_a_default() -> None:
    settings = list(describe_settings())
    assert len(settings) > 50
    assert all(setting.meaning.endswith(".") for setting in settings)
    secrets = {setting.variable for setting in settings if setting.is_secret}
    assert {"AGENTURCLIENT_SESSION__SECRET", "AGENTURCLIENT_RAIL__CLIENT_SECRET"} <= secrets
    assert all(setting.default == "" for setting in settings if setting.is_secret)
