"""Look over a built site before it is published: `python scripts/smoke.py site`.

What every site has must be there, no link within it may be dead, no page may load anything from another
host, and it must be small enough for GitHub Pages. Ends with 0 when all is well, else with 1 and a line for
each thing that is not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

ESSENTIAL: Final = ("index.html", "404.html", "sitemap.xml", "search", "assets")
MAX_SITE_BYTES: Final = 1_000_000_000
"""GitHub Pages publishes no more."""
MAX_SHOWN: Final = 50
_HOST: Final = "site.invalid"
_LOADING: Final = frozenset({"script", "img", "iframe", "source", "video", "audio", "embed", "object"})
_NAMESPACE: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Addresses(HTMLParser):
    """What a page links to, what it loads, and the ids in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, None] = {}
        self.loaded: dict[str, None] = {}
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather what the attributes of an element name."""
        given = {name: value or "" for name, value in attrs}
        self.ids.update(given[name] for name in ("id",) if name in given)
        for name in ("href", "src", "poster", "action", "data"):
            if name not in given or (name == "data" and tag != "object"):
                continue
            self.links[given[name]] = None
            if tag in _LOADING or (tag == "link" and "stylesheet" in given.get("rel", "")):
                self.loaded[given[name]] = None


def complaints(site: Path) -> Iterator[str]:
    """What is wrong with a site, in sentences."""
    missing = [name for name in ESSENTIAL if not (site / name).exists()]
    yield from (f"{name} is not there." for name in missing)
    if missing:
        return
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    if sum(path.stat().st_size for path in files.values()) > MAX_SITE_BYTES:
        yield "The site is larger than 1 GB, which is all that GitHub Pages publishes."
    if not any(name.endswith("/index.md") for name in files):
        yield "There is no page of a note."
    if not any(name.startswith("search/") for name in files):
        yield "There is no search index."
    root = _root(site / "sitemap.xml")
    pages = {name: _read(path) for name, path in files.items() if name.endswith(".html")}
    ids = {name: page.ids for name, page in pages.items()}
    for name, page in sorted(pages.items()):
        for link in page.links:
            if why := _fault(name, link, root, files, ids):
                yield f"{name}: {why}: {link}"
        for address in page.loaded:
            if urlsplit(address).netloc:
                yield f"{name}: this is loaded from another host: {address}"


def _root(sitemap: Path) -> str:
    """The path that the site will be published under, such as `/my-codex/`."""
    # Our own build wrote it a moment ago.
    places = [place.text or "" for place in ElementTree.parse(sitemap).iter(f"{_NAMESPACE}loc")]  # noqa: S314
    return urlsplit(min(places, key=len)).path if places else "/"


def _read(path: Path) -> Addresses:
    parser = Addresses()
    parser.feed(path.read_text("utf-8"))
    return parser


def _fault(page: str, link: str, root: str, files: dict[str, Path], ids: dict[str, set[str]]) -> str:
    """What is wrong with a link within the site, or an empty text."""
    here = f"https://{_HOST}{root}{quote(page.removesuffix('index.html'))}"
    try:
        parts = urlsplit(urljoin(here, link))
    except ValueError:
        return "this is no address"
    if parts.netloc != _HOST or parts.scheme != "https":
        return ""
    path = unquote(parts.path)
    if not path.startswith(root):
        return "this leads out of the site"
    target = path.removeprefix(root)
    if target not in files:
        target = f"{target.rstrip('/')}/index.html".lstrip("/")
    if target not in files:
        return "this leads nowhere"
    fragment = unquote(parts.fragment)
    return (
        "there is no such place on that page"
        if fragment and fragment not in ids.get(target, {fragment})
        else ""
    )


def main(arguments: list[str]) -> int:
    """Look over the site in the folder that is named."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("Name the folder of a built site: python scripts/smoke.py site\n")
        return 2
    found = list(complaints(Path(arguments[0])))
    sys.stdout.writelines(f"{line}\n" for line in found[:MAX_SHOWN])
    if found:
        sys.stdout.write(f"{len(found):,} things are not as they should be.\n")
        return 1
    sys.stdout.write("The site is whole.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
