"""Our own description as a strict judge of our answers: JSON Schema of 2020-12, as OpenAPI 3.1 means it.

(schemathesis turns ``prefixItems`` into what drafts before had, and then refuses its own schema.)
"""

import datetime as dt
import json
import re
from functools import cache
from typing import Any

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from agenturclient.app import describe_api
from agenturclient.settings import Settings, make_secret

_ADDRESS = "urn:our-description"
# RFC 9457: a problem has members of its own beside the common ones.
_OPEN_SCHEMAS = {"ProblemDocument"}
_FORMATS = jsonschema.FormatChecker(formats=("date",))


@_FORMATS.checks("date-time", raises=ValueError)
def _check_moment(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


class OwnDescription:
    """The description, as far as bodies of answers go. Fields that are not described are wrong."""

    def __init__(self, document: dict[str, Any]) -> None:
        schemas = {
            name: entry if name in _OPEN_SCHEMAS else _close_objects(entry)
            for name, entry in document["components"]["schemas"].items()
        }
        self.document = {**document, "components": {**document["components"], "schemas": schemas}}
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_ADDRESS, resource)
        # An address without a parameter wins over one with.
        self._templates = [
            (path, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))))
            for path in sorted(document["paths"], key=lambda path: (path.count("{"), path))
        ]

    def find_path(self, address: str) -> str | None:
        """The described path that an address is of; None if it is of none."""
        return next((path for path, pattern in self._templates if pattern.fullmatch(address)), None)

    def check_body(self, method: str, path: str, status: int, media_type: str, body: bytes) -> None:
        """Hold a body against what the operation says of this status and media type.

        Raises:
            AssertionError: there should be no body, or no such media type.
            jsonschema.ValidationError: the body is not as described.
        """
        if method.lower() not in self.document["paths"][path]:
            if method == "OPTIONS":  # which methods there are: HTTP's own, described for no operation
                assert (status, body) == (204, b"")
                return
            assert status == 405, f"{method} {path} is not described, and answered {status}"
            self._validate(body, "components", "schemas", "ProblemDocument")
            return
        responses = self.document["paths"][path][method.lower()]["responses"]
        content = responses[str(status)].get("content", {})
        if not content:
            assert body == b"", f"{status} of {method} {path} has a body that is not described"
            return
        plain_type = media_type.partition(";")[0].strip()
        assert plain_type in content, f"{plain_type} of {method} {path} is not described"
        if not plain_type.endswith("json"):
            return
        self._validate(body, "paths", path, method.lower(), "responses", str(status), "content", plain_type, "schema")

    def _validate(self, body: bytes, *place: str) -> None:
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
        schema = {"$ref": f"{_ADDRESS}#/{pointer}"}
        jsonschema.Draft202012Validator(schema, registry=self._registry, format_checker=_FORMATS).validate(
            json.loads(body)
        )


def _close_objects(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_close_objects(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _close_objects(part) for name, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


@cache
def load_own_description() -> OwnDescription:
    """The description of all routes, those of the demo too."""
    return OwnDescription(describe_api(Settings(is_demo=True, session={"secret": make_secret()})))
