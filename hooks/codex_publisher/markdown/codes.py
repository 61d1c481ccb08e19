"""Belief codes (`B2`), which become links where the note's domain has numbered beliefs."""

from __future__ import annotations

import re

from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import FORM, HEADINGS, Element, Item, make, rewrite_text
from codex_publisher.model.document import LinkForm

# The same shape as the model's; a letter, digit or hyphen beside it makes it part of another name.
# The letter comes first, since text is searched for a letter many times faster than by looking back.
_CODE = re.compile(r"B(?<![\w-]B)[1-9][0-9]?(?![\w-])")
_SKIP = frozenset({"a", "code", "pre", "textarea", "kbd", "samp"}) | HEADINGS
MAX_CODES = 500
"""More than this in one note is a table of something else, such as part numbers."""


def link_codes(body: Element, source: Source) -> None:
    """Take a tree and its source; mark each belief code in running text as a link of the form `code`."""
    if not _CODE.search(source.text):
        return
    left = MAX_CODES

    def rewrite(text: str, element: Element) -> list[Item]:
        nonlocal left
        content: list[Item] = []
        at = 0
        for found in _CODE.finditer(text):
            if left <= 0:
                break
            left -= 1
            marks = {FORM: LinkForm.CODE.value, "data-target": found[0], "data-fragment": ""}
            content += [text[at : found.start()], make("a", found[0], **marks)]
            at = found.end()
        return [*content, text[at:]]

    rewrite_text(body, _CODE, _SKIP, rewrite)
