"""What rests on a note, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.relations import Edge, Relation
from codex_publisher.model.slugs import NotePath

MAX_STEPS: Final = 6
"""How many notes a chain may have above the one that it begins with: a longer argument is hardly one."""


@dataclass(frozen=True, slots=True)
class Chain:
    """How a note rests on another: itself first, then what it rests on, step by step."""

    notes: tuple[NotePath, ...]

    @property
    def top(self) -> NotePath:
        """The note that rests on all others."""
        return self.notes[0]

    @property
    def ground(self) -> NotePath:
        """The note that all others rest on."""
        return self.notes[-1]


def chains_above(codex: Codex, grounds: Iterable[NotePath]) -> tuple[Chain, ...]:
    """For each note that rests on one of these, the shortest chain to it; shorter chains first.

    Every note is met once, so arguments that run in a circle come to an end.
    """
    below: dict[NotePath, NotePath | None] = dict.fromkeys(sorted(set(grounds)))
    layer = list(below)
    found: list[Chain] = []
    for _ in range(MAX_STEPS):
        upper: list[NotePath] = []
        for path in layer:
            for other in sorted(resting_on(codex, path)):
                if other not in below:
                    below[other] = path
                    upper.append(other)
        found.extend(Chain(_down(path, below)) for path in upper)
        layer = upper
    return tuple(found)


def resting_on(codex: Codex, path: NotePath) -> frozenset[NotePath]:
    """The notes that rest directly on a note: they depend on it, or name it as a support."""
    return frozenset(
        _upper_end(edge)
        for edge in codex.edges.get(path, ())
        if edge.relation in (Relation.DEPENDS_ON, Relation.SUPPORTS) and _upper_end(edge) != path
    )


def _upper_end(edge: Edge) -> NotePath:
    return edge.subject if edge.relation is Relation.DEPENDS_ON else edge.object


def _down(path: NotePath, below: Mapping[NotePath, NotePath | None]) -> tuple[NotePath, ...]:
    chain = [path]
    while (lower := below[chain[-1]]) is not None:
        chain.append(lower)
    return tuple(chain)
