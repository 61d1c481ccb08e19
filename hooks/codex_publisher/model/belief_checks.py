"""What beliefs and positions rest on, where that is missing, retired, or weaker than they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.beliefs import agent_of_beliefs_file
from codex_publisher.model.connected import Connected
from codex_publisher.model.kinds import BELIEF, CLAIM, CONVICTION, POSITION
from codex_publisher.model.links import Destination, Leads, shorten
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.relations import DEPENDS_ON, SUPPORTED_BY, statement_of
from codex_publisher.model.slugs import NotePath, fold

RETIRED: Final = frozenset(
    {"abandoned", "archived", "deprecated", "invalidated", "rejected", "retired", "refuted", "retracted"}
    | {"superseded", "withdrawn"}
)
STRENGTH: Final = {
    **{"proven": 4, "strong": 3, "high": 3, "likely": 3},
    **{"moderate": 2, "medium": 2, "experimental": 2},
    **{"developing": 1, "cautious": 1, "low": 1, "weak": 1, "speculative": 1},
}
"""How sure each word is: those of beliefs and positions beside those of claims."""

_RESTS_SECTIONS: Final = ("grounding", "reasoning", "rests-on", "depends-on", "initial-evidence")
_SHOWN: Final = 3

Ground = tuple[str, Destination, int, int]
"""A thing that a belief rests on: its name as written, where that leads, line and column."""


def check_beliefs(codex: Connected) -> Iterator[Problem]:
    """Report beliefs, positions and convictions whose ground is not what it should be."""
    for note in codex.notes.values():
        is_list = agent_of_beliefs_file(note.path) is not None
        if note.kind in (BELIEF, POSITION, CONVICTION) or is_list:
            grounds = list(_grounds(codex, note))
            yield from _missing(note, grounds)
            yield from _retired(codex, note, grounds)
            if not is_list:
                yield from _weaker(codex, note, grounds)


def _grounds(codex: Connected, note: Note) -> Iterator[Ground]:
    seen: set[tuple[NotePath, str]] = set()
    for reference, to in codex.references_of(note):
        if reference.statement == DEPENDS_ON and (to.path, reference.target) not in seen:
            seen.add((to.path, reference.target))
            yield reference.target, to, reference.line, reference.column
    for link, to in codex.links_of(note):
        is_ground = statement_of(note, link.section) == SUPPORTED_BY or fold(link.section).startswith(
            _RESTS_SECTIONS
        )
        if is_ground and (to.path, link.target) not in seen:
            seen.add((to.path, link.target))
            yield link.target, to, link.line, link.column


def _missing(note: Note, grounds: list[Ground]) -> Iterator[Problem]:
    missing = [ground for ground in grounds if ground[1].leads is Leads.WANTED]
    if not missing:
        return
    names = "; ".join(f"“{shorten(name)}”" for name, *_ in missing[:_SHOWN])
    more = f"; and {len(missing) - _SHOWN:,} more" if len(missing) > _SHOWN else ""
    yield Problem(
        note.path,
        missing[0][2],
        missing[0][3],
        rules.RESTS_ON_MISSING,
        f"This {_called(note)} rests on what nobody has written: {names}{more}.",
        "write the claim, or rest on one that is there",
    )


def _retired(codex: Connected, note: Note, grounds: list[Ground]) -> Iterator[Problem]:
    for _, to, line, column in grounds:
        if to.leads is Leads.NOTE and to.path != note.path:
            ground = codex.notes[to.path]
            if fold(ground.status) in RETIRED and ground.kind in (CLAIM, BELIEF, POSITION, CONVICTION):
                yield Problem(
                    note.path,
                    line,
                    column,
                    rules.RESTS_ON_RETIRED,
                    f"This {_called(note)} rests on “{shorten(ground.title)}”, "
                    f"whose status is “{ground.status}”.",
                    "rest it on what took its place, or think it over",
                )


def _weaker(codex: Connected, note: Note, grounds: list[Ground]) -> Iterator[Problem]:
    own = STRENGTH.get(fold(note.confidence))
    if own is None:
        return
    rated = [
        (strength, line, column, ground)
        for _, to, line, column in grounds
        if to.leads is Leads.NOTE
        and to.path != note.path
        and (ground := codex.notes[to.path]).kind is CLAIM
        and (strength := STRENGTH.get(fold(ground.confidence))) is not None
    ]
    weaker = [one for one in rated if one[0] < own]
    if not weaker:
        return
    _, line, column, ground = min(weaker, key=lambda one: one[0])
    yield Problem(
        note.path,
        line,
        column,
        rules.RESTS_ON_WEAKER,
        f"This {_called(note)} is “{note.confidence}”, but it rests on “{shorten(ground.title)}”, "
        f"which is only “{ground.confidence}”.",
        "lower its confidence, or say what else it rests on",
    )


def _called(note: Note) -> str:
    return str(note.kind) if note.kind in (BELIEF, POSITION, CONVICTION) else "list of beliefs"
