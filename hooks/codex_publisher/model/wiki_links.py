"""The syntax of `[[wiki links]]` in plain text, such as front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WIKI_LINK: Final = re.compile(r"\[\[([^\[\]\n]{1,1000})\]\]")
_NOTE_SUFFIX: Final = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WikiLink:
    """One `[[target#fragment|text]]`, found at `start` in the text it was read from."""

    target: str
    fragment: str
    text: str
    start: int
    end: int


def parse_wiki_link(inner: str, start: int = 0, end: int = 0) -> WikiLink:
    """Read what stands between the brackets. The text defaults to the target as written."""
    inner = inner.replace("\\|", "|")
    address, _, label = inner.partition("|")
    target, _, fragment = address.partition("#")
    target = " ".join(target.split())
    fragment = " ".join(fragment.split())
    text = " ".join(label.split()) or " › ".join(part for part in (without_suffix(target), fragment) if part)
    return WikiLink(target, fragment, text, start, end)


def find_wiki_links(text: str) -> Iterator[WikiLink]:
    """Every wiki link of a plain text, in order."""
    for match in _WIKI_LINK.finditer(text):
        yield parse_wiki_link(match[1], match.start(), match.end())


def without_suffix(target: str) -> str:
    """A link's target without `.md`."""
    return _NOTE_SUFFIX.sub("", target)


def plain_text(text: str) -> str:
    """The text as a reader sees it: each wiki link replaced by its words."""
    return _WIKI_LINK.sub(lambda match: parse_wiki_link(match[1]).text, text)
