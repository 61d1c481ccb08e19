"""`codex list`: the notes that have these values."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import click

from codex_publisher.cli.completing import complete_value
from codex_publisher.cli.note_data import clock, encoded, note_data
from codex_publisher.cli.terminal import Refusal, columns, either, fit, say, table, tell, writes_to_terminal
from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex
from codex_publisher.model.counting import count_of
from codex_publisher.model.facets import (
    AGENT,
    AUTHOR,
    CONFIDENCE,
    DOMAIN,
    FORMAT,
    KIND,
    PRIORITY,
    STATUS,
    TAG,
    YEAR,
    Facet,
)
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.names import visible
from codex_publisher.model.note import Note
from codex_publisher.model.queries import Order, UnknownValueError, Waits, find_notes, link_count, sort_notes

FACETS: Final = (KIND, STATUS, PRIORITY, CONFIDENCE, DOMAIN, TAG, AGENT, AUTHOR, FORMAT, YEAR)
"""In the order of the help."""
WIDEST_COLUMN: Final = 24
EXAMPLES: Final = (
    "\b\nExamples:\n"
    "  codex list --status unprocessed --priority high --sort age\n"
    "  codex list --kind claim --domain health --sort links --limit 10\n"
    "  codex list --tag sleep --json\n"
)


def _facet_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for facet in reversed(FACETS):
        values = tuple(kind.name for kind in KINDS) if facet is KIND else facet.order
        known = f" ({', '.join(values)})" if values else ""
        option = click.option(
            f"--{facet.name}",
            facet.name,
            multiple=True,
            metavar="VALUE",
            shell_complete=complete_value(facet),
            help=f"Only notes with this {facet.name}{known}.",
        )
        function = option(function)
    return function


@click.command("list", short_help="List the notes that have certain values.", epilog=EXAMPLES)
@_facet_options
@click.option(
    "--sort",
    "order",
    type=click.Choice([str(order) for order in Order]),
    default=str(Order.DATE),
    show_default=True,
    help="date: the newest first. age: what waits longest first. title: from A to Z. links: what most notes "
    "link to first.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Show so many at most.")
@click.option("--json", "form", flag_value="json", help="Write an array with an object for each note.")
@click.option("--paths", "form", flag_value="paths", help="Write only paths, one a line.")
@click.option(
    "-0", "--null", "form", flag_value="null", help="Write only paths, exactly, with a NUL after each."
)
@click.pass_context
def command(
    context: click.Context, /, order: str, limit: int | None, form: str | None, **wanted: tuple[str, ...]
) -> None:
    """List the notes that have these values.

    An option given twice takes notes with either value; different options narrow one another. Case, spaces,
    hyphens and underscores do not matter. At a terminal the answer is a table; a program gets lines with
    tabs between kind, status, priority, confidence, domain, date, title and path.
    """
    vault: Vault = context.obj
    codex = vault.filled
    given = {facet: wanted[facet.name] for facet in FACETS if wanted[facet.name]}
    try:
        found = find_notes(codex, given)
    except UnknownValueError as error:
        raise Refusal(_with_nearest(error)) from error
    waits = clock(vault)
    notes = sort_notes(codex, found, Order(order), waits)[:limit]
    if form == "json":
        _write_json(codex, notes, waits)
    elif form == "null":
        click.echo(b"".join(os.fsencode(note.path) + b"\0" for note in notes), nl=False)
    elif form == "paths":
        for note in notes:
            tell(visible(note.path))
    elif writes_to_terminal():
        if notes:
            _write_table(vault, notes, given, Order(order), waits)
        say(f"{count_of(len(found), 'note')}{_of_them(notes, found)}")
    else:
        for note in notes:
            tell("\t".join(map(visible, (*_facts(codex, note), note.title, note.path))))


def _with_nearest(error: UnknownValueError) -> str:
    if not error.near:
        return f"{error} `codex list --help` names the values of each vocabulary."
    return f"{error} Did you mean {either(error.near)}?"


def _of_them(notes: Sequence[Note], found: Sequence[Note]) -> str:
    return f", of which {len(notes):,} are shown" if len(notes) < len(found) else ""


def _write_json(codex: Codex, notes: Sequence[Note], waits: Waits) -> None:
    objects = (encoded(note_data(codex, note, waits)) for note in notes)
    lines = ",\n".join(objects)
    tell(f"[\n{lines}\n]" if lines else "[]")


def _facts(codex: Codex, note: Note) -> tuple[str, ...]:
    domain = codex.value(DOMAIN, note.domain) if note.domain else None
    return (
        note.kind.name,
        note.status,
        note.priority,
        note.confidence,
        domain.label if domain else "",
        note.date.iso if note.date else "",
    )


def _write_table(
    vault: Vault,
    notes: Sequence[Note],
    given: Mapping[Facet, Sequence[str]],
    order: Order,
    waits: Waits,
) -> None:
    """A line for each note. What was asked for, and so is the same in every line, is left out."""
    told = [_columns(vault, note, given, order, waits) for note in notes]
    measure = "LINKS" if order is Order.LINKS else "WAITS"
    rows = [["KIND", "STATUS", "PRIORITY", "CONFIDENCE", "DOMAIN", "DATE", measure, "TITLE"], *told]
    emptied = [[text if any(column[1:]) else "" for text in column] for column in zip(*rows, strict=True)]
    head, *lines = table(list(zip(*emptied, strict=True)), columns())
    tell(click.style(head, bold=True))
    for line in lines:
        tell(line)


def _columns(
    vault: Vault,
    note: Note,
    given: Mapping[Facet, Sequence[str]],
    order: Order,
    waits: Waits,
) -> list[str]:
    facets = (KIND, STATUS, PRIORITY, CONFIDENCE, DOMAIN)
    *facts, day = _facts(vault.codex, note)
    told = ["" if len(given.get(facet, ())) == 1 else fact for facet, fact in zip(facets, facts, strict=True)]
    texts = (*told, day, _measure(vault, note, order, waits), note.title)
    return [fit(visible(text), WIDEST_COLUMN) for text in texts[:-1]] + [visible(texts[-1])]


def _measure(vault: Vault, note: Note, order: Order, waits: Waits) -> str:
    """What the notes are sorted by, if no other column shows it."""
    if order is Order.LINKS:
        return f"{link_count(vault.codex, note):,}"
    waited = waits(note) if order is Order.AGE else None
    return count_of(waited.days, "day") if waited else ""
