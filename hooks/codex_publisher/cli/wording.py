"""The sentences of a summary, whatever they are written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.counting import count_of
from codex_publisher.model.meaning import Fact, Meaning, NoteMeaning, Resting, Target
from codex_publisher.model.problems import Problem

MAX_LINKS: Final = 20
"""As many names as are listed of what a note links to; the others are counted."""


@dataclass(frozen=True, slots=True)
class Words:
    """How texts are written. All but `aside` take what a stranger may have written."""

    plain: Callable[[str], str]
    strong: Callable[[str], str]
    code: Callable[[str], str]
    aside: Callable[[str], str]
    """For words of our own that stand beside others."""


def headline(meaning: Meaning, words: Words) -> str:
    """How much the change touches."""
    counts = (
        (len(meaning.added), "added"),
        (len(meaning.changed), "changed"),
        (len(meaning.renamed), "moved or renamed"),
        (len(meaning.removed), "removed"),
    )
    base = words.code(meaning.base[:12])
    touched = [f"{number:,} {what}" for number, what in counts if number]
    if not touched:
        return f"No note differs from {base}."
    total = count_of(sum(number for number, _ in counts), "note")
    notes = (
        f"{total} ({', '.join(touched)})" if len(touched) > 1 else f"{total} {touched[0].split(' ', 1)[1]}"
    )
    introduced, mended = meaning.problems.introduced, meaning.problems.mended
    return (
        f"Compared with {base}: {notes}, "
        f"{count_of(len(introduced), 'problem')} introduced, {len(mended):,} mended."
    )


def notes_by_fate(meaning: Meaning) -> Iterator[tuple[str, Sequence[NoteMeaning]]]:
    """What happened to notes, each with those to which it did."""
    yield "Added", meaning.added
    yield "Changed", meaning.changed
    yield "Moved or renamed", meaning.renamed
    yield "Removed", meaning.removed


def problems_by_fate(meaning: Meaning) -> Iterator[tuple[str, Sequence[Problem]]]:
    """Likewise for problems."""
    yield "Problems introduced", meaning.problems.introduced
    yield "Problems mended", meaning.problems.mended


def note_lines(note: NoteMeaning, words: Words) -> Iterator[str]:
    """A note's title, then what is to be said of it."""
    facts = ", ".join(_fact(fact, words) for fact in note.facts)
    yield f"{words.strong(note.title or note.path)} ({facts})"
    if note.was != note.path:
        yield f"{words.code(note.was)} → {words.code(note.path)}"
    else:
        yield words.code(note.path)
    if lines := _text(note):
        yield lines
    is_new = not note.lines_removed and note.was == note.path and not note.dropped
    yield from _links("Links to" if is_new else "Now links to", note.links, words)
    yield from _links("No longer links to", note.dropped, words)


def resting_line(one: Resting, words: Words) -> str:
    """A note with the chain down to the one that the change touches."""
    top, *others = one.notes
    fate = "removed here" if one.is_ground_removed else "touched here"
    chain = ", which rests on ".join(words.plain(note.title or note.path) for note in others)
    name = words.strong(top.title or top.path)
    return f"{name} ({words.plain(top.kind)}) rests on {chain} {words.aside(fate)}"


def _fact(fact: Fact, words: Words) -> str:
    if not fact.is_changed:
        value = words.plain(fact.value)
        return f"{fact.name} {value}" if fact.name in ("priority", "confidence") else value
    was, value = (words.plain(text) if text else words.aside("none") for text in (fact.was, fact.value))
    return f"{fact.name} {was} → {value}"


def _text(note: NoteMeaning) -> str:
    parts = []
    if note.lines_added:
        parts.append(f"{count_of(note.lines_added, 'line')} added")
    if note.lines_removed:
        parts.append(f"{count_of(note.lines_removed, 'line')} removed")
    return ", ".join(parts)


def _links(verb: str, links: Sequence[Target], words: Words) -> Iterator[str]:
    if not links:
        return
    names = [_name(link, words) for link in links[:MAX_LINKS]]
    if len(links) > MAX_LINKS:
        names.append(f"{len(links) - MAX_LINKS:,} more")
    yield f"{verb}: {'; '.join(names)}"


def _name(link: Target, words: Words) -> str:
    name = words.plain(link.title or link.path or "")
    return name if link.path else f"{name} {words.aside('not written yet')}"
