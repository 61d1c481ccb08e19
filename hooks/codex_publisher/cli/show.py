"""`codex show`: a note, what it is related to, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click

from codex_publisher.cli.completing import complete_note
from codex_publisher.cli.naming import find_note
from codex_publisher.cli.note_data import Json, clock, encoded, note_data, problem_data
from codex_publisher.cli.terminal import columns, tell, wrapped
from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex
from codex_publisher.model.names import visible
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem, Severity
from codex_publisher.model.related import GROUPS, is_bare, related_notes
from codex_publisher.model.relations import Edge, Relation

ALL_GROUPS: Final = (*GROUPS, ("mentions", "Mentions", ((Relation.MENTIONS, True),)))
"""As on a note's page, and what it mentions, which there stands in its text."""
SHOWN_OF_A_GROUP: Final = 10
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
EXAMPLES: Final = (
    "\b\nExamples:\n"
    '  codex show "short naps improve recall in adults"\n'
    "  codex show short-naps-improve-recall-in-adults --all\n"
    "  codex show naps --json\n"
)


@click.command("show", short_help="Show a note, its relations and its problems.", epilog=EXAMPLES)
@click.argument("name", shell_complete=complete_note)
@click.option("--all", "is_all", is_flag=True, help=f"Show more than {SHOWN_OF_A_GROUP} notes of a relation.")
@click.option("--json", "is_json", is_flag=True, help="Write an object.")
@click.pass_context
def command(context: click.Context, name: str, is_all: bool, is_json: bool) -> None:
    """Show what a note is, what it is related to and what is wrong with it.

    NAME is what a wiki link would have between its brackets, such as a file's name, a title or an alias; or
    a path. Under each related note stands the sentence that relates the two.
    """
    vault: Vault = context.obj
    note = find_note(vault, name)
    if is_json:
        tell(encoded(_data(vault, note)))
        return
    for line in _lines(vault.codex, note, columns(), None if is_all else SHOWN_OF_A_GROUP):
        tell(line)


def _lines(codex: Codex, note: Note, width: int, limit: int | None) -> Iterable[str]:
    for line in wrapped(visible(note.title), width, ""):
        yield click.style(line, bold=True)
    yield from wrapped(visible(" · ".join(_facts(note))), width, "")
    yield visible(note.path)
    if note.url:
        yield visible(note.url)
    if note.description:
        yield ""
        yield from wrapped(visible(note.description), width, "")
    for _, title, found in _groups(codex, note):
        yield ""
        yield click.style(f"{title} ({len(found):,})" if len(found) > 1 else title, bold=True)
        for other, edge in found[:limit]:
            yield from _related(note, other, edge, width)
        if limit and len(found) > limit:
            yield f"  and {len(found) - limit:,} more, which --all shows"
    problems = codex.problems_of(note)
    if problems:
        yield ""
        yield click.style("Problems", bold=True)
        for problem in problems:
            yield from _problem(problem, width)


def _facts(note: Note) -> Iterable[str]:
    values = [note.kind.name, note.status, note.priority, note.confidence, *note.domains]
    values += [", ".join(note.authors), note.format, note.date.words if note.date else ""]
    values += [f"#{tag}" for tag in note.tags]
    return filter(None, values)


def _groups(codex: Codex, note: Note) -> Iterable[tuple[str, str, Sequence[tuple[Note, Edge]]]]:
    edges = codex.edges.get(note.path, ())
    for group_id, title, members in ALL_GROUPS:
        if found := related_notes(codex, note, edges, members):
            yield group_id, title, found


def _related(note: Note, other: Note, edge: Edge, width: int) -> Iterable[str]:
    facts = ", ".join(filter(None, (other.kind.name, other.status, other.confidence)))
    yield from wrapped(visible(f"{other.title} ({facts})"), width, "  ")
    if sentence := _sentence(note, other, edge):
        for line in wrapped(visible(sentence), width, "    "):
            yield click.style(line, dim=True)


def _sentence(note: Note, other: Note, edge: Edge) -> str:
    """What the sentence that relates two notes says, without a name that it only begins with."""
    if is_bare(edge.citation):
        return ""
    before, after = edge.citation.before.strip(), edge.citation.after.strip()
    if not before:
        return after.lstrip(" —–-:,;.)")
    linked = other if edge.stated_in == note.path else note
    # A bare file name says little to a reader.
    words = linked.title if edge.citation.words in (linked.stem, linked.path) else edge.citation.words
    return " ".join(f"{edge.citation.before}{words}{edge.citation.after}".split())


def _problem(problem: Problem, width: int) -> Iterable[str]:
    hint = f" ({problem.hint})" if problem.hint else ""
    text = f"{problem.line}:{problem.column} {problem.code} {problem.message}{hint}"
    first, *more = wrapped(visible(text), width, "  ")
    yield click.style(first, fg=_COLOURS[problem.severity])
    yield from (click.style(line, fg=_COLOURS[problem.severity]) for line in more)


def _data(vault: Vault, note: Note) -> dict[str, Json]:
    codex = vault.codex
    return {
        **note_data(codex, note, clock(vault)),
        "relations": [
            {"group": group_id, "heading": title, "notes": [_related_data(note, *pair) for pair in found]}
            for group_id, title, found in _groups(codex, note)
        ],
        "problems": [problem_data(problem) for problem in codex.problems_of(note)],
    }


def _related_data(note: Note, other: Note, edge: Edge) -> Json:
    return {
        "path": other.path,
        "kind": other.kind.name,
        "title": other.title,
        "status": other.status,
        "confidence": other.confidence,
        "stated_in": edge.stated_in,
        "place": edge.place,
        "line": edge.line,
        "sentence": _sentence(note, other, edge),
    }
