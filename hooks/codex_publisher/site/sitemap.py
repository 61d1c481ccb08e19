"""The sitemap, by https://www.sitemaps.org/protocol.html: all pages, for crawlers.

MkDocs' own is one file, however many pages there are, and names only the pages that MkDocs writes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote, urljoin

from markupsafe import escape

NAME: Final = "sitemap.xml"
MOST_ADDRESSES: Final = 50_000
"""More are not allowed in one file."""
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(permalinks: Iterable[str], site_url: str | None, site: Path) -> None:
    """Write the sitemap of these pages; none where the site has no address, or has one already."""
    if not site_url or (site / NAME).exists():
        return
    base = f"{site_url.rstrip('/')}/"
    parts = list(_in_parts([urljoin(base, quote(permalink)) for permalink in permalinks]))
    if len(parts) <= 1:
        _write(site / NAME, _file("urlset", "url", parts[0] if parts else ()))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        _write(site / name, _file("urlset", "url", part))
    _write(site / NAME, _file("sitemapindex", "sitemap", [urljoin(base, name) for name in names]))


def _in_parts(addresses: Sequence[str]) -> Iterable[list[str]]:
    rest = iter(addresses)
    while part := list(islice(rest, MOST_ADDRESSES)):
        yield part


def _file(root: str, element: str, addresses: Iterable[str]) -> str:
    lines = (f"<{element}><loc>{escape(address)}</loc></{element}>" for address in addresses)
    text = "\n".join(lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{text}\n</{root}>\n'


def _write(target: Path, text: str) -> None:
    data = text.encode("utf-8", "xmlcharrefreplace")
    target.write_bytes(data)
    # Without the time, so that two builds are the same.
    target.with_name(f"{target.name}.gz").write_bytes(gzip.compress(data, mtime=0))
