"""What a change means, in Markdown for the summary of a job on GitHub."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from codex_publisher.cli.plain import in_markdown
from codex_publisher.cli.wording import (
    Words,
    headline,
    note_lines,
    notes_by_fate,
    problems_by_fate,
    resting_line,
)
from codex_publisher.model.counting import count_of
from codex_publisher.model.meaning import Meaning, NoteMeaning
from codex_publisher.model.problems import Problem

Item = TypeVar("Item")
MAX_BYTES: Final = 1_000_000
"""GitHub shows a summary of 1 MiB at most, and none that is larger."""
MAX_ITEMS: Final = 200
"""As many items are listed under one heading; the others are counted."""
_CUT: Final = (
    "\n_The rest is left out, since GitHub shows no more than 1 MiB. `codex summary` shows it all._\n"
)
_WORDS: Final = Words(
    plain=in_markdown,
    strong=lambda text: f"**{in_markdown(text)}**",
    code=lambda text: f"<code>{in_markdown(text)}</code>",
    aside=lambda text: f"_{text}_",
)


def markdown_of(meaning: Meaning) -> str:
    """The whole summary."""
    return _cut("\n".join(_lines(meaning)) + "\n")


def _lines(meaning: Meaning) -> Iterator[str]:
    yield "## What this change means"
    yield ""
    yield headline(meaning, _WORDS)
    for heading, notes in notes_by_fate(meaning):
        yield from _section(heading, "", notes, _note)
    yield from _section(
        "What rests on it",
        "These notes rest on one that this change touches, directly or through others. If that one now says "
        "something else, ask whether they still hold.",
        meaning.resting,
        lambda one: [f"- {resting_line(one, _WORDS)}"],
    )
    for title, problems in problems_by_fate(meaning):
        yield from _section(title, "", problems, _problem)


def _section(
    heading: str, introduction: str, items: Sequence[Item], lines: Callable[[Item], Iterable[str]]
) -> Iterator[str]:
    if not items:
        return
    yield from ("", f"### {heading} ({len(items)})", "")
    if introduction:
        yield from (introduction, "")
    for item in items[:MAX_ITEMS]:
        yield from lines(item)
    if len(items) > MAX_ITEMS:
        yield f"- … and {count_of(len(items) - MAX_ITEMS, 'other')}"


def _note(note: NoteMeaning) -> Iterator[str]:
    first, *others = note_lines(note, _WORDS)
    yield f"- {first}"
    yield from (f"  - {line}" for line in others)


def _problem(problem: Problem) -> Iterator[str]:
    place = f"{_WORDS.code(problem.path)}:{problem.line}"
    hint = f" ({in_markdown(problem.hint)})" if problem.hint else ""
    yield f"- {place} {problem.code} ({problem.severity}): {in_markdown(problem.message)}{hint}"


def _cut(text: str) -> str:
    """The text, or as many of its lines as GitHub takes."""
    whole = text.encode()
    if len(whole) <= MAX_BYTES:
        return text
    return whole[: whole.rindex(b"\n", 0, MAX_BYTES)].decode() + "\n" + _CUT
