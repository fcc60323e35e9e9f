"""Use cases of identity: sign in, know who is calling, choose where to act, sign out."""

import datetime as dt
import secrets
from collections.abc import Callable

import msgspec

from agenturclient.core.audit import record_audit
from agenturclient.core.database import Transactions, get_utc_now
from agenturclient.core.problems import NotSignedIn
from agenturclient.identity import queries
from agenturclient.identity.problems import CannotActThere, NoRole, SignInRefused
from agenturclient.identity.rules import compute_rights, compute_session_end, may_act_at, parse_groups, select_groups
from agenturclient.identity.schemas import (
    ActingChoice,
    AgencyBook,
    AgencyEntry,
    BrowserSession,
    Caller,
    ChooseActing,
    Directory,
    Person,
    SessionPerson,
    SessionView,
    SignIn,
)
from agenturclient.identity.sealing import Sealer
from agenturclient.settings import SessionSettings

GROUPS_MAX_AGE_SECONDS = 300
TOUCH_AFTER_SECONDS = 60


class IdentityDesk:
    """What the use cases of identity work with; one per process."""

    def __init__(
        self,
        *,
        settings: SessionSettings,
        transactions: Transactions,
        directory: Directory,
        agency_book: AgencyBook,
        is_demo: bool,
        read_clock: Callable[[], dt.datetime] = get_utc_now,
    ) -> None:
        self.settings = settings
        self.transactions = transactions
        self.directory = directory
        self.agency_book = agency_book
        self.is_demo = is_demo
        self.read_clock = read_clock
        self.sealer = Sealer(settings.secret.get_secret_value(), settings.previous_secret.get_secret_value())

    def read_seconds(self) -> int:
        """Now, in Unix seconds."""
        return int(self.read_clock().timestamp())


# --- the cookie -------------------------------------------------------------------------------------------------------


def seal_session(desk: IdentityDesk, session: BrowserSession) -> str:
    return desk.sealer.seal(msgspec.json.encode(session))


def open_session(desk: IdentityDesk, sealed: str) -> BrowserSession | None:
    """The session in a cookie; None if it is not ours or has ended by its age. Whether somebody signed out of it is
    not known yet (``identify_caller``)."""
    content = desk.sealer.open_sealed(sealed)
    if content is None:
        return None
    try:
        session = msgspec.json.decode(content, type=BrowserSession)
    except msgspec.MsgspecError:
        return None  # sealed by an earlier version with other fields: sign in again
    return session if desk.read_seconds() < find_session_end(desk, session) else None


def find_session_end(desk: IdentityDesk, session: BrowserSession) -> int:
    """When the session ends if nothing more is asked, in Unix seconds."""
    return compute_session_end(
        signed_in_at=session.signed_in_at,
        seen_at=session.seen_at,
        idle_seconds=desk.settings.idle_seconds,
        max_seconds=desk.settings.max_seconds,
    )


# --- who is calling ---------------------------------------------------------------------------------------------------


async def identify_caller(desk: IdentityDesk, session: BrowserSession) -> tuple[Caller, BrowserSession]:
    """Who is calling, and the session to go on with: its groups at most five minutes old, its time noted.

    The session returned is the same object when the browser's cookie need not be written again.

    Raises:
        NotSignedIn: somebody signed out of it, the person is gone, or they have no role left where they act.
    """
    async with desk.transactions.read() as database_session:
        if await queries.has_revocation(database_session, session.session_id):
            raise NotSignedIn("This session was signed out of.")
    now = desk.read_seconds()
    if now - session.groups_read_at >= GROUPS_MAX_AGE_SECONDS:
        session = await _read_groups_again(desk, session, now)
    elif now - session.seen_at >= TOUCH_AFTER_SECONDS:
        session = msgspec.structs.replace(session, seen_at=now)
    caller = make_caller(session)
    if not caller.roles:
        raise NotSignedIn("Your role here was taken away.")
    return caller, session


async def _read_groups_again(desk: IdentityDesk, session: BrowserSession, now: int) -> BrowserSession:
    person = await desk.directory.find_person(session.subject)
    if person is None:
        raise NotSignedIn("You are no longer in the directory.")
    return msgspec.structs.replace(
        session,
        name=person.name,
        email=person.email,
        groups=select_groups(person.groups, session.agency_code),
        seen_at=now,
        groups_read_at=now,
    )


def make_caller(session: BrowserSession) -> Caller:
    """The caller of a session, with the rights that its groups give where the person acts."""
    rights = compute_rights(parse_groups(session.groups), session.agency_code, session.branch_code)
    return Caller(
        subject=session.subject,
        name=session.name,
        language=session.language,
        agency_code=session.agency_code,
        branch_code=session.branch_code,
        roles=frozenset(str(role) for role in rights.roles),
        permissions=rights.permissions,
        whole_agency_permissions=rights.whole_agency_permissions,
    )


# --- signing in and out -----------------------------------------------------------------------------------------------


async def sign_in(desk: IdentityDesk, command: SignIn) -> tuple[BrowserSession, SessionView]:
    """Begin a session for whoever has this address and pass phrase.

    Raises:
        SignInRefused: they do not belong together.
        NoRole: the person may act nowhere.
    """
    person = await desk.directory.check_pass_phrase(command.email, command.pass_phrase)
    if person is None:
        # Whoever typed is unknown: the address may be anybody's, or a pass phrase in the wrong field.
        await _record_identity_audit(desk, "unknown", None, "sign_in", SignInRefused.code)
        raise SignInRefused
    entries, choices = await _list_choices(desk, person)
    if not choices:
        await _record_identity_audit(desk, person.subject, None, "sign_in", NoRole.code)
        raise NoRole
    session = _begin_session(desk, person, choices[0])
    await _record_identity_audit(desk, person.subject, session.agency_code, "sign_in", "done")
    return session, _describe(desk, session, entries, choices)


def _begin_session(desk: IdentityDesk, person: Person, choice: ActingChoice) -> BrowserSession:
    now = desk.read_seconds()
    return BrowserSession(
        session_id=secrets.token_urlsafe(24),
        subject=person.subject,
        name=person.name,
        email=person.email,
        language=person.language,
        groups=select_groups(person.groups, choice.agency_code),
        agency_code=choice.agency_code,
        branch_code=choice.branch_code,
        signed_in_at=now,
        seen_at=now,
        groups_read_at=now,
    )


async def sign_out(desk: IdentityDesk, session: BrowserSession) -> None:
    """End a session for every replica; a second time changes nothing."""
    expires_at = dt.datetime.fromtimestamp(session.signed_in_at + desk.settings.max_seconds, dt.UTC)
    async with desk.transactions() as database_session:
        await queries.insert_revocation(database_session, session.session_id, expires_at)
        await record_audit(
            database_session,
            subject=session.subject,
            agency_code=session.agency_code,
            action="sign_out",
            outcome="done",
        )


async def forget_old_revocations(desk: IdentityDesk) -> None:
    """Remove what is remembered of sessions that would have ended by now."""
    async with desk.transactions() as database_session:
        await queries.delete_old_revocations(database_session, desk.read_clock())


async def _record_identity_audit(
    desk: IdentityDesk, subject: str, agency_code: str | None, action: str, outcome: str
) -> None:
    async with desk.transactions() as database_session:
        await record_audit(database_session, subject=subject, agency_code=agency_code, action=action, outcome=outcome)


# --- the session as the page sees it ----------------------------------------------------------------------------------


async def describe_session(desk: IdentityDesk, session: BrowserSession) -> SessionView:
    """Who is signed in, for whom they act, and where else they may.

    Raises:
        NotSignedIn: the person is gone.
    """
    person = await desk.directory.find_person(session.subject)
    if person is None:
        raise NotSignedIn("You are no longer in the directory.")
    entries, choices = await _list_choices(desk, person)
    return _describe(desk, session, entries, choices)


async def choose_acting(
    desk: IdentityDesk, session: BrowserSession, command: ChooseActing
) -> tuple[BrowserSession, SessionView]:
    """Act for another agency or in another branch from now on.

    Raises:
        NotSignedIn: the person is gone.
        CannotActThere: there is no such agency or branch, or the person has no role there.
    """
    person = await desk.directory.find_person(session.subject)
    if person is None:
        raise NotSignedIn("You are no longer in the directory.")
    entries, choices = await _list_choices(desk, person)
    wanted = (command.agency_code, command.branch_code)
    if wanted not in {(choice.agency_code, choice.branch_code) for choice in choices}:
        raise CannotActThere
    now = desk.read_seconds()
    session = msgspec.structs.replace(
        session,
        agency_code=command.agency_code,
        branch_code=command.branch_code,
        groups=select_groups(person.groups, command.agency_code),
        groups_read_at=now,
        seen_at=now,
    )
    async with desk.transactions() as database_session:
        await record_audit(
            database_session,
            subject=session.subject,
            agency_code=session.agency_code,
            action="choose_acting",
            outcome="done",
            target=session.branch_code,
        )
    return session, _describe(desk, session, entries, choices)


async def _list_choices(desk: IdentityDesk, person: Person) -> tuple[list[AgencyEntry], list[ActingChoice]]:
    """The agencies of a person's grants, and every place where any of their roles holds; agencies first."""
    grants = parse_groups(person.groups)
    codes = frozenset(grant.agency_code for grant in grants if grant.agency_code is not None)
    entries = await desk.agency_book(codes) if codes else []
    choices = [
        ActingChoice(
            agency_code=entry.agency.code,
            agency_name=entry.agency.name,
            branch_code=branch.code,
            branch_name=branch.name,
        )
        for entry in entries
        for branch in entry.branches
        if may_act_at(grants, entry.agency.code, branch.code)
    ]
    if may_act_at(grants, None, None):
        choices.append(ActingChoice(agency_code=None, agency_name="", branch_code=None, branch_name=None))
    return entries, choices


def _describe(
    desk: IdentityDesk, session: BrowserSession, entries: list[AgencyEntry], choices: list[ActingChoice]
) -> SessionView:
    caller = make_caller(session)
    entry = next((entry for entry in entries if entry.agency.code == session.agency_code), None)
    branches = entry.branches if entry is not None else ()
    return SessionView(
        person=SessionPerson(
            subject=session.subject,
            name=session.name,
            email=session.email,
            language=session.language,
            roles=sorted(caller.roles),
        ),
        agency=entry.agency if entry is not None else None,
        branch=next((branch for branch in branches if branch.code == session.branch_code), None),
        choices=choices,
        permissions=sorted(str(permission) for permission in caller.permissions),
        is_demo=desk.is_demo,
        idle_until=dt.datetime.fromtimestamp(find_session_end(desk, session), dt.UTC),
        server_now=desk.read_clock(),
    )
