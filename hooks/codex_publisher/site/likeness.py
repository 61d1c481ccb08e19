"""How like notes are: TF-IDF and the cosine of two notes, by scikit-learn.

Only the process that compares imports this, since scikit-learn takes a second and 80 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from codex_publisher.site.similar import MAX_CHARACTERS, MAX_SIMILAR, Similar, Words, words_of

MIN_LIKENESS: Final = 0.15
"""Below this, two notes share a few words by chance."""
TELLING_WORDS: Final = 64
"""By so many of its words, the weightiest, a note looks for those that may be like it."""
MAX_NOTES_OF_A_WORD: Final = 500
"""By a word that more notes have none is looked for: the search would grow faster than the codex."""
MAX_COMPARED: Final = 24
"""With so many of those found a note is compared in all their words."""
BATCH: Final = 128
"""Looked for and compared at once: more needs more memory, fewer more time."""
MAX_SHARED: Final = 3
TITLE_COUNTS: Final = 3
TAG_COUNTS: Final = 2
DIGITS: Final = 6
"""Further digits may differ between processors; without them, equals are equal everywhere."""


class _Reader:
    """Reads the words of notes, and remembers how each is written."""

    def __init__(self) -> None:
        self._spellings: Counter[str] = Counter()

    def __call__(self, note: Words) -> list[str]:
        """The words of a note, each as often as it counts."""
        words = words_of(" ".join(note.texts)[:MAX_CHARACTERS])
        words += words_of(note.title[:MAX_CHARACTERS]) * TITLE_COUNTS
        words += words_of(" ".join(note.tags)[:MAX_CHARACTERS]) * TAG_COUNTS
        self._spellings.update(words)
        return [word.casefold() for word in words]

    def spellings(self) -> dict[str, str]:
        """How each word is mostly written."""
        ordered = sorted(self._spellings.items(), key=lambda item: (item[1], item[0]))
        return {spelling.casefold(): spelling for spelling, _ in ordered}


class _Weights:
    """A matrix with a row of length 1 for each note: the weights of its words."""

    def __init__(self, notes: Iterable[Words], count: int) -> None:
        """Raises ValueError when every word is in all the `count` notes, or there is none."""
        reader = _Reader()
        counter = CountVectorizer(analyzer=reader, max_df=count - 1)
        counts = counter.fit_transform(notes)
        weigher = TfidfTransformer(sublinear_tf=True, smooth_idf=False).fit(counts)
        # scikit-learn adds 1, by which a word of nearly every note would tell much where there are few notes.
        weigher.idf_ -= 1
        self._rows = weigher.transform(counts, copy=False)
        self._telling = self._telling_words()
        self._notes_of_words = self._telling.T.tocsr()
        spellings = reader.spellings()
        self._words = [spellings[word] for word in counter.get_feature_names_out()]

    def _telling_words(self) -> Any:
        """The same matrix with only those words of each note by which others are looked for."""
        in_notes = np.bincount(self._rows.indices, minlength=self._rows.shape[1])
        counts = (in_notes > 1) & (in_notes <= MAX_NOTES_OF_A_WORD)
        kept = []
        for note in range(self._rows.shape[0]):
            places = np.arange(self._rows.indptr[note], self._rows.indptr[note + 1])
            places = places[counts[self._rows.indices[places]]]
            kept.append(places[_highest(self._rows.data[places], TELLING_WORDS)])
        ends = np.cumsum([0, *(len(places) for places in kept)])
        every = np.concatenate(kept)
        return csr_matrix((self._rows.data[every], self._rows.indices[every], ends), self._rows.shape)

    def likely(self, notes: range, known: Sequence[Any]) -> list[Any]:
        """For each of these notes the few that share the most of its telling words, but those it knows."""
        scores = self._telling[notes.start : notes.stop] @ self._notes_of_words
        found = []
        for row, unwanted in enumerate(known):
            others, parts = _row(scores, row)
            wanted = ~np.isin(others, unwanted)
            others, parts = others[wanted], parts[wanted]
            # The product's own order depends on how it is computed.
            order = np.argsort(others)
            others = others[order]
            found.append(others[_highest(parts[order], MAX_COMPARED)])
        return found

    def likeness(self, notes: range, others: Sequence[Any]) -> list[Any]:
        """The cosines of each of these notes and some others."""
        one = np.repeat(np.arange(notes.start, notes.stop), [len(found) for found in others])
        products = self._rows[one].multiply(self._rows[np.concatenate(others)])
        cosines = np.asarray(products.sum(axis=1)).ravel().round(DIGITS)
        return np.split(cosines, np.cumsum([len(found) for found in others])[:-1])

    def shared(self, one: int, other: int) -> Iterator[str]:
        """The words that make two notes alike, the weightiest first, equals in the order of the alphabet."""
        (words, weights), (other_words, other_weights) = _row(self._rows, one), _row(self._rows, other)
        shared, places, other_places = np.intersect1d(
            words, other_words, assume_unique=True, return_indices=True
        )
        for number in shared[_highest(weights[places] * other_weights[other_places], MAX_SHARED)]:
            yield self._words[number]


def compare(given: Iterable[Words], count: int) -> dict[str, tuple[Similar, ...]]:
    """For each of several notes those most like it, as `similar_notes` gives them. They are in path order."""
    notes: list[_Known] = []
    try:
        weights = _Weights(_read(given, notes), count)
    except ValueError:
        return {note.path: () for note in notes}
    places = {note.path: place for place, note in enumerate(notes)}
    found = {}
    for start in range(0, len(notes), BATCH):
        batch = range(start, min(start + BATCH, len(notes)))
        known = [_known(notes[place], places) for place in batch]
        likely = weights.likely(batch, known)
        for place, others, likeness in zip(batch, likely, weights.likeness(batch, likely), strict=True):
            found[notes[place].path] = tuple(_similar(place, others, likeness, notes, weights))
    return found


class _Known(NamedTuple):
    """What is still needed of a note when its words are counted."""

    path: str
    linked: frozenset[str]


def _read(given: Iterable[Words], notes: list[_Known]) -> Iterator[Words]:
    for note in given:
        notes.append(_Known(note.path, note.linked))
        yield note


def _known(note: _Known, places: Mapping[str, int]) -> Any:
    """The places of a note and of those that it is linked with."""
    return np.array([places[note.path], *(places[path] for path in note.linked if path in places)])


def _similar(
    note: int, others: Any, likeness: Any, notes: Sequence[_Known], weights: _Weights
) -> Iterator[Similar]:
    order = np.argsort(others)
    others, likeness = others[order], likeness[order]
    for best in _highest(likeness, MAX_SIMILAR):
        if likeness[best] >= MIN_LIKENESS:
            other = int(others[best])
            yield Similar(notes[other].path, float(likeness[best]), tuple(weights.shared(note, other)))


def _row(matrix: Any, row: int) -> tuple[Any, Any]:
    """The columns in which a row of a sparse matrix has something, and what it has there."""
    places = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[places], matrix.data[places]


def _highest(numbers: Any, most: int) -> Any:
    """The places of the highest numbers, the highest first, equals as they stand."""
    numbers = numbers.round(DIGITS)
    likely = np.arange(len(numbers))
    if len(numbers) > most:
        # Sorting all of them would take longer than all else.
        likely = np.flatnonzero(numbers >= np.partition(numbers, -most)[-most])
    return likely[np.argsort(-numbers[likely], kind="stable")][:most]
