"""Addresses as they stand in `href`: relative, so that a site works under any path."""

from __future__ import annotations

from urllib.parse import quote


def href(from_page: str, to: str, fragment: str = "") -> str:
    """A relative link from one page to an address on the site, percent-encoded.

    Both are site-relative without a leading slash; the home page is the empty text.
    """
    up = "../" * from_page.count("/")
    path = up + quote(to) or "./"
    return f"{path}#{quote(fragment)}" if fragment else path
