"""`codex summary`: says what a change means, for whoever reviews it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import click

from codex_publisher.cli.meaning_markdown import markdown_of
from codex_publisher.cli.note_data import problem_data
from codex_publisher.cli.plain import one_line
from codex_publisher.cli.terminal import tell, tell_all, writes_to_terminal
from codex_publisher.cli.vault import Vault
from codex_publisher.cli.wording import (
    Words,
    headline,
    note_lines,
    notes_by_fate,
    problems_by_fate,
    resting_line,
)
from codex_publisher.model.meaning import Meaning, NoteMeaning, meaning_of
from codex_publisher.repository.revisions import usual_base

EXAMPLES: Final = (
    "\b\nExamples:\n"
    "  codex summary                what you have changed since you left main\n"
    "  codex summary --since HEAD   what you have not committed yet\n"
    "  codex summary --format json\n"
)
_WORDS: Final = Words(
    plain=one_line,
    strong=lambda text: click.style(one_line(text), bold=True),
    code=one_line,
    aside=lambda text: click.style(f"[{text}]", dim=True),
)


@click.command("summary", short_help="Say what your change means.", epilog=EXAMPLES)
@click.option(
    "--since",
    "revision",
    metavar="REV",
    help="What to compare with: a branch, a tag or a commit. What happened there after your work began does "
    "not count. If not given: origin/main, or main, or else the last commit.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    help="`text` for people at a terminal, `markdown` for GitHub, `json` for programs. If not given: `text` "
    "on a terminal, `markdown` into a file or another program.",
)
@click.pass_context
def command(context: click.Context, revision: str | None, form: str | None) -> None:
    """Say what your change means: notes, links, what rests on them, problems.

    Lists the notes that were added, changed, moved and removed, with what is known of them and what they
    link to; the beliefs, positions and claims that rest on a changed note, directly or through others; and
    which problems the change brings or mends. What is not committed yet counts too.

    Ends with 0, and with 2 when it could not compare.
    """
    vault: Vault = context.obj
    base = vault.merge_base(revision or usual_base(vault.folder.root))
    meaning = meaning_of(vault.codex_at(base), vault.codex, base)
    form = form or ("text" if writes_to_terminal() else "markdown")
    if form == "json":
        tell(json.dumps(as_data(meaning), indent=2))
    elif form == "markdown":
        click.echo(markdown_of(meaning), nl=False)
    else:
        tell_all(_lines(meaning))


def as_data(meaning: Meaning) -> dict[str, object]:
    """The same for programs. Names of its members stay as they are."""
    return {
        "base": meaning.base,
        "added": [_note_data(note) for note in meaning.added],
        "changed": [_note_data(note) for note in meaning.changed],
        "renamed": [_note_data(note) for note in meaning.renamed],
        "removed": [_note_data(note) for note in meaning.removed],
        "resting": [asdict(one) for one in meaning.resting],
        "problems": {
            "introduced": [{"path": one.path, **problem_data(one)} for one in meaning.problems.introduced],
            "mended": [{"path": one.path, **problem_data(one)} for one in meaning.problems.mended],
        },
    }


def _note_data(note: NoteMeaning) -> dict[str, object]:
    facts = {fact.name: {"value": fact.value, "was": fact.was} for fact in note.facts}
    return {**asdict(note), "facts": facts}


def _lines(meaning: Meaning) -> Iterator[str]:
    yield headline(meaning, _WORDS)
    for heading, notes in notes_by_fate(meaning):
        if notes:
            yield from ("", click.style(heading, bold=True))
        for note in notes:
            first, *others = note_lines(note, _WORDS)
            yield f"  {first}"
            yield from (f"    {line}" for line in others)
    if meaning.resting:
        yield from ("", click.style("What rests on it", bold=True))
        yield from (f"  {resting_line(one, _WORDS)}" for one in meaning.resting)
    for heading, problems in problems_by_fate(meaning):
        if problems:
            yield from ("", click.style(heading, bold=True))
            yield from (f"  {problem}" for problem in problems)
