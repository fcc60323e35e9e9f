"""The front end: its built files from memory, compressed once, cached as long as their names allow.

Any other address that a browser opens as a page is answered with the start page, for the page's own router knows it.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Container
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Request, Response

from agenturclient.core.problems import NotFound

_START_PAGE: Final = "/index.html"
# Vite puts a hash of the content into these names, so what they name never changes.
_HASHED: Final = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9.]+")
_COMPRESSIBLE: Final = frozenset({".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".webmanifest"})
_MIN_COMPRESSED_BYTES: Final = 1000
# The compressed forms a build may leave beside a file, best first.
_SIBLINGS: Final = {"br": ".br", "gzip": ".gz"}


class FrontEndFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is answered; ``bodies`` by content encoding (``identity``, ``gzip``, ``br``)."""

    media_type: str
    cache_control: str
    etag: str
    bodies: dict[str, bytes]


def find_build_folder() -> Path | None:
    """Where the built front end is: in the installed package, or in the repository beside it; None if it is nowhere."""
    package = Path(__file__).resolve().parent.parent
    candidates = (package / "web", package.parent.parent / "web" / "dist")
    return next((folder for folder in candidates if (folder / "index.html").is_file()), None)


class FrontEnd:
    """The files of one build, read at the start."""

    def __init__(self, folder: Path | None) -> None:
        self._files = {} if folder is None else _read_files(folder)

    def answer(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """The file at the request's path, or the start page for a page's own address.

        Raises:
            NotFound: it is neither.
        """
        path = request.scope["path"]
        found = self._files.get(_START_PAGE if path == "/" else path)
        is_page = "text/html" in request.headers.get("accept", "") and not path.startswith(("/api/", "/assets/"))
        if found is None and is_page:
            found = self._files.get(_START_PAGE)
        if found is None:
            raise NotFound if self._files else NotFound("The front end is not built: see `make help`.")
        return _make_response(request, found)


def _make_response(request: Request[Any, Any, Any], found: FrontEndFile) -> Response[bytes]:
    encoding = choose_encoding(request.headers.get("accept-encoding", ""), found.bodies)
    headers = {"Cache-Control": found.cache_control, "ETag": f'"{found.etag}-{encoding}"', "Vary": "Accept-Encoding"}
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        headers.pop("Content-Encoding", None)
        return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
    return Response(found.bodies[encoding], headers=headers, media_type=found.media_type)


def choose_encoding(accepted: str, offered: Container[str]) -> str:
    """The best content encoding of those ``offered`` that an Accept-Encoding header takes; ``identity`` if none."""
    refused = re.compile(r";\s*q=0(\.0*)?$")
    names = {part.partition(";")[0].strip() for part in accepted.lower().split(",") if not refused.search(part.strip())}
    return next((name for name in _SIBLINGS if name in names and name in offered), "identity")


def _read_files(folder: Path) -> dict[str, FrontEndFile]:
    files = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and not is_hidden and path.suffix not in _SIBLINGS.values():
            files["/" + relative.as_posix()] = _read_front_end_file(path, "/" + relative.as_posix())
    return files


def _read_front_end_file(path: Path, address: str) -> FrontEndFile:
    body = path.read_bytes()
    bodies = {"identity": body}
    if path.suffix in _COMPRESSIBLE and len(body) >= _MIN_COMPRESSED_BYTES:
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
        for name, suffix in _SIBLINGS.items():
            sibling = path.with_name(path.name + suffix)
            if sibling.is_file():
                bodies[name] = sibling.read_bytes()
    is_hashed = _HASHED.fullmatch(address) is not None
    return FrontEndFile(
        media_type=_guess_media_type(path),
        cache_control="public, max-age=31536000, immutable" if is_hashed else "no-cache",
        etag=hashlib.sha256(body).hexdigest()[:20],
        bodies=bodies,
    )


def _guess_media_type(path: Path) -> str:
    # Not left to the machine's own table alone: it differs between systems for exactly these.
    known = {".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
    return known.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
