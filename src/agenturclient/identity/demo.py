"""The demo's people: one per role, with published pass phrases. Unreachable outside the demo (settings refuse it)."""

import hmac
from typing import Final

from agenturclient.identity.schemas import DemoPerson, Language, Person

# Published on purpose: they open nothing but the demo on one's own machine.
_DEMO_PASS_PHRASES: Final = {"seller": "sell-a-ticket", "manager": "mind-the-shop", "accountant": "count-the-francs"}


class _Entry(Person, frozen=True, kw_only=True):
    role: str
    demo_pass_phrase: str


def _make_entry(name: str, email: str, language: Language, role: str, group: str, demo_pass_phrase: str) -> _Entry:
    subject = "demo-" + email.partition("@")[0].replace(".", "-")
    return _Entry(
        subject=subject,
        name=name,
        email=email,
        language=language,
        groups=(group,),
        role=role,
        demo_pass_phrase=demo_pass_phrase,
    )


_SELL, _MANAGE, _COUNT = (_DEMO_PASS_PHRASES[role] for role in ("seller", "manager", "accountant"))
_PEOPLE: Final = (
    _make_entry("Anna Keller", "anna.keller@gipfel.example", "de", "seller", "/agencies/gipfel/sellers", _SELL),
    _make_entry(
        "Luca Bernasconi",
        "luca.bernasconi@gipfel.example",
        "it",
        "seller (Bern only)",
        "/agencies/gipfel/branches/bern/sellers",
        _SELL,
    ),
    _make_entry("Reto Ammann", "reto.ammann@gipfel.example", "de", "manager", "/agencies/gipfel/managers", _MANAGE),
    _make_entry(
        "Claudia Frei", "claudia.frei@gipfel.example", "de", "accountant", "/agencies/gipfel/accountants", _COUNT
    ),
    _make_entry("Chloé Dubois", "chloe.dubois@rivage.example", "fr", "seller", "/agencies/rivage/sellers", _SELL),
    _make_entry("Marc Rochat", "marc.rochat@rivage.example", "fr", "manager", "/agencies/rivage/managers", _MANAGE),
    _make_entry(
        "Emily Clarke", "emily.clarke@rivage.example", "en", "accountant", "/agencies/rivage/accountants", _COUNT
    ),
    _make_entry(
        "Nina Graf", "nina.graf@operator.example", "de", "operator admin", "/operator/admins", "keep-it-running"
    ),
    _make_entry(
        "David Hughes",
        "david.hughes@operator.example",
        "en",
        "operator support",
        "/operator/support",
        "answer-the-phone",
    ),
    _make_entry("Sofia Rossi", "sofia.rossi@care.example", "it", "SBB care", "/sbb/care", "help-the-traveller"),
)


class DemoDirectory:
    """The local directory of the demo."""

    async def find_person(self, subject: str) -> Person | None:
        """See the port."""
        return next((person for person in _PEOPLE if person.subject == subject), None)

    async def check_pass_phrase(self, email: str, pass_phrase: str) -> Person | None:
        """See the port."""
        wanted = email.strip().casefold()
        for person in _PEOPLE:
            if person.email == wanted and hmac.compare_digest(person.demo_pass_phrase.encode(), pass_phrase.encode()):
                return person
        return None


class EmptyDirectory:
    """Nobody: where neither the demo nor an identity provider is set up."""

    async def find_person(self, _subject: str) -> Person | None:
        """See the port."""
        return None

    async def check_pass_phrase(self, _email: str, _pass_phrase: str) -> Person | None:
        """See the port."""
        return None


def list_demo_people() -> list[DemoPerson]:
    """The demo's people with their pass phrases, in the order in which they are shown."""
    return [
        DemoPerson(email=person.email, name=person.name, role=person.role, pass_phrase=person.demo_pass_phrase)
        for person in _PEOPLE
    ]
