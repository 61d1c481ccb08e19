"""How like notes are: TF-IDF and the cosine of two notes, by scikit-learn.

Only the process that compares imports this, since scikit-learn takes a second and 80 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from codex_publisher.site.similar import MAX_SIMILAR, Similar, Words, words_of

MIN_LIKENESS: Final = 0.15
"""Below this, two notes share a few words by chance."""
MAX_CHARACTERS: Final = 12_000
"""What a note is about shows in its beginning; the rest would only cost time."""
MAX_NOTES_OF_A_WORD: Final = 1_000
"""A word in more notes than this tells little, and would make the search grow faster than the codex."""
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

    def __init__(self, notes: Iterable[Words], most: int) -> None:
        """Raises ValueError when no word is left that at most so many notes have."""
        reader = _Reader()
        counter = CountVectorizer(analyzer=reader, max_df=most)
        counts = counter.fit_transform(notes)
        weigher = TfidfTransformer(sublinear_tf=True, smooth_idf=False).fit(counts)
        # scikit-learn adds 1, by which a word of nearly every note would tell much where there are few notes.
        weigher.idf_ -= 1
        self._rows = weigher.transform(counts, copy=False)
        self._columns = self._rows.T.tocsr()
        spellings = reader.spellings()
        self._words = [spellings[word] for word in counter.get_feature_names_out()]

    def likeness(self, note: int) -> Any:
        """The cosine of this note and each, as an array."""
        return (self._rows[note : note + 1] @ self._columns).toarray()[0].round(DIGITS)

    def shared(self, one: int, other: int) -> Iterator[str]:
        """The words that make two notes alike, the weightiest first, equals in the order of the alphabet."""
        (words, weights), (other_words, other_weights) = self._row(one), self._row(other)
        shared, places, other_places = np.intersect1d(
            words, other_words, assume_unique=True, return_indices=True
        )
        parts = (weights[places] * other_weights[other_places]).round(DIGITS)
        for number in shared[_descending(parts)[:MAX_SHARED]]:
            yield self._words[number]

    def _row(self, note: int) -> tuple[Any, Any]:
        row = slice(self._rows.indptr[note], self._rows.indptr[note + 1])
        return self._rows.indices[row], self._rows.data[row]


def compare(notes: Sequence[Words]) -> dict[str, tuple[Similar, ...]]:
    """For each of several notes those most like it, as `similar_notes` gives them."""
    notes = sorted(notes, key=lambda note: note.path)
    try:
        weights = _Weights(notes, min(MAX_NOTES_OF_A_WORD, len(notes) - 1))
    except ValueError:
        return {note.path: () for note in notes}
    places = {note.path: place for place, note in enumerate(notes)}
    return {note.path: tuple(_similar(note, notes, places, weights)) for note in notes}


def _similar(
    note: Words, notes: Sequence[Words], places: dict[str, int], weights: _Weights
) -> Iterator[Similar]:
    place = places[note.path]
    likeness = weights.likeness(place)
    likeness[[place, *(places[path] for path in note.linked if path in places)]] = 0
    likely = np.flatnonzero(likeness >= MIN_LIKENESS)
    for other in likely[_descending(likeness[likely])[:MAX_SIMILAR]]:
        yield Similar(notes[other].path, float(likeness[other]), tuple(weights.shared(place, other)))


def _descending(numbers: Any) -> Any:
    """The places of numbers from the highest to the lowest, equals as they stand."""
    return np.argsort(-numbers, kind="stable")
