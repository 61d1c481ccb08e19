"""Built sites as visitors meet them: pages by address, elements by class, links by their words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import lxml.html

from support.sites import build_site

Element = Any
"""An lxml element. Its type stubs disagree between versions, and tests only read."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a built site."""

    address: str
    tree: Element

    def all(self, class_name: str) -> list[Element]:
        """The elements that have a class, in the order of the page."""
        return within(self.tree, class_name)

    def one(self, class_name: str) -> Element:
        """The only element that has a class."""
        found = self.all(class_name)
        assert len(found) == 1, f"{self.address}: {len(found)} elements are of the class {class_name}"
        return found[0]

    def texts(self, class_name: str) -> list[str]:
        """The words of the elements that have a class."""
        return [words(element) for element in self.all(class_name)]

    def leads_to(self, link: Element) -> str:
        """The address, on the site, that a link of this page leads to, with its fragment."""
        return unquote(urljoin(f"/{self.address}", link.get("href"))).removeprefix("/")

    def links(self, element: Element | None = None) -> dict[str, str]:
        """Addresses by the words that lead to them, in an element or in all of the page."""
        tree = self.tree if element is None else element
        return {words(link): self.leads_to(link) for link in tree.iter("a") if link.get("href")}


@dataclass(frozen=True, slots=True)
class Built:
    """A built site with what its build said."""

    site: Path
    said: tuple[str, ...]

    def page(self, address: str) -> Page:
        """The page at an address such as `tags/memory/`; the home page is the empty text."""
        path = self.site / address
        return Page(address, read_html(path if path.suffix == ".html" else path / "index.html"))

    def pages(self) -> Iterator[Page]:
        """Every page."""
        for path in sorted(self.site.rglob("*.html")):
            yield self.page(path.relative_to(self.site).as_posix().removesuffix("index.html"))

    def note_pages(self) -> Iterator[Page]:
        """The page of every note."""
        return (page for page in self.pages() if page.all("codex-note"))


def built(codex: Path, site: Path, **settings: object) -> Built:
    """Build a site and keep what the build said."""
    with listening() as said:
        build_site(codex, site, **settings)
    return Built(site, tuple(said))


@contextmanager
def listening() -> Iterator[list[str]]:
    """What MkDocs and the publisher say meanwhile, with their levels."""
    said: list[str] = []
    log = logging.getLogger("mkdocs")
    handler = logging.Handler()
    handler.emit = lambda record: said.append(f"{record.levelname} {record.getMessage()}")  # type: ignore[method-assign]
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield said
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


def read_html(path: Path) -> Element:
    """The tree of an HTML file."""
    return lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def within(element: Element, class_name: str) -> list[Element]:
    """The elements inside another that have a class."""
    return list(element.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {class_name} ')]"))


def words(element: Element) -> str:
    """The text of an element with its white space folded."""
    return " ".join(element.text_content().split())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
