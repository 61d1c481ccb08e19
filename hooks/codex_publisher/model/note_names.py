"""Names for the files of new notes, after the habits of the codex that they come into."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.dates import PartialDate
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note_checks import LONGEST_SAFE_NAME
from codex_publisher.model.slugs import fold, slugify

SUFFIX: Final = ".md"
LONGEST_STEM: Final = LONGEST_SAFE_NAME - len(SUFFIX)
_LONGEST_BRIEF: Final = 60
"""Bytes of a title in a name that has a date and an author too."""
_MOST_WORDS_OF_A_NAME: Final = 3

_APOSTROPHE: Final = re.compile("['\u2018\u2019\u201b\u02bb\u02bc]")
_INVISIBLE: Final = re.compile("[\u00ad\u034f\ufe00-\ufe0f\U000e0000-\U000e01ef]")
_POINT_IN_NUMBER: Final = re.compile(r"(?<=\d)\.(?=\d)")
_HYPHEN_IN_WORD: Final = re.compile(r"(?<=\w)-(?=\w)")
_WORDS: Final = re.compile(r"[\s_-]+")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_UNSAFE: Final = re.compile(r'[/\\:*?"<>|#^\[\]]')


@dataclass(frozen=True, slots=True)
class NameStyle:
    """How the files of one kind of note are named in a codex."""

    is_dated: bool
    """Whether a name begins with a date, as in `2026-03-12-smith-naps.md`."""
    is_sentence: bool
    """Whether its words are parted by spaces; else it is a slug."""


def stem_of(title: str, style: NameStyle, date: PartialDate | None = None, author: str = "") -> str:
    """The file name, without its suffix, of a note with this title.

    Takes any title. The name holds letters, digits, spaces and single `-`, and points only inside numbers,
    so it means the same on every system and in every link; with its suffix it has at most 200 bytes.
    """
    if not style.is_dated or date is None:
        words = _sentence(title) if style.is_sentence else fold(title)
        stem = _cut(words, LONGEST_STEM)
        return stem if stem and not _RESERVED.fullmatch(stem) else slugify(title)
    day = f"{date.year:04}-{date.month or 0:02}-{date.day or 0:02}"
    if style.is_sentence:
        return _cut(f"{day} {_sentence(title) or slugify(title)}", LONGEST_STEM)
    brief = _cut(fold(title), _LONGEST_BRIEF) or slugify(title)
    handle = _cut(_handle(author), _LONGEST_BRIEF)
    return "-".join(part for part in (day, handle, brief) if part)


def fault_of_stem(stem: str) -> str:
    """Why a name that a person chose cannot be a file's, as the end of a sentence; empty when it can."""
    unsafe = _UNSAFE.search(stem)
    size = len(stem.encode("utf-8", "surrogatepass"))
    faults = (
        (not fold(stem), "has neither letters nor digits"),
        (
            HIDDEN.search(stem) or _INVISIBLE.search(stem),
            "has characters that cannot be seen or that change the direction of writing",
        ),
        (unsafe, f"has a {unsafe[0] if unsafe else ''}, which links or some systems read otherwise"),
        (
            stem[:1] in ".- " or stem[-1:] in ". ",
            "begins or ends with a character that hides a file or gets lost",
        ),
        (_RESERVED.fullmatch(stem), "is a name that Windows keeps for itself"),
        (size > LONGEST_STEM, f"has {size} bytes, of which {LONGEST_STEM} fit"),
    )
    return next((why for is_so, why in faults if is_so), "")


def _sentence(title: str) -> str:
    visible = _INVISIBLE.sub("", HIDDEN.sub(" ", _APOSTROPHE.sub("", title)))
    text = unicodedata.normalize("NFC", visible)
    text = _HYPHEN_IN_WORD.sub("\0", _POINT_IN_NUMBER.sub("\1", text))
    kept = "".join(char if char in "\0\1" or _is_of_a_word(char) else " " for char in text)
    words = (_without_leading_marks(word) for word in kept.split())
    return " ".join(filter(None, words)).replace("\0", "-").replace("\1", ".")


def _is_of_a_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _without_leading_marks(word: str) -> str:
    return word.lstrip("".join({char for char in word if unicodedata.category(char)[0] == "M"}))


def _handle(author: str) -> str:
    """By what a person or an organisation is called for short: `smith` for Jane Q. Smith."""
    words = [word for word in author.split() if not word.endswith(".")]
    is_person = len(words) == 2 and len(author.split()) <= _MOST_WORDS_OF_A_NAME
    return fold(words[-1]) if is_person else "-".join(fold(author).split("-")[:_MOST_WORDS_OF_A_NAME])


def _cut(words: str, room: int) -> str:
    """The first of the words (parted by spaces or hyphens) that fit, or what fits of a longer one."""
    raw = words.encode()
    if len(raw) <= room:
        return words
    kept = raw[:room].decode("utf-8", "ignore")
    ends = [found.start() for found in _WORDS.finditer(words[: len(kept) + 1])]
    return kept[: ends[-1]] if ends and ends[-1] else kept
