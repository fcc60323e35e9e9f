"""The catalogue of problems: its page is what the code says, and what people meet has words in each language."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agenturclient.cli import app
from agenturclient.core.problems import list_problem_types

ROOT = Path(__file__).parents[2]
# Mistakes of a program, which nobody at a counter meets by doing something; they are told as "other".
WITHOUT_OWN_WORDS = {
    "body-too-large",
    "csrf-failed",
    "host-not-allowed",
    "idempotency-key-missing",
    "idempotency-key-reused",
    "malformed-request",
    "method-not-allowed",
    "unsupported-media-type",
}
# What the front end says where there is no problem document, or none that it knows.
OF_THE_FRONT_END = {"no-answer", "other"}


def test_the_page_is_what_the_code_says() -> None:
    """If this fails: ``agenturclient problems > docs/problems.md``."""
    printed = CliRunner().invoke(app, ["problems"])
    assert printed.exit_code == 0
    assert printed.stdout == (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
def test_every_problem_that_people_meet_has_words(language: str) -> None:
    locale = json.loads((ROOT / "web" / "src" / "locales" / f"{language}.json").read_text(encoding="utf-8"))
    codes = {problem.code for problem in list_problem_types()}
    assert codes >= WITHOUT_OWN_WORDS
    assert set(locale["problems"]) == (codes - WITHOUT_OWN_WORDS) | OF_THE_FRONT_END
