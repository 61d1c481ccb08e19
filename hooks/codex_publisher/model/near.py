"""Existing notes whose names are near to one that is wanted."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from codex_publisher.model.kinds import NAMELESS_STEMS
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, fold

Item = TypeVar("Item", bound=str)
MAX_CANDIDATES: Final = 40
MAX_NOTES_OF_A_WORD: Final = 400
"""A word in more notes than this tells nothing, and would make the search grow with the codex."""
MIN_SCORE: Final = 62.0
MIN_RATIO: Final = 75.0
MAX_QUESTIONS: Final = 200
FEWEST_SPACES: Final = 3
"""The beginning of a name tells which it is if it has at least four words."""


def folded_names(note: Note) -> frozenset[str]:
    """What a note is called: by its title, its aliases, and its file if that has a name of its own."""
    stem = () if note.stem.casefold() in NAMELESS_STEMS else (note.stem,)
    return frozenset(filter(None, map(fold, (note.title, *note.aliases, *stem))))


def words_of(names: Iterable[str]) -> set[str]:
    """The words of folded names."""
    return {word for name in names for word in name.split("-")}


def touched_words(notes: Mapping[NotePath, Note], before: Mapping[NotePath, Note]) -> frozenset[str]:
    """The words by which other notes may be found near a name than were found before."""
    changed: set[str] = set()
    for path in notes.keys() | before.keys():
        now, then = notes.get(path), before.get(path)
        if now is not then:
            names, former = (folded_names(one) if one else frozenset[str]() for one in (now, then))
            changed |= words_of(names | former) if names != former else set()
    if not changed:
        return frozenset()
    counts = [
        Counter(word for note in some.values() for word in changed & words_of(folded_names(note)))
        for some in (notes, before)
    ]
    return frozenset(word for word in changed if min(one[word] for one in counts) <= MAX_NOTES_OF_A_WORD)


class NearMatches:
    """Looks names up by their rare words first, then compares only the likely ones in full."""

    def __init__(self, notes: Iterable[Note]) -> None:
        """Index titles, stems and aliases."""
        self._names: dict[NotePath, tuple[_Name, ...]] = {}
        self._notes_of_word: dict[str, list[NotePath]] = defaultdict(list)
        for note in notes:
            names = folded_names(note)
            self._names[note.path] = tuple(map(_Name.of, names))
            for word in words_of(names):
                self._notes_of_word[word].append(note.path)

    def find(self, name: str, limit: int = 3) -> tuple[NotePath, ...]:
        """The notes with the nearest names, nearest first; none when nothing is near.

        Days and other numbers are never near: each is meant as it is.
        """
        if not any(map(str.isalpha, name)):
            return ()
        wanted = _Name.of(fold(name))
        shared: Counter[NotePath] = Counter()
        for word in set(wanted.words.split()):
            paths = self._notes_of_word.get(word, ())
            if len(paths) <= MAX_NOTES_OF_A_WORD:
                shared.update(paths)
        likely = commonest(shared, MAX_CANDIDATES)
        names = [(path, name) for path in likely for name in self._names[path]]
        scores = _likenesses(wanted, [name for _, name in names])
        best: dict[NotePath, float] = {}
        for at, score in scores:
            path = names[at][0]
            best[path] = max(score, best.get(path, 0.0))
        return tuple(sorted(best, key=lambda path: (-best[path], path))[:limit])


class NearestName:
    """Finds the one name that was probably meant. It looks at all names, so it answers only some times."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names that there are."""
        self._names = sorted(set(names))
        self._left = MAX_QUESTIONS

    def find(self, name: str) -> str:
        """The nearest name; empty when none is near, or after very many questions."""
        if not self._left:
            return ""
        self._left -= 1
        found = process.extractOne(name, self._names, scorer=fuzz.ratio, score_cutoff=MIN_RATIO)
        return str(found[0]) if found else ""


def commonest(counts: Mapping[Item, int], most: int) -> list[Item]:
    """So many of what was counted, the most frequent first; what is equally frequent stands in its order.

    This sorts far less than `heapq.nsmallest` with such a key, where most was counted once or twice.
    """
    room, least = most, 0
    for count, items in sorted(Counter(counts.values()).items(), reverse=True):
        room, least = room - items, count
        if room <= 0:
            break
    above = [item for item, count in counts.items() if count > least]
    above.sort(key=lambda item: (-counts[item], item))
    even = [item for item, count in counts.items() if count == least]
    return [*above, *heapq.nsmallest(most - len(above), even)]


class _Name(NamedTuple):
    """A name as it is compared."""

    words: str
    sorted_words: str
    """The same words in the order of letters: many names are compared with each that is wanted."""

    @classmethod
    def of(cls, folded: str) -> _Name:
        words = folded.replace("-", " ")
        return cls(words, " ".join(sorted(words.split())))


def _likenesses(wanted: _Name, names: Sequence[_Name]) -> Iterator[tuple[int, float]]:
    """How like names are to one that is wanted, up to 100: the places of those that are near, with scores.

    One cut short, as claims often are, is as good as whole.
    """
    if wanted.words.count(" ") >= FEWEST_SPACES:
        beginning = f"{wanted.words} "
        yield from ((at, 100.0) for at, name in enumerate(names) if name.words.startswith(beginning))
    # All at once, since each call by itself takes longer than the comparison.
    choices = [name.sorted_words for name in names]
    near = process.extract(
        wanted.sorted_words, choices, scorer=fuzz.ratio, score_cutoff=MIN_SCORE, limit=None
    )
    yield from ((at, score) for _, score, at in near)
