"""Notes that speak of the same things and are not linked yet, as their pages show them."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import DOMAIN
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.background import Background, Task
from codex_publisher.site.listing import link_to, shorten
from codex_publisher.site.remembered import Results
from codex_publisher.site.similar import (
    MAX_CHARACTERS,
    Similar,
    Words,
    prepare,
    similar_in_file,
    write_words,
)
from codex_publisher.site.views import RelatedNote

log = logging.getLogger("mkdocs.hooks.codex")
NAME: Final = "The list of related notes"
_NOTHING: Final[Mapping[str, tuple[Similar, ...]]] = MappingProxyType({})


class Related:
    """For each note those like it. What it is asked first waits until they are worked out."""

    def __init__(self, codex: Codex, find: Callable[[], Mapping[str, tuple[Similar, ...]]]) -> None:
        """Nothing is waited for yet."""
        self._codex = codex
        self._find = find
        self._found: Mapping[str, tuple[Similar, ...]] | None = None

    def of(self, note: Note) -> tuple[RelatedNote, ...]:
        """The notes like this one that it is not linked with, the likest first."""
        return tuple(self._shown(one) for one in self.all().get(note.path, ()))

    def all(self) -> Mapping[str, tuple[Similar, ...]]:
        """For each note those like it, as they were worked out."""
        if self._found is None:
            self._found = self._find()
        return self._found

    def same_texts(self) -> tuple[tuple[Note, Note], ...]:
        """The pairs of notes with nearly the same text, each once and in path order."""
        pairs = {
            (min(path, one.path), max(path, one.path))
            for path, found in self.all().items()
            for one in found
            if one.is_same_text
        }
        notes = self._codex.notes
        return tuple((notes[NotePath(one)], notes[NotePath(other)]) for one, other in sorted(pairs))

    def _shown(self, similar: Similar) -> RelatedNote:
        codex = self._codex
        note = codex.notes[NotePath(similar.path)]
        link = link_to(codex, note)
        domain = codex.value(DOMAIN, note.domain) if note.domain else None
        facts = (note.kind.name, *((shorten(domain.label, 60),) if domain else ()))
        return RelatedNote(link.text, link.to, facts, _why(similar))


def _why(similar: Similar) -> str:
    if similar.is_same_text:
        return "Nearly the same text."
    *others, last = similar.shared
    return f"Both speak of {', '.join(others)}{' and ' if others else ''}{last}."


def prepare_to_relate(background: Background) -> None:
    """Have another process get ready for `relate` while the notes are read."""
    background.start("What compares notes", prepare, None, None)


def relate(
    codex: Codex,
    background: Background,
    comparison: Comparison | None = None,
    workplace: Path | None = None,
) -> Related:
    """Have the notes of a codex compared by another process, if an earlier build has not.

    `workplace` is a folder for what is needed meanwhile; without one, it is the system's.
    """
    if comparison and (known := comparison.known()):
        return Related(codex, known.result)
    try:
        words = write_words((_words(codex, note) for note in codex.notes.values()), workplace)
    except OSError as error:
        log.warning("The site has no list of related notes, since its words could not be written: %s", error)
        return Related(codex, lambda: _NOTHING)
    if comparison is None:
        task = background.start(NAME, similar_in_file, words, _NOTHING)
    else:
        task = comparison.results.start(background, comparison.key, NAME, similar_in_file, words, _NOTHING)
    related = Related(codex, task.result)
    # Should the other process never come to it.
    weakref.finalize(related, Path(words.file).unlink, missing_ok=True)
    return related


def still_related(codex: Codex, before: Mapping[str, tuple[Similar, ...]]) -> Related:
    """What was worked out for a codex a little while ago, as far as it can still be true of this one."""

    def find() -> Mapping[str, tuple[Similar, ...]]:
        return {path: tuple(_still(codex, NotePath(path), found)) for path, found in before.items()}

    return Related(codex, find)


def _still(codex: Codex, path: NotePath, found: Iterable[Similar]) -> Iterable[Similar]:
    if path not in codex.notes:
        return
    linked = {edge.other_end(path) for edge in codex.edges.get(path, ())}
    yield from (one for one in found if one.path in codex.notes and one.path not in linked)


class Comparison:
    """Where an earlier build's comparison of the same notes is found."""

    def __init__(self, results: Results, notes: bytes) -> None:
        """`notes` is a digest of all of them."""
        self.results = results
        self.key = results.key(NAME, notes)

    def known(self) -> Task[Mapping[str, tuple[Similar, ...]]] | None:
        """What came of it; None where there was none."""
        return self.results.known(NAME, self.key, _NOTHING)

    @property
    def is_known(self) -> bool:
        """Whether the notes need not be compared again."""
        return self.known() is not None


def _words(codex: Codex, note: Note) -> Words:
    linked = frozenset(edge.other_end(note.path) for edge in codex.edges.get(note.path, ()))
    texts = (note.description, codex.documents[note.path].html[:MAX_CHARACTERS])
    return Words(note.path, note.title, note.tags, texts, linked)
