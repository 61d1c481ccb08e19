"""Addresses as they stand in `href`: relative, so that a site works under any path."""

from __future__ import annotations

import posixpath
from urllib.parse import quote


def href(from_page: str, to: str, fragment: str = "") -> str:
    """A relative link from one page to an address on the site, percent-encoded.

    Both are site-relative without a leading slash; the home page is the empty text.
    """
    up = "../" * from_page.count("/")
    path = up + quote(to) or "./"
    return f"{path}#{quote(fragment)}" if fragment else path


def source_of(permalink: str) -> str:
    """The Markdown file, below `docs_dir`, that MkDocs takes the page at an address to come from."""
    return f"{permalink.rstrip('/') or 'index'}.md"


def source_link(from_source: str, to: str, fragment: str = "") -> str:
    """A link from a Markdown file below `docs_dir` to a page of the site, as one would type it there."""
    path = quote(posixpath.relpath(source_of(to), posixpath.dirname(from_source) or "."))
    return f"{path}#{quote(fragment)}" if fragment else path
