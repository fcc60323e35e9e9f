"""The supplier's words stay in `rail/b2p`: nothing else of the product knows a field name of B2P's."""

import json
import re
from pathlib import Path

import agenturclient
from b2p_description import DESCRIPTION_PATH, needs_description

PRODUCT = Path(agenturclient.__file__).parent

pytestmark = needs_description


def list_field_names() -> set[str]:
    """Names in camel case of properties and parameters: nothing that one writes in Python by chance."""
    document = json.loads(DESCRIPTION_PATH.read_text(encoding="utf-8"))
    names = {name for schema in document["components"]["schemas"].values() for name in schema.get("properties", {})}
    names |= {
        parameter["name"]
        for path in document["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", [])
    }
    return {name for name in names if re.fullmatch(r"[a-z]+[A-Z][A-Za-z]*", name)}


def test_field_names_of_b2p_stay_in_its_package() -> None:
    names = list_field_names()
    assert "preBookingId" in names
    leaks = {
        str(path.relative_to(PRODUCT)): sorted(found)
        for path in sorted(PRODUCT.rglob("*.py"))
        if not path.is_relative_to(PRODUCT / "rail" / "b2p")
        and (found := names & set(re.findall(r"\b[a-z]+[A-Z][A-Za-z]*\b", path.read_text(encoding="utf-8"))))
    }
    assert leaks == {}


def test_only_the_composition_root_imports_b2p() -> None:
    importers = {
        str(path.relative_to(PRODUCT))
        for path in sorted(PRODUCT.rglob("*.py"))
        if "agenturclient.rail.b2p" in path.read_text(encoding="utf-8") and not path.is_relative_to(PRODUCT / "rail")
    }
    assert importers <= {"app.py", "cli.py"}
