"""Notes that speak of the same things, told from their words alone: what is asked and what is answered."""

from __future__ import annotations

import os
import pickle
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

MAX_SIMILAR: Final = 5
SAME_TEXT: Final = 0.9
MAX_CHARACTERS: Final = 12_000
"""What a note is about shows in its beginning; the rest would only cost time."""
LONGEST_WORD: Final = 32
"""What is longer is an address or a key, no word."""

# No `<` outside quotes: plain text with many of them would otherwise be searched to its end from each.
_TAG: Final = re.compile(r'<(?:"[^"]*"|[^"<>])*>')
# Scripts that write no spaces between words: pairs of neighbouring characters serve as words.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
FIRST_UNSPACED: Final = "\u0e00"
# Python does not count the vowel signs of, say, Hindi as letters, and would cut its words at them.
_MARKS: Final = "".join(
    chr(code) for code in range(0x300, 0x2000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
# What most words are made of stands first and alone, by which they are read in half the time.
_REST: Final = rf"(?:[a-zA-Z0-9]++|[^\W_{_UNSPACED}]|[{_MARKS}])++"
_WORD: Final = re.compile(rf"[a-zA-Z]{_REST}|[{_UNSPACED}]++|[^\W\d_{_UNSPACED}]{_REST}")
_IS_UNSPACED: Final = re.compile(rf"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Words:
    """What is read of a note."""

    path: str
    title: str
    tags: tuple[str, ...]
    texts: tuple[str, ...]
    """Plain text or HTML."""
    linked: frozenset[str]
    """The notes that it links to or that link to it."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A note that is like another."""

    path: str
    likeness: float
    """The cosine: 1 for the same words in the same proportion."""
    shared: tuple[str, ...]
    """The most telling words that both have."""

    @property
    def is_same_text(self) -> bool:
        """Whether the two say nearly the same in the same words."""
        return self.likeness >= SAME_TEXT


def prepare(_: None) -> None:
    """Import what compares notes, which takes a second, before there are notes to compare."""
    from codex_publisher.site import likeness  # noqa: F401, PLC0415


def similar_notes(notes: Sequence[Words]) -> dict[str, tuple[Similar, ...]]:
    """For each note those most like it that are not linked with it, the likest first, equals by path."""
    return _similar(sorted(notes, key=lambda note: note.path), len(notes))


def similar_in_file(written: WrittenWords) -> dict[str, tuple[Similar, ...]]:
    """The same for notes in path order that were written down. The file goes once it is open."""
    with open(written.file, "rb") as file:  # noqa: PTH123
        Path(written.file).unlink()
        return _similar((pickle.load(file) for _ in range(written.notes)), written.notes)  # noqa: S301


def _similar(notes: Iterable[Words], count: int) -> dict[str, tuple[Similar, ...]]:
    if count < 3:
        # What both of two notes say every note says, and it tells nothing.
        return {note.path: () for note in notes}
    # The process that has another one do this imports this module as well, and has no use for scikit-learn.
    from codex_publisher.site.likeness import compare  # noqa: PLC0415

    return compare(notes, count)


class WrittenWords(NamedTuple):
    """What is read of notes, in a file: all of it at once would take too much memory, and twice."""

    file: str
    notes: int


def write_words(notes: Iterable[Words], folder: Path | None = None) -> WrittenWords:
    """Write down what is read of notes, in `folder` or the system's. Raises OSError where it cannot."""
    descriptor, name = tempfile.mkstemp(prefix="codex-words-", dir=folder)
    count = 0
    with os.fdopen(descriptor, "wb") as file:
        for note in notes:
            pickle.dump(note, file, pickle.HIGHEST_PROTOCOL)
            count += 1
    return WrittenWords(name, count)


def words_of(text: str) -> list[str]:
    """The words of plain text or HTML, in any script, as they are written."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", unescape(_TAG.sub(" ", text)))):
        if word[0] >= FIRST_UNSPACED and _IS_UNSPACED.match(word):
            found.extend(f"{one}{other}" for one, other in pairwise(word))
        elif 2 < len(word) <= LONGEST_WORD:
            found.append(word)
    return found
