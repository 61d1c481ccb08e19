"""A crawler of built sites: every internal link, its target and its fragment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import lxml.html

BASE = "http://site.invalid/"
ATTRIBUTES = ("href", "src", "poster", "action")


@dataclass(frozen=True, slots=True)
class DeadLink:
    page: str
    link: str


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def dead_links(site: Path) -> list[DeadLink]:
    """Internal links of all pages that lead to no file, or to a fragment that is not there."""
    files = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    links: dict[str, tuple[str, ...]] = {}
    ids: dict[str, frozenset[str]] = {}
    for page in pages_of(site):
        tree = _tree(page)
        name = page.relative_to(site).as_posix()
        links[name] = tuple(dict.fromkeys(_links_in(tree)))
        ids[name] = frozenset(tree.xpath("//@id"))
    return [
        DeadLink(page, link)
        for page, found in links.items()
        for link in found
        if not _is_alive(page, link, files, ids)
    ]


def links_of(page: Path) -> Iterator[str]:
    """Every address that a page links to or loads."""
    return _links_in(_tree(page))


def _links_in(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for attribute in ATTRIBUTES:
        yield from (str(link) for link in tree.xpath(f"//@{attribute}"))


def _tree(page: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def _is_alive(page: str, link: str, files: frozenset[str], ids: dict[str, frozenset[str]]) -> bool:
    # 404.html is served at any depth, so MkDocs writes its links from the root.
    try:
        parts = urlsplit(urljoin(BASE + quote(page.removesuffix("index.html")), link))
    except ValueError:
        return False
    if parts.netloc != "site.invalid":
        return True
    target = unquote(parts.path).lstrip("/")
    if target not in files:
        target = f"{target.rstrip('/')}/index.html".lstrip("/")
    if target not in files:
        return False
    return not parts.fragment or target not in ids or unquote(parts.fragment) in ids[target]
