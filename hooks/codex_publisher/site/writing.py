"""All pages of a plan as files, those that the last site has already taken from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from itertools import islice
from pathlib import Path
from typing import Final

from codex_publisher.site.last_site import LastSite
from codex_publisher.site.page_writer import PageWriter
from codex_publisher.site.plan import PlannedPage
from codex_publisher.site.views import View, digest

_AT_ONCE: Final = 200
"""Pages whose views are in memory together."""


def write_pages(
    planned: Iterable[PlannedPage],
    taken: Set[str],
    writer: PageWriter,
    last_site: LastSite,
    staging: Path,
    between: Callable[[], None],
) -> Iterator[str]:
    """Write every planned page but those whose address is taken, and give the addresses as they come.

    `between` is called now and then.
    """
    rest = (page for page in planned if page.permalink not in taken)
    while pages := list(islice(rest, _AT_ONCE)):
        views = {page.permalink: page.make_view() for page in pages}
        digests = {address: digest(view) for address, view in views.items()}
        known = last_site.recall(digests)
        for address, view in views.items():
            target = staging / address / "index.html"
            if address not in known or not last_site.take(address, known[address], target):
                _write(view, digests[address], target, writer, last_site)
            yield address
        between()
    last_site.keep()


def _write(view: View, view_digest: str, target: Path, writer: PageWriter, last_site: LastSite) -> None:
    data = writer.bytes_of(view)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    last_site.remember(view.permalink, view_digest, data)
