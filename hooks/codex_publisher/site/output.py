"""Writing beside the old site and swapping, so that a failed build leaves the last good one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Set
from pathlib import Path

from markupsafe import escape

from codex_publisher.model.addresses import attachment_address
from codex_publisher.model.codex import Codex
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.content_policy import NOTHING
from codex_publisher.site.listing import headline
from codex_publisher.site.metadata import public_address
from codex_publisher.site.urls import href


def staging_folder(site: Path) -> Path:
    """An empty place beside the site that no other build uses."""
    return site.parent / f".{site.name}.building-{os.getpid()}"


def remove_abandoned(site: Path) -> None:
    """Remove what builds that were killed have left beside the site; those under way are left alone."""
    for folder in site.parent.glob(f".{site.name}.building-*"):
        owner = folder.name.rpartition("-")[2]
        if owner.isdecimal() and not _is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def swap(staging: Path, site: Path) -> None:
    """Put the finished site where the old one was.

    Raises OSError when the old site cannot be moved away; the new one is then still in `staging`.
    """
    old = site.parent / f".{site.name}.old-{os.getpid()}"
    if site.exists():
        site.rename(old)
    try:
        staging.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_raw_notes(codex: Codex, site: Path) -> None:
    """Put each note's Markdown beside its page, as `index.md`, byte for byte."""
    for note in codex.notes.values():
        target = site / codex.permalinks[note.path] / "index.md"
        target.write_bytes(note.digest_source)


def write_robots(site: Path, site_url: str | None) -> None:
    """Tell crawlers that they may read everything, and where the sitemap is, unless a robots.txt is there."""
    target = site / "robots.txt"
    if target.exists():
        return
    public = public_address(site_url)
    sitemap = f"\nSitemap: {public}sitemap.xml\n" if public else ""
    target.write_text(f"User-agent: *\nAllow: /\n{sitemap}", encoding="utf-8")


def copy_attachments(codex: Codex, root: Path, site: Path) -> None:
    """Copy the images and files that notes show or offer. Nothing outside `root` is read."""
    for path in codex.attachments_in_use():
        target = site / attachment_address(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_regular_file(root / path, target)


def _copy_regular_file(source: Path, target: Path) -> None:
    # The file was no symbolic link when it was found; it must not have become one since.
    descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing)


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
