"""The words of a note as it is typed, and those of its page, found by means of their own.

They share nothing with the publisher.

What is taken out of the source is syntax only: what a reader of GitHub would not see either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

_FRONT_MATTER = re.compile(
    r"\A(?:[ \t\r]*\n)*---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FENCE = re.compile(r"^(?P<mark>[ \t>*+-]*(?:`{3,}|~{3,}))[^\n]*$", re.MULTILINE)
_UNSEEN = (
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*\S+.*$", re.MULTILINE),  # where a link leads
    re.compile(r"\[\^[^\]\n]+\]:?"),  # the name of a footnote
    re.compile(
        r"(?<=\])\((?:<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    ),
    re.compile(r"</?[a-zA-Z][^<>]*>"),
    re.compile(r"^[ \t>]*\[!\w+\][+-]?", re.MULTILINE),
    re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE),  # the name of a block
)
_ARRANGED = re.compile(
    r"\s*\(structured handoff for extractor\)|CLAIM CANDIDATES?(?:\s*\([^()]{0,60}\))?:", re.IGNORECASE
)
"""What the publisher says in its own words: a heading's tail for a machine, the label of a proposed claim."""
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*", re.MULTILINE)
_LABELLED = re.compile(r"(?<!\!)\[\[[^\[\]|\n]*\\?\|([^\[\]\n]*)\]\]")
_SHOWN_IMAGE = re.compile(r"!\[\[[^\[\]\n]*\.(?:png|jpe?g|gif|webp|avif)(?:\|[^\[\]\n]*)?\]\]", re.IGNORECASE)
_REFERENCED = re.compile(r"(?<=\])\[[^\]\n]*\]")
_SUFFIX = re.compile(r"\.md(?=[\]|#])")
_WITHIN_WORDS = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "samp"),
        *("small", "span", "strong", "sub", "sup", "u", "wbr"),
    )
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def written_words(markdown: str) -> list[str]:
    """The words that a reader of a note should see, in the order in which they are typed, footnotes last."""
    text = _FRONT_MATTER.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"), count=1)
    text = _FENCE.sub("", _ARRANGED.sub("", text))
    notes = [found[0] for found in _FOOTNOTE.finditer(text)]
    text = "\n\n".join([_FOOTNOTE.sub("", text), *notes])
    for pattern in _UNSEEN:
        text = pattern.sub(" ", text)
    text = _SUFFIX.sub("", _REFERENCED.sub(" ", _LABELLED.sub(r"\1", _SHOWN_IMAGE.sub(" ", text))))
    return _words(unescape(text))


def shown_words(elements: Iterable[Any]) -> list[str]:
    """The words of elements of a page, in the order of the page, with what a reader hears of images."""
    found: list[str] = []
    for element in elements:
        for inner in element.iter():
            if inner.tag == "img":
                inner.text = f" {inner.get('alt') or ''} "
            if inner.tag not in _WITHIN_WORDS:
                inner.text, inner.tail = f" {inner.text or ''}", f" {inner.tail or ''}"
        found += _words(element.text_content())
    return found


def lost(written: Sequence[str], shown: Sequence[str]) -> Counter[str]:
    """The words that are typed more often than they are shown."""
    return Counter(written) - Counter(shown)


def out_of_order(written: Sequence[str], shown: Sequence[str]) -> list[str]:
    """The written words that do not come, in the order of the page, after those before them."""
    at = 0
    missing: list[str] = []
    for word in written:
        try:
            at = shown.index(word, at) + 1
        except ValueError:
            missing.append(word)
    return missing


def _words(text: str) -> list[str]:
    return _WORD.findall(re.sub(r"[*\\]+", "", text).casefold())
