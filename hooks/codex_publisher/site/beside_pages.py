"""What is written beside the pages: the notes' own files, redirects, and all that is for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path

from codex_publisher.model.codex import Codex
from codex_publisher.site import output, sitemap
from codex_publisher.site.exports import writing_exports
from codex_publisher.site.exports.addresses import site_address
from codex_publisher.site.exports.merges import Merge
from codex_publisher.site.exports.published import Published
from codex_publisher.site.history import History
from codex_publisher.site.home_view import introduction_to
from codex_publisher.site.settings import Settings


def published_of(codex: Codex, settings: Settings, history: History, site_url: str | None) -> Published:
    """The codex as it is published at an address, described in its own words or in numbers."""
    described = replace(settings, description=introduction_to(codex, settings))
    return Published(codex, described, history, site_address(site_url))


def write_beside_pages(
    published: Published, merges: Iterable[Merge], pages: Set[str], site_url: str | None, folder: Path
) -> Iterator[None]:
    """Write it into a folder, part by part: between two parts something else may be done.

    `pages` are the addresses of all pages, which no redirect replaces.
    """
    codex = published.codex
    output.write_raw_notes(codex, folder)
    yield
    output.copy_attachments(codex, published.settings.root, folder)
    yield
    output.write_redirects(codex, folder, pages, output.redirects_of(codex))
    output.write_robots(folder, site_url)
    sitemap.write_sitemap(sorted(pages), site_url, folder)
    yield
    yield from writing_exports(published, merges, folder)
