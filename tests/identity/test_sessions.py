"""The session behind the cookie: how long it lasts, what it may hold, what ends it."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from agenturclient.core.database import Transactions
from agenturclient.core.problems import NotSignedIn
from agenturclient.identity.problems import NoRole, SignInRefused
from agenturclient.identity.queries import delete_old_revocations, has_revocation
from agenturclient.identity.schemas import (
    AgencyEntry,
    BrowserSession,
    Person,
    SessionAgency,
    SessionBranch,
    SignIn,
)
from agenturclient.identity.sealing import Sealer
from agenturclient.identity.service import (
    GROUPS_MAX_AGE_SECONDS,
    TOUCH_AFTER_SECONDS,
    IdentityDesk,
    forget_old_revocations,
    identify_caller,
    make_caller,
    open_session,
    seal_session,
    sign_in,
    sign_out,
)
from agenturclient.settings import SessionSettings

ANNA = Person(
    subject="anna", name="Anna", email="anna@a.example", language="de", groups=("/agencies/a/sellers", "/elsewhere")
)
COMMAND = SignIn(email="anna@a.example", pass_phrase="right")
START = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


class FakeDirectory:
    def __init__(self) -> None:
        self.person: Person | None = ANNA
        self.reads = 0

    async def find_person(self, subject: str) -> Person | None:
        self.reads += 1
        return self.person

    async def check_pass_phrase(self, email: str, pass_phrase: str) -> Person | None:
        return self.person if pass_phrase == "right" else None


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


async def find_entries(codes: frozenset[str]) -> list[AgencyEntry]:
    agency = SessionAgency(
        code="a",
        name="A",
        default_language="de",
        is_reference_mandatory=False,
        reference_pattern=None,
        means_of_payment="cash",
    )
    return [AgencyEntry(agency, (SessionBranch("one", "One"), SessionBranch("two", "Two")))] if "a" in codes else []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def directory() -> FakeDirectory:
    return FakeDirectory()


@pytest.fixture
def desk(transactions: Transactions, directory: FakeDirectory, clock: Clock) -> IdentityDesk:
    return make_desk(transactions, directory, clock)


def make_desk(transactions: Transactions, directory: FakeDirectory, clock: Clock, **settings: Any) -> IdentityDesk:
    return IdentityDesk(
        settings=SessionSettings(**{"secret": "s" * 32, "idle_seconds": 3600, "max_seconds": 7200, **settings}),
        transactions=transactions,
        directory=directory,
        agency_book=find_entries,
        is_demo=True,
        read_clock=clock,
    )


async def test_a_session_survives_its_cookie(desk: IdentityDesk) -> None:
    session, view = await sign_in(desk, COMMAND)
    assert open_session(desk, seal_session(desk, session)) == session
    assert session.groups == ("/agencies/a/sellers",), "only what counts where the person acts"
    assert (session.agency_code, session.branch_code) == ("a", "one")
    assert view.idle_until == START + dt.timedelta(seconds=3600)
    assert make_caller(session).roles == {"seller"}
    assert len(seal_session(desk, session)) < 1500


async def test_a_session_ends_when_nothing_is_asked_and_at_its_age(desk: IdentityDesk, clock: Clock) -> None:
    session, _ = await sign_in(desk, COMMAND)
    sealed = seal_session(desk, session)
    clock.pass_seconds(3599)
    assert open_session(desk, sealed) is not None
    _, touched = await identify_caller(desk, session)
    clock.pass_seconds(1)
    assert open_session(desk, sealed) is None
    assert open_session(desk, seal_session(desk, touched)) is not None
    clock.pass_seconds(3000)
    _, touched = await identify_caller(desk, touched)
    clock.pass_seconds(599)
    assert open_session(desk, seal_session(desk, touched)) is not None
    clock.pass_seconds(1)
    assert open_session(desk, seal_session(desk, touched)) is None, (
        "seven thousand two hundred seconds after the sign-in"
    )


async def test_groups_are_read_again_within_five_minutes(
    desk: IdentityDesk, clock: Clock, directory: FakeDirectory
) -> None:
    session, _ = await sign_in(desk, COMMAND)
    directory.person = msgspec.structs.replace(ANNA, groups=("/agencies/a/accountants",), name="Anna B.")
    clock.pass_seconds(GROUPS_MAX_AGE_SECONDS - 1)
    caller, same = await identify_caller(desk, session)
    assert (caller.roles, directory.reads) == ({"seller"}, 0)
    assert same.seen_at == session.seen_at + GROUPS_MAX_AGE_SECONDS - 1
    clock.pass_seconds(1)
    caller, renewed = await identify_caller(desk, same)
    assert (caller.roles, caller.name, directory.reads) == ({"accountant"}, "Anna B.", 1)
    await identify_caller(desk, renewed)
    assert directory.reads == 1


@pytest.mark.parametrize("groups", [None, (), ("/agencies/a/sellers", "/agencies/a/former"), ("/agencies/b/sellers",)])
async def test_whoever_lost_their_role_is_out(
    desk: IdentityDesk, clock: Clock, directory: FakeDirectory, groups: tuple[str, ...] | None
) -> None:
    session, _ = await sign_in(desk, COMMAND)
    directory.person = None if groups is None else msgspec.structs.replace(ANNA, groups=groups)
    clock.pass_seconds(GROUPS_MAX_AGE_SECONDS)
    with pytest.raises(NotSignedIn):
        await identify_caller(desk, session)


async def test_the_cookie_is_written_again_once_a_minute_only(desk: IdentityDesk, clock: Clock) -> None:
    session, _ = await sign_in(desk, COMMAND)
    clock.pass_seconds(TOUCH_AFTER_SECONDS - 1)
    assert (await identify_caller(desk, session))[1] is session
    clock.pass_seconds(1)
    assert (await identify_caller(desk, session))[1].seen_at == session.seen_at + TOUCH_AFTER_SECONDS


async def test_a_signed_out_session_stays_out_and_is_forgotten_when_it_would_have_ended(
    desk: IdentityDesk, clock: Clock, transactions: Transactions
) -> None:
    session, _ = await sign_in(desk, COMMAND)
    other, _ = await sign_in(desk, COMMAND)
    await sign_out(desk, session)
    await sign_out(desk, session)
    with pytest.raises(NotSignedIn):
        await identify_caller(desk, session)
    await identify_caller(desk, other)
    clock.pass_seconds(7199)
    await forget_old_revocations(desk)
    async with transactions() as database_session:
        assert await has_revocation(database_session, session.session_id)
        assert await delete_old_revocations(database_session, START + dt.timedelta(seconds=7201)) == 1


async def test_a_changed_secret_still_opens_what_the_previous_one_sealed(
    desk: IdentityDesk, transactions: Transactions, directory: FakeDirectory, clock: Clock
) -> None:
    session, _ = await sign_in(desk, COMMAND)
    sealed = seal_session(desk, session)
    changed = make_desk(transactions, directory, clock, secret="t" * 32, previous_secret="s" * 32)
    assert open_session(changed, sealed) == session
    assert open_session(desk, seal_session(changed, session)) is None
    assert open_session(make_desk(transactions, directory, clock, secret="t" * 32), sealed) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_not_ours_opens_nothing(desk: IdentityDesk) -> None:
    session, _ = await sign_in(desk, COMMAND)
    sealed = seal_session(desk, session)
    body = sealed.rpartition(".")[0]
    changed = [sealed[:index] + ("A" if sealed[index] != "A" else "B") + sealed[index + 1 :] for index in (40, 60, 100)]
    foreign = desk.sealer.seal(b'{"subject": "anna"}'), desk.sealer.seal(b"\xff")
    for wrong in ("", "x", "a.b.c.d.e", body, sealed + ".", "é" * 50, "A" * 5000, *changed, *foreign):
        assert open_session(desk, wrong) is None


async def test_signing_in_needs_the_pass_phrase_and_a_role(desk: IdentityDesk, directory: FakeDirectory) -> None:
    with pytest.raises(SignInRefused):
        await sign_in(desk, SignIn(email="anna@a.example", pass_phrase="wrong"))
    for groups in ((), ("/agencies/gone/sellers",), ("/agencies/a/former", "/agencies/a/sellers")):
        directory.person = msgspec.structs.replace(ANNA, groups=groups)
        with pytest.raises(NoRole):
            await sign_in(desk, COMMAND)


def test_two_seals_of_the_same_differ() -> None:
    sealer = Sealer("s" * 32)
    assert sealer.seal(b"x") != sealer.seal(b"x")
    assert sealer.open_sealed(sealer.seal(b"x")) == b"x"


def test_every_field_of_the_cookie_is_needed() -> None:
    """A field that is added is missing in cookies of the version before: those sessions end, nothing crashes."""
    assert all(field.required for field in msgspec.structs.fields(BrowserSession))
