"""Names that stand in addresses, and the key by which names are compared."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Final, NewType

NotePath = NewType("NotePath", str)
"""A note's path inside the codex: `/` between folders, with suffix, no leading `/`, no `.` or `..`."""

ROOT: Final = NotePath("")
"""No note: the codex's own folder, from which names are looked up when no note asks."""

Slug = NewType("Slug", str)
"""One step of an address: words of letters, marks and digits joined by single `-`; lower case, NFC,
never empty, at most 80 bytes of UTF-8, and no name that Windows reserves."""

Permalink = NewType("Permalink", str)
"""A page's address inside the site: slugs, each followed by `/`, as in `claims/some-slug/`."""

MAX_BYTES: Final = 80
_MIN_BYTES: Final = 16
_HASH_BYTES: Final = 3
_UNTITLED: Final = "untitled"
_RESERVED: Final = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")

# Unicode normalisation takes quadratic time on a long run of combining marks, and anyone may write one.
_MEANINGFUL: Final = 1000

_APOSTROPHES: Final = "'\u2018\u2019\u201b\u02bb\u02bc"
# Soft hyphen, joiners and variation selectors: two names that differ only in these look the same.
_SELECTORS: Final = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_VANISHING: Final = frozenset(_APOSTROPHES + "\u00ad\u034f\u200c\u200d\u2060\ufeff" + _SELECTORS)
_ASCII: Final = {
    code: None if chr(code) in _APOSTROPHES else chr(code) if chr(code).isalnum() else " "
    for code in range(128)
}


def stem_of(path: str) -> str:
    """The file name of a path without its suffix. A path object tells it too, in ten times the time."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Give the key by which names, facet values and link targets are compared.

    Takes any text and gives its words in lower case, joined by `-`: letters, digits and the marks that
    belong to them stay in every script, apostrophes vanish, all else separates words. Gives the empty
    string when nothing remains. Only the first thousand characters count. Folding twice changes nothing.
    """
    text = text[:_MEANINGFUL]
    if text.isascii():
        return "-".join(text.lower().translate(_ASCII).split())
    text = _without_punctuation(unicodedata.normalize("NFKC", text).casefold())
    words = unicodedata.normalize("NFC", text).translate(_ASCII).split(" ")
    return "-".join(filter(None, map(_without_leading_marks, words)))


@lru_cache(maxsize=1 << 16)
def slugify(text: str, max_bytes: int = MAX_BYTES) -> Slug:
    """Give the slug of a name.

    Takes any text and gives `fold(text)` where that can stand in an address and a file name. Otherwise
    (it is empty, too long, or reserved by Windows) a hash of the text is appended to what can be kept,
    so that different texts still have different slugs. Raises `ValueError` when `max_bytes` is under 16.
    """
    slug = fold(text)
    if not slug or _RESERVED.fullmatch(slug) or len(slug.encode()) > max_bytes:
        return with_hash(Slug(slug), text, max_bytes)
    return Slug(slug)


def with_hash(slug: Slug, full: str, max_bytes: int = MAX_BYTES) -> Slug:
    """Append a short hash of `full` to a slug.

    Takes a slug and the text it was made of, and gives at most `max_bytes` bytes of UTF-8: the slug, cut
    at the end of a word where that keeps half of it, `-`, and six hexadecimal digits. Raises `ValueError`
    when `max_bytes` is under 16.
    """
    if max_bytes < _MIN_BYTES:
        raise ValueError(f"a slug needs {_MIN_BYTES} bytes, not {max_bytes}")
    # The same name in another Unicode form must get the same hash.
    same = unicodedata.normalize("NFC", full[:_MEANINGFUL]) + full[_MEANINGFUL:]
    digest = hashlib.blake2b(same.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).hexdigest()
    return Slug(f"{_cut(slug, max_bytes - len(digest) - 1) or _UNTITLED}-{digest}")


def _without_punctuation(text: str) -> str:
    """Turn what separates words beyond ASCII to spaces, and drop what vanishes."""
    for char in set(text):
        # A replacement for each is faster than `str.translate`, as few are not ASCII.
        if char in _VANISHING:
            text = text.replace(char, "")
        elif not char.isascii() and unicodedata.category(char)[0] not in "LMN":
            text = text.replace(char, " ")
    return text


def _without_leading_marks(word: str) -> str:
    """Drop the combining marks at the start of a word, which have no letter to belong to."""
    start = 0
    while start < len(word) and unicodedata.category(word[start])[0] == "M":
        start += 1
    return word[start:]


def _cut(slug: str, room: int) -> str:
    """Cut a slug to `room` bytes: at a word if half is kept, never between a letter and its marks."""
    raw = slug.encode()
    if len(raw) <= room:
        return slug
    kept = raw[:room].decode("utf-8", "ignore")
    end = len(kept)
    while end and unicodedata.category(slug[end])[0] == "M":
        end -= 1
    word_end = slug.rfind("-", 0, end + 1)
    return slug[: word_end if word_end * 2 >= end else end].rstrip("-")
