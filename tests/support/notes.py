"""Single notes made for tests, and what tests ask of a codex, as plain values."""

from __future__ import annotations

from codex_publisher.model.codex import Codex
from codex_publisher.model.links import Leads
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.slugs import NotePath


def note_of(path: str, text: str | bytes = "Some text.\n") -> Note:
    """The note of a file with this path and this content."""
    return read_note(NotePath(path), text.encode() if isinstance(text, str) else text)


def with_fields(*lines: str, body: str = "Some text.\n") -> str:
    """The text of a note whose front matter has these lines."""
    return "\n".join(("---", *lines, "---", body))


def codes_of(note: Note) -> list[str]:
    """The codes of what is wrong with a note, in the order of its lines."""
    return [problem.code for problem in note.problems]


def reported(codex: Codex, *codes: str) -> list[tuple[str, str]]:
    """Code and path of the codex's problems, in order; only of these codes where any are given."""
    return [(problem.code, problem.path) for problem in codex.problems if not codes or problem.code in codes]


def edges_of(codex: Codex) -> set[tuple[str, str, str]]:
    """Every relation as subject, relation, object."""
    return {
        (edge.subject, edge.relation.value, edge.object) for edges in codex.edges.values() for edge in edges
    }


def led_to(codex: Codex, path: str) -> list[tuple[Leads, str]]:
    """What each link of a note leads to: those of its text, then those of its front matter."""
    at = NotePath(path)
    return [(to.leads, to.path) for to in (*codex.destinations[at], *codex.reference_destinations[at])]
