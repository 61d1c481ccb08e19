"""Notes that speak of the same things, told from their words alone (TF-IDF and the cosine of two notes).

Runs in a process of its own, so it imports nothing but the standard library and takes plain data. A library
would not be quicker here: reading the words takes most of the time, and importing scikit-learn alone takes
longer than all of this does for a thousand notes.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice, pairwise
from typing import Final

MAX_SIMILAR: Final = 5
MIN_LIKENESS: Final = 0.13
"""Below this, two notes share a few words by chance."""
SAME_TEXT: Final = 0.9
MAX_CHARACTERS: Final = 12_000
"""What a note is about shows in its beginning; the rest would only cost time."""
TELLING_WORDS: Final = 32
"""By so many of its words a note is looked for."""
KEPT_WORDS: Final = 128
"""So many of its words, the weightiest, count in the comparison that follows."""
MAX_NOTES_OF_A_WORD: Final = 250
"""A word in more notes than this tells little, and would make the search grow faster than the codex."""
MAX_COMPARED: Final = 12
MAX_SHARED: Final = 3
LONGEST_WORD: Final = 32
"""What is longer is an address or a key, no word."""
TITLE_COUNTS: Final = 3
TAG_COUNTS: Final = 2

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
_WORD: Final = re.compile(rf"[{_UNSPACED}]+|[^\W\d_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}])+")
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


Weights = Mapping[int, float]
"""The weights of words, which go by their numbers to take less memory."""


class _Vocabulary:
    """The words of all notes: their numbers, how many notes have each, and how each is mostly written."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.in_notes: list[int] = []
        self._spellings: Counter[str] = Counter()

    def count(self, as_written: Mapping[str, int]) -> dict[int, int]:
        """A note's words by their numbers, with how often it has each."""
        self._spellings.update(as_written)
        counted: dict[int, int] = {}
        for word, times in as_written.items():
            number = self.numbers.setdefault(word.casefold(), len(self.numbers))
            counted[number] = counted.get(number, 0) + times
        self.in_notes.extend([0] * (len(self.numbers) - len(self.in_notes)))
        for number in counted:
            self.in_notes[number] += 1
        return counted

    def spellings(self) -> dict[int, str]:
        """How each word is mostly written."""
        ordered = sorted(self._spellings.items(), key=lambda item: (item[1], item[0]))
        return {self.numbers[spelling.casefold()]: spelling for spelling, _ in ordered}


def similar_notes(notes: Sequence[Words]) -> dict[str, tuple[Similar, ...]]:
    """For each note those most like it that are not linked with it, the likest first, equals by path."""
    vocabulary = _Vocabulary()
    counts = [_packed(vocabulary.count(_as_written(note))) for note in notes]
    in_notes = vocabulary.in_notes
    weights = [_weigh(counted, in_notes, len(notes)) for counted in counts]
    del counts
    postings: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, weighed in enumerate(weights):
        for word in _telling(weighed, in_notes):
            postings[word].append((number, weighed[word]))
    spelt = vocabulary.spellings()
    return {
        note.path: tuple(_similar(number, notes, weights, in_notes, postings, spelt))
        for number, note in enumerate(notes)
    }


def words_of(text: str) -> list[str]:
    """The words of plain text or HTML, in any script, as they are written."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", unescape(_TAG.sub(" ", text)))):
        if word[0] >= FIRST_UNSPACED and _IS_UNSPACED.match(word):
            found.extend(f"{one}{other}" for one, other in pairwise(word))
        elif 2 < len(word) <= LONGEST_WORD:
            found.append(word)
    return found


def _as_written(note: Words) -> Counter[str]:
    as_written = Counter(words_of(" ".join(note.texts)[:MAX_CHARACTERS]))
    for text, times in ((note.title, TITLE_COUNTS), (" ".join(note.tags), TAG_COUNTS)):
        for word in words_of(text[:MAX_CHARACTERS]):
            as_written[word] += times
    return as_written


def _packed(counted: Mapping[int, int]) -> tuple[array[int], array[int]]:
    return array("L", counted.keys()), array("L", counted.values())


def _weigh(counted: tuple[array[int], array[int]], in_notes: Sequence[int], total: int) -> Weights:
    """TF-IDF of the weightiest words, of length 1. A word that every note has says nothing about likeness.

    Nor does a word that no other note has; but such words make a note less like all others, so they count in
    its length.
    """
    found: list[tuple[float, int]] = []
    alone: list[float] = []
    for word, times in zip(*counted, strict=True):
        weight = (1 + math.log(times)) * math.log(total / in_notes[word])
        if in_notes[word] == 1:
            alone.append(weight)
        elif weight:
            found.append((-weight, word))
    kept = heapq.nsmallest(KEPT_WORDS, found)
    squares = (
        weight * weight for weight in (*heapq.nlargest(KEPT_WORDS, alone), *(less for less, _ in kept))
    )
    length = math.sqrt(math.fsum(squares))
    return {word: -less / length for less, word in kept}


def _telling(weights: Weights, in_notes: Sequence[int]) -> list[int]:
    """The weightiest words of a note that are rare enough. Its weights are in their order already."""
    rare = (word for word in weights if in_notes[word] <= MAX_NOTES_OF_A_WORD)
    return list(islice(rare, TELLING_WORDS))


def _similar(
    number: int,
    notes: Sequence[Words],
    weights: Sequence[Weights],
    in_notes: Sequence[int],
    postings: Mapping[int, Sequence[tuple[int, float]]],
    spelt: Mapping[int, str],
) -> Iterable[Similar]:
    """Notes that share telling words are found first; only the likeliest are compared in full."""
    scores: dict[int, float] = defaultdict(float)
    for word in _telling(weights[number], in_notes):
        weight = weights[number][word]
        for other, other_weight in postings[word]:
            scores[other] += weight * other_weight
    linked = notes[number].linked
    likely = heapq.nsmallest(
        MAX_COMPARED,
        (
            (-score, other)
            for other, score in scores.items()
            if other != number and notes[other].path not in linked
        ),
    )
    found: list[tuple[float, str, int]] = []
    for _, other in likely:
        likeness = round(_cosine(weights[number], weights[other]), 6)
        if likeness >= MIN_LIKENESS:
            found.append((-likeness, notes[other].path, other))
    for less, path, other in heapq.nsmallest(MAX_SIMILAR, found):
        yield Similar(path, -less, tuple(spelt[word] for word in _shared(weights[number], weights[other])))


def _cosine(one: Weights, other: Weights) -> float:
    # The order of a set differs between processes; fsum gives the same for every order.
    return math.fsum(one[word] * other[word] for word in one.keys() & other.keys())


def _shared(one: Weights, other: Weights) -> list[int]:
    products = ((-one[word] * other[word], word) for word in one.keys() & other.keys())
    return [word for _, word in heapq.nsmallest(MAX_SHARED, products)]
