"""Whole addresses, for files that are read away from the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from codex_publisher.site.metadata import public_address

DEFAULT: Final = "http://127.0.0.1:8000/"


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """Where the site is published, as `site_url` says."""

    base: str
    """With a trailing slash."""
    is_real: bool
    """Whether anybody but the builder's own machine could open it."""

    def absolute(self, address: str, fragment: str = "") -> str:
        """The whole address of a page or file of the site, percent-encoded."""
        return self.base + _quoted(address) + (f"#{_quoted(fragment)}" if fragment else "")

    def known(self, address: str, fragment: str = "") -> str:
        """The whole address if the site has a real one, else the address seen from the site's root."""
        if self.is_real:
            return self.absolute(address, fragment)
        return (_quoted(address) or "./") + (f"#{_quoted(fragment)}" if fragment else "")


@lru_cache(maxsize=1 << 16)
def _quoted(address: str) -> str:
    """An address percent-encoded; most of them stand in many files."""
    return quote(address)


def site_address(url: str | None) -> SiteAddress:
    """The address that `site_url` gives; one on this machine where it gives none."""
    public = public_address(url)
    return SiteAddress(public or (url or DEFAULT).rstrip("/") + "/", bool(public))
