"""Lock files name packages and hashes, never where they came from: each machine's own client decides that."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK_FILES = sorted(ROOT.glob("requirements*.lock"))


def test_there_are_lock_files() -> None:
    assert [file.name for file in LOCK_FILES] == ["requirements-dev.lock", "requirements.lock"]


@pytest.mark.parametrize("lock_file", LOCK_FILES, ids=lambda file: file.name)
def test_a_lock_file_names_no_source(lock_file: Path) -> None:
    text = lock_file.read_text()
    assert (
        re.findall(
            r"^\s*-[^#\n]*|https?://\S+| @ \S+|^\s*--(?!hash=)\S+.*$", text.replace("    --hash=", ""), re.MULTILINE
        )
        == []
    )


@pytest.mark.parametrize("lock_file", LOCK_FILES, ids=lambda file: file.name)
def test_every_package_is_pinned_with_a_hash(lock_file: Path) -> None:
    entries = re.split(r"^(?=[a-z0-9])", lock_file.read_text(), flags=re.MULTILINE)[1:]
    assert len(entries) > 30
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []
