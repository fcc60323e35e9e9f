"""SBB's own description of B2P, read where it lies beside the repository, as a strict judge of answers.

Strict: no property that is not described, formats checked, numbers within their range. Where the description
contradicts itself, it is mended here, each time with the reason.
"""

import datetime as dt
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

DESCRIPTION_PATH = Path(__file__).parents[2] / "shared" / "b2p" / "openapi-3.20.23.json"
REASON = "SBB's description is not here (and this is not CI)"
needs_description = pytest.mark.skipif(not DESCRIPTION_PATH.exists() and not os.environ.get("CI"), reason=REASON)

# What any HTTP service answers and no operation lists: no token, body too large, wrong media type, too many requests.
UNLISTED_STATUSES = {401, 413, 415, 429}
DOCUMENT_TYPES = {"application/pdf", "text/html", "application/vnd.apple.pkpass"}
_RANGES = {"int32": 2**31, "int64": 2**63}


def _check_moment(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


def _check_day(value: object) -> bool:
    return not isinstance(value, str) or bool(dt.date.fromisoformat(value))


def _close_schema(schema: Any) -> Any:
    """The schema with objects closed and whole numbers bounded."""
    if isinstance(schema, list):
        return [_close_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _close_schema(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed["additionalProperties"] = False
    limit = _RANGES.get(schema.get("format", ""))
    if limit is not None and schema.get("type") == "integer":
        closed |= {"minimum": -limit, "maximum": limit - 1}
    return closed


class B2pDescription:
    """The description, as far as answers go."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = json.loads(DESCRIPTION_PATH.read_text(encoding="utf-8"))
        schemas = self.document["components"]["schemas"]
        # three values written as one
        schemas["CustomerSegment"]["properties"]["travellerType"]["enum"] = ["person", "dog", "bicycle"]
        self.schemas = _close_schema(schemas)
        self.formats = jsonschema.FormatChecker(formats=())
        self.formats.checks("date-time", raises=ValueError)(_check_moment)
        self.formats.checks("date", raises=ValueError)(_check_day)

    def list_operations(self) -> set[tuple[str, str]]:
        """Method and path of every operation."""
        return {(method.upper(), path) for path, entry in self.document["paths"].items() for method in entry}

    def list_statuses(self, method: str, path: str) -> set[int]:
        """What an operation may answer."""
        return {int(status) for status in self.document["paths"][path][method.lower()]["responses"]}

    def validate(self, name: str, value: object) -> None:
        """Check a value against a named schema."""
        self._validate({"$ref": f"#/components/schemas/{name}"}, value)

    def _validate(self, schema: Mapping[str, Any], value: object) -> None:
        whole = {**schema, "components": {"schemas": self.schemas}}
        jsonschema.Draft4Validator(whole, format_checker=self.formats).validate(value)

    def check_query(self, method: str, path: str, query: Mapping[str, object]) -> None:
        """Every query parameter is described, and none that is required is missing."""
        parameters = self.document["paths"][path][method.lower()].get("parameters", [])
        described = {entry["name"]: entry for entry in parameters if entry["in"] == "query"}
        assert set(query) <= set(described), f"{set(query) - set(described)} of {path}"
        missing = {name for name, entry in described.items() if entry.get("required")} - set(query)
        assert not missing, f"{missing} of {path}"

    def check_answer(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Status, media type, headers and body of an answer are as described."""
        operation = self.document["paths"][path][method.lower()]
        assert status in self.list_statuses(method, path) | UNLISTED_STATUSES, f"{status} of {method} {path}"
        if status == 204:
            assert body == b""
            return
        if status >= 400:
            if body:
                # the description types some problems as what a success would be: what it says of problems in general
                # is right for all
                assert headers["content-type"] == "application/problem+json"
                self.validate("B2PProblem", json.loads(body))
            return
        described = operation["responses"][str(status)]
        extra = {name for name in headers if name.startswith("scroll")} - {
            name.lower() for name in described.get("headers", {})
        }
        assert not extra
        content = described.get("content", {})
        if set(content) == DOCUMENT_TYPES:
            # typed as a list of strings, which no PDF is
            assert headers["content-type"] in DOCUMENT_TYPES
            return
        if not content:
            assert body == b""
            return
        assert headers["content-type"] == "application/json"
        (media_type,) = content
        self._validate(_close_schema(content[media_type]["schema"]), json.loads(body))


@cache
def find_description() -> B2pDescription | None:
    """The description, or None where it is not (CI must have it)."""
    return B2pDescription() if DESCRIPTION_PATH.exists() or os.environ.get("CI") else None
