"""Writing beside the old site and swapping, so that a failed build leaves the last good one."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import Final

from markupsafe import escape

from codex_publisher.model.addresses import attachment_address
from codex_publisher.model.codex import Codex
from codex_publisher.model.names import visible
from codex_publisher.model.slugs import NotePath, slugify
from codex_publisher.repository.reading import open_inside
from codex_publisher.site.content_policy import NOTHING
from codex_publisher.site.exchange import exchange
from codex_publisher.site.listing import headline
from codex_publisher.site.metadata import public_address
from codex_publisher.site.urls import href
from codex_publisher.site.workplace import beside

log = logging.getLogger("mkdocs.hooks.codex")
ROBOTS: Final = "robots.txt"
_AT_ONCE: Final = 1 << 20
_TRIES: Final = 10


def swap(staging: Path, site: Path) -> None:
    """Put the finished site where the old one was.

    Raises OSError when that cannot be done; the new one is then still in `staging`.
    """
    for _ in range(_TRIES):
        if exchange(staging, site):
            shutil.rmtree(staging, ignore_errors=True)
            return
        try:
            _replace(staging, site)
        except OSError as error:
            # Another build may have put its site there just now.
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
        else:
            return
    raise OSError(errno.EBUSY, "Other builds put their sites there all the time", str(site))


def _replace(staging: Path, site: Path) -> None:
    """The same in two steps. If the process is killed between them, the next build puts the old site back."""
    old = beside(staging)
    with suppress(FileNotFoundError):
        site.rename(old)
    try:
        staging.rename(site)
    except BaseException:
        with suppress(OSError):
            old.rename(site)
        if site.exists():
            # Another build was faster, and its site is newer than the old one.
            shutil.rmtree(old, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_raw_notes(codex: Codex, site: Path) -> None:
    """Put each note's Markdown beside its page, as `index.md`, byte for byte."""
    for note in codex.notes.values():
        target = site / codex.permalinks[note.path] / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(note.digest_source)


def write_robots(site: Path, site_url: str | None) -> None:
    """Tell crawlers that they may read everything, and where the sitemap is, unless a robots.txt is there."""
    target = site / ROBOTS
    if target.exists():
        return
    public = public_address(site_url)
    sitemap = f"\nSitemap: {public}sitemap.xml\n" if public else ""
    target.write_text(f"User-agent: *\nAllow: /\n{sitemap}", encoding="utf-8")


def copy_attachments(codex: Codex, root: Path, site: Path) -> None:
    """Copy the images and files that notes show or offer. Nothing outside `root` is read."""
    for path in codex.attachments_in_use():
        try:
            descriptor = open_inside(root, path)
        except OSError as error:
            log.warning("%s is left out of the site: %s.", visible(path), error.strerror)
            continue
        target = site / attachment_address(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(descriptor, "rb") as reading, target.open("wb") as writing:
            # Of a file that something is writing to, as much as was there: it may never end.
            left = os.fstat(descriptor).st_size
            while left > 0 and (part := reading.read(min(left, _AT_ONCE))):
                writing.write(part)
                left -= len(part)


def redirects_of(codex: Codex) -> dict[str, NotePath]:
    """An address for each alias of each note that has one, the first note in path order winning."""
    found: dict[str, NotePath] = {}
    for note in codex.notes.values():
        for alias in note.aliases:
            found.setdefault(f"{note.kind.plural}/{slugify(alias)}/", note.path)
    return found


def write_redirects(codex: Codex, site: Path, pages: Set[str], redirects: dict[str, NotePath]) -> None:
    """Small pages at the notes' aliases that lead on to the notes. Existing pages are never replaced."""
    for address, path in redirects.items():
        if address in pages:
            continue
        target = site / address / "index.html"
        to = escape(href(address, codex.permalinks[path]))
        title = escape(headline(codex.notes[path].title))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{NOTHING}"><title>{title}</title>'
            f'<meta name="robots" content="noindex"><link rel="canonical" href="{to}">'
            f'<meta http-equiv="refresh" content="0; url={to}">'
            f'<p>This note is at <a href="{to}">{title}</a>.</p></html>\n',
            encoding="utf-8",
        )
