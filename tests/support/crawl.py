"""A crawler of built sites: every internal link, its target and its fragment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

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
    ids = {page: ids_of(page) for page in pages_of(site)}
    return [
        DeadLink(str(page.relative_to(site)), link)
        for page in ids
        for link in links_of(page)
        if not _is_alive(site, page, link, ids)
    ]


def ids_of(page: Path) -> frozenset[str]:
    return frozenset(_tree(page).xpath("//@id"))


def links_of(page: Path) -> Iterator[str]:
    tree = _tree(page)
    for attribute in ATTRIBUTES:
        yield from (str(link) for link in tree.xpath(f"//@{attribute}"))


def _tree(page: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def _is_alive(site: Path, page: Path, link: str, ids: dict[Path, frozenset[str]]) -> bool:
    address = page.relative_to(site).as_posix().removesuffix("index.html")
    # 404.html is served at any depth, so MkDocs writes its links from the root.
    parts = urlsplit(urljoin(BASE + address, link))
    if parts.netloc != "site.invalid":
        return True
    target = site / unquote(parts.path).lstrip("/")
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    return not parts.fragment or target not in ids or unquote(parts.fragment) in ids[target]
