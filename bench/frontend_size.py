"""How much the sell page loads over the wire, as a replica serves it: `python bench/frontend_size.py`.

Follows the start page as a browser does (its scripts and styles, and what these load at once for the sell page in one
language) and counts the bytes of the bodies as they come with `Accept-Encoding: gzip`, by kind. The budget is
counter.md's: 200 kB of script and style, the font 60 kB; icons and the list of stations are stated apart.
"""

import argparse
import gzip
import json
import re
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from agenturclient.core.frontend import find_build_folder
from figures import print_head, print_line
from stand import open_databases, prepare_database, run_replicas

_BUDGET_KB, _FONT_BUDGET_KB = 200.0, 60.0
_KINDS: Final = {
    ".js": "script", ".css": "style", ".html": "page", ".woff2": "font", ".svg": "icons", ".png": "icons",
}  # fmt: skip
_LANGUAGES: Final = ("de", "fr", "it", "en")


def fetch_body(url: str, path: str, cookie: str = "") -> tuple[bytes, bytes]:
    """The body as it came over the wire, and unpacked."""
    headers = {"Accept-Encoding": "gzip", "Accept": "*/*", **({"Cookie": cookie} if cookie else {})}
    request = urllib.request.Request(url + path, headers=headers)  # noqa: S310 -- our own replica
    with urllib.request.urlopen(request) as answer:  # noqa: S310 -- our own replica
        body: bytes = answer.read()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
    return body, gzip.decompress(body) if is_packed else body


def find_first_files(folder: Path, page: str, language: str) -> list[str]:
    """Addresses that the sell page needs: what the start page names, the page's own part, and one language's texts.

    A part's own needs are those it imports (statically) and the styles that carry its name.
    """
    assets = {path.name: path for path in (folder / "assets").iterdir()}
    wanted = re.findall(r"/assets/([^\"'?]+)", page)
    wanted += [name for name in assets if re.match(r"SellPage-", name)]
    wanted += [name for name in assets if re.match(rf"{language}-[^.]+\.js$", name)]
    found: list[str] = []
    while wanted:
        name = wanted.pop()
        if name in found or name not in assets:
            continue
        found.append(name)
        text = assets[name].read_text(encoding="utf-8", errors="replace") if name.endswith((".js", ".css")) else ""
        wanted += re.findall(r"(?:from|import)\s*[\"']\./([^\"']+)[\"']", text)
        wanted += re.findall(r"url\([\"']?(?:/assets/|\./)([^)\"']+)", text)
    return [f"/assets/{name}" for name in found]


def sign_in(url: str) -> str:
    """The cookies of a seller of the demo."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    jar = next(handler.cookiejar for handler in opener.handlers if hasattr(handler, "cookiejar"))
    try:
        opener.open(f"{url}/api/session")
    except urllib.error.HTTPError as error:
        error.close()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken") or ""
    body = json.dumps({"email": "anna.keller@gipfel.example", "pass_phrase": "sell-a-ticket"}).encode()
    headers = {"Content-Type": "application/json", "x-csrftoken": token}
    opener.open(urllib.request.Request(f"{url}/api/session", body, headers)).close()  # noqa: S310 -- our own replica
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def measure_first_load(url: str, folder: Path, language: str) -> dict[str, list[int]]:
    """Bytes over the wire and unpacked, by kind."""
    sizes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def count(kind: str, bodies: tuple[bytes, bytes]) -> Any:
        sizes[kind] = [sizes[kind][0] + len(bodies[0]), sizes[kind][1] + len(bodies[1]), sizes[kind][2] + 1]
        return bodies[1]

    page = count("page", fetch_body(url, "/"))
    for address in find_first_files(folder, page.decode(), language):
        count(_KINDS.get(Path(address).suffix, "other"), fetch_body(url, address))
    count("list of stations", fetch_body(url, "/api/places", sign_in(url)))
    return sizes


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--language", choices=_LANGUAGES, default="de")
    options = parser.parse_args()
    build = find_build_folder()
    if build is None:
        raise SystemExit("The front end is not built: `make run` or `npm run build` in web/ builds it.")
    with open_databases(["sqlite"]) as (folder, urls):
        prepare_database(urls["sqlite"])
        with run_replicas(folder, urls["sqlite"], None) as (replica,):
            built_at = time.strftime("%Y-%m-%d %H:%M", time.localtime((build / "index.html").stat().st_mtime))
            print_head("size of the sell page's first load", language=options.language, built=built_at)
            sizes = measure_first_load(replica.url, build, options.language)
    print_line("kind", "files", "kB gzip", "kB unpacked", "ratio", width=13)
    for kind, (wire, unpacked, files) in sorted(sizes.items()):
        cells = (str(files), f"{wire / 1000:.1f}", f"{unpacked / 1000:.1f}", f"{wire / unpacked:.2f}")
        print_line(kind, *cells, width=13)
    counted = (sizes["script"][0] + sizes["style"][0]) / 1000
    print(
        f"   script and style: {counted:.1f} kB, ratio to the budget of {_BUDGET_KB:.0f} kB {counted / _BUDGET_KB:.2f}"
    )
    font = sizes["font"][0] / 1000
    print(f"   font: {font:.1f} kB, ratio to its budget of {_FONT_BUDGET_KB:.0f} kB {font / _FONT_BUDGET_KB:.2f}")


if __name__ == "__main__":
    main()
