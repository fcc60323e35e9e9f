"""Reading request bodies strictly: ``"22"`` is no number. The framework's own conversion would take it for one."""

import re
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.exceptions import InternalServerException

from agenturclient.core.problems import InvalidRequest, MalformedRequest

_PATH: Final = re.compile(r" - at `\$?\.?(.*)`$")
_REPEATED_VALUE: Final = re.compile(r"^(Invalid (?:\w+ )?value).*$", re.DOTALL)
_NAMED_FIELD: Final = re.compile(r"(?:unknown|required) field `([^`]+)`")


class StrictRequest(Request[Any, Any, Any]):
    """Litestar's request; a body is read as the type that the endpoint asks for.

    Raises:
        MalformedRequest: the body is no JSON, or its sender went away before its end.
        InvalidRequest: a field cannot be used; it is named by JSON pointer, its value is not repeated.
    """

    async def body(self) -> bytes:
        try:
            return await super().body()
        except InternalServerException:
            # The framework's word for a sender who went away. It is no failure of ours, and nobody reads the answer.
            raise MalformedRequest("The body broke off before its end.") from None

    async def json(self) -> Any:
        field = self.route_handler.parsed_data_field
        body = await self.body()
        try:
            return msgspec.json.decode(body, type=Any if field is None else field.annotation)
        except msgspec.ValidationError as error:
            raise describe_validation_error(error) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise MalformedRequest("The body is not valid JSON.") from None
        except RecursionError:
            raise MalformedRequest("The body is nested too deeply.") from None


def describe_validation_error(error: msgspec.ValidationError) -> InvalidRequest:
    """The problem for something of a wrong shape: which field it was and what is wrong with it."""
    text = str(error)
    path = _PATH.search(text)
    detail = hide_value(text.split(" - at ", maxsplit=1)[0])
    pointer = make_pointer(path.group(1) if path is not None else "", detail)
    return InvalidRequest("At least one field cannot be used.", errors=[{"pointer": pointer, "detail": detail}])


def hide_value(detail: str) -> str:
    """What is wrong with a field without what stood in it, which may be a name."""
    return _REPEATED_VALUE.sub(r"\1", detail)


def make_pointer(path: str, detail: str) -> str:
    """A JSON pointer from msgspec's path (``items[0].price``); a field that is unknown or missing belongs to it."""
    parts = [part for part in re.split(r"[.\[\]]+", path) if part and part != "..."]
    named = _NAMED_FIELD.search(detail)
    if named is not None:
        parts.append(named.group(1))
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
