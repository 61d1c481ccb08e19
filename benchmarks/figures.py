"""What a codex is like, in figures per note, so that two of different sizes can be compared."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hooks"))

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import AUTHOR, DOMAIN, TAG
from codex_publisher.model.links import Leads
from codex_publisher.repository.loading import load_codex


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name."""

    name: str
    value: float
    grows: str = ""
    """For what is no figure per note: how it grows with the number of notes."""


def figures_of(root: Path) -> list[Figure]:
    """The figures of the codex in a folder."""
    codex = load_codex(root, (), frozenset(), ())
    notes = list(codex.notes.values())
    count = len(notes)
    kinds = Counter(note.kind.name for note in notes)
    leads = Counter(to.leads for group in codex.destinations.values() for to in group)
    referred = Counter(to.leads for group in codex.reference_destinations.values() for to in group)
    documents = codex.documents.values()
    dated = sum(note.date is not None for note in notes)
    return [
        Figure("notes", count, "given"),
        *(Figure(f"of them {kind}, %", 100 * kinds[kind] / count) for kind in sorted(kinds)),
        Figure("bytes", sum(len(note.digest_source) for note in notes) / count),
        Figure("headings", sum(len(one.headings) for one in documents) / count),
        Figure("characters of the title", sum(len(note.title) for note in notes) / count),
        Figure("links in the text to a note", leads[Leads.NOTE] / count),
        Figure("links in the text to what is not written", leads[Leads.WANTED] / count),
        Figure("links in the text outward", leads[Leads.OUTWARD] / count),
        Figure("links in front matter", sum(referred.values()) / count),
        Figure("edges", sum(map(len, codex.edges.values())) / 2 / count),
        Figure("notes that no other links to", len(codex.orphans) / count),
        Figure("notes that are wanted", len(codex.wanted) / count),
        Figure("tags", sum(len(note.tags) for note in notes) / count),
        Figure("authors", sum(len(note.authors) for note in notes) / count),
        Figure("dates", dated / count),
        Figure("problems", len(codex.problems) / count),
        Figure("problems that are not of links", _other_problems(codex) / count),
        Figure("bytes of HTML", sum(len(one.html) for one in documents) / count),
        Figure("different tags", len(codex.values(TAG)), "grows by the square root"),
        Figure("different authors", len(codex.values(AUTHOR)), "grows less than the notes"),
        Figure("different domains", len(codex.values(DOMAIN)), "grows by the fourth root"),
    ]


def _other_problems(codex: Codex) -> int:
    return sum(not problem.code.startswith("L") for problem in codex.problems)


def side_by_side(made: list[Figure], real: list[Figure]) -> str:
    """Both as a table in Markdown."""
    known = {figure.name: figure for figure in real}
    lines = ["| per note | made | real |", "|---|---:|---:|"]
    for figure in made:
        other = known.pop(figure.name, None)
        grows = f" (in all; {figure.grows})" if figure.grows not in ("", "given") else ""
        lines.append(f"| {figure.name}{grows} | {_said(figure)} | {_said(other) if other else '–'} |")
    lines += [f"| {figure.name} | – | {_said(figure)} |" for figure in known.values()]
    return "\n".join(lines)


def _said(figure: Figure) -> str:
    return f"{figure.value:,.0f}" if figure.value >= 100 or figure.grows else f"{figure.value:.2f}"
