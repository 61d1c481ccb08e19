"""From a note's Markdown to safe HTML, headings and links, as plain data.

`render` makes the HTML of one body with its links as numbered placeholders; `fill_links` puts the
addresses in once the model has resolved them. Everything else in this package is theirs alone.
"""

from __future__ import annotations

from codex_publisher.markdown.fill import Address, AddressKind, fill_links
from codex_publisher.markdown.render import render

__all__ = ["Address", "AddressKind", "fill_links", "render"]
