"""Notes of one kind whose titles say nearly the same, so that one of them may be a duplicate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from codex_publisher.model import rules
from codex_publisher.model.kinds import CLAIM, Kind
from codex_publisher.model.links import shorten
from codex_publisher.model.near import commonest
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import fold

FEWEST_WORDS: Final = 3
"""Titles of fewer words are alike by chance."""
FEWEST_OF_BEGINNING: Final = 6
"""A title that is the beginning of another has to be a sentence by itself."""
MAX_NOTES_OF_A_WORD: Final = 60
"""A word in more titles than this tells nothing, and would make the search grow with the codex."""
WORDS_LOOKED_AT: Final = 8
MAX_CANDIDATES: Final = 12
SAME_ORDER: Final = 85.0
SAME_WORDS: Final = 90.0
SAME_WORD: Final = 80.0


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL: Final = _words(
    "a an and are as at be by during for from in into is it its of on or that the their this to was were with"
)
"""Words that may come and go without changing what a title says."""
_TURNING: Final = _words(
    "no not never without cannot neither nor less more fewer only before after against pass fail passed "
    "failed up down high low buy sell increase decrease increases decreases"
)
"""Words that make it say something else."""


@dataclass(frozen=True, slots=True)
class _Title:
    note: Note
    key: str
    words: tuple[str, ...]
    plain: str
    """Without small words."""
    plain_sorted: str
    """The same words in the order of letters."""

    @classmethod
    def of(cls, note: Note, key: str, words: tuple[str, ...]) -> _Title:
        plain = [word for word in words if word not in _SMALL]
        return cls(note, key, words, " ".join(plain), " ".join(sorted(plain)))


def check_titles(notes: Iterable[Note]) -> Iterator[Problem]:
    """Report each note whose title is nearly that of one before it. The order of notes matters."""
    by_kind: dict[Kind, list[_Title]] = defaultdict(list)
    for note in notes:
        if note.kind.identified_by_stem:
            key = fold(note.title)
            words = tuple(key.split("-"))
            if len(words) >= FEWEST_WORDS:
                by_kind[note.kind].append(_Title.of(note, key, words))
    for titles in by_kind.values():
        yield from _check_kind(titles)


def _check_kind(titles: list[_Title]) -> Iterator[Problem]:
    first_of_key: dict[str, _Title] = {}
    of_key: dict[str, list[Note]] = defaultdict(list)
    for title in titles:
        first_of_key.setdefault(title.key, title)
        before = of_key[title.key]
        if twin := next((note for note in before if _may_be_one(note, title.note)), None):
            yield _problem(title.note, twin, "the same title as")
        if len(before) < MAX_CANDIDATES:
            before.append(title.note)
    counts = Counter(word for title in first_of_key.values() for word in set(title.words))
    of_word: dict[str, list[_Title]] = defaultdict(list)
    for title in first_of_key.values():
        rare = [
            word for word in set(title.words) if counts[word] <= MAX_NOTES_OF_A_WORD and word not in _SMALL
        ]
        rare = sorted(rare, key=lambda word: (counts[word], word))[:WORDS_LOOKED_AT]
        if near := _nearest(title, rare, of_word):
            yield _problem(title.note, near.note, "nearly the same title as")
        for word in rare:
            of_word[word].append(title)


def _nearest(title: _Title, rare: list[str], of_word: dict[str, list[_Title]]) -> _Title | None:
    """Of the titles with rare words in common, the first that says the same."""
    shared: Counter[str] = Counter()
    found: dict[str, _Title] = {}
    for word in rare:
        for other in of_word.get(word, ()):
            shared[other.key] += 1
            found[other.key] = other
    for key in commonest(shared, MAX_CANDIDATES):
        other = found[key]
        if _says_the_same(title, other) and _may_be_one(other.note, title.note):
            return other
    return None


def _may_be_one(one: Note, other: Note) -> bool:
    """Whether two notes with such titles may be about one thing."""
    if fold(one.stem) == fold(other.stem):
        # That they share a name is reported already.
        return False
    if one.url and other.url and one.url != other.url and _host(one.url) == _host(other.url):
        # A site may give two things one title, and mirrors of one thing are on different sites.
        return False
    return not (_owner(one) and _owner(other) and _owner(one) != _owner(other))


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower().removeprefix("www.")


def _owner(note: Note) -> str:
    parts = note.path.split("/")
    return parts[parts.index("agents") + 1] if "agents" in parts[:-2] else ""


def _says_the_same(one: _Title, other: _Title) -> bool:
    if one.note.kind is CLAIM and _begins(one.words, other.words):
        return True
    # The quickest of the tests, which hardly any two titles pass.
    if fuzz.ratio(one.plain_sorted, other.plain_sorted) < SAME_WORDS:
        return False
    if fuzz.ratio(one.plain, other.plain) < SAME_ORDER:
        return False
    ours, theirs = Counter(one.words), Counter(other.words)
    left, right = list((ours - theirs).elements()), list((theirs - ours).elements())
    if any(word in _TURNING or any(map(str.isdigit, word)) for word in (*left, *right)):
        return False
    return _match(left, right) and _match(right, left)


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= FEWEST_OF_BEGINNING and longer[: len(shorter)] == shorter


def _match(words: list[str], others: list[str]) -> bool:
    """Whether each word that one title has alone is a small one, or a spelling of one that the other has."""
    return all(
        word in _SMALL or any(fuzz.ratio(word, other) >= SAME_WORD for other in others) for word in words
    )


def _problem(note: Note, other: Note, alike: str) -> Problem:
    return Problem(
        note.path,
        *note.title_place,
        rules.NEAR_DUPLICATE,
        f"The {note.kind} has {alike} “{shorten(other.title)}” in {other.path}.",
        "if they are one, put both into one note; otherwise say in the titles how they differ",
        other.path,
    )
