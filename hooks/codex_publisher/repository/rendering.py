"""Notes' bodies made documents, each within limits, so that no note can stall the program or end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from codex_publisher.markdown.render import as_plain_text, outline, render
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.workers import Spoiled


class Body(NamedTuple):
    """What rendering needs of a note."""

    path: NotePath
    text: str
    first_line: int
    title: str


_Work: TypeAlias = Callable[[Body], Document]


def render_all(notes: Iterable[Note], engine: Engine) -> dict[NotePath, Document]:
    """The documents of notes. One that takes too much is plain text, with the reason in `fallback`.

    Notes are asked for while others are being rendered.
    """
    return dict(_documents(_render, notes, engine))


def outline_all(notes: Iterable[Note], engine: Engine) -> dict[NotePath, Document]:
    """The outlines of notes likewise: what `outline` gives, which is faster."""
    return dict(_documents(_outline, notes, engine))


def spoiled_document(note: Note, why: Spoiled) -> Document:
    """What stands for the document of a note that could not be rendered."""
    return as_plain_text(note.body, why.reason)


def _documents(work: _Work, notes: Iterable[Note], engine: Engine) -> Iterator[tuple[NotePath, Document]]:
    bodies = (Body(note.path, note.body, note.body_line, note.title) for note in notes)
    for body, document in engine.work_through(work, bodies, _weight):
        if isinstance(document, Spoiled):
            yield body.path, as_plain_text(body.text, document.reason)
        else:
            yield body.path, document


def _weight(body: Body) -> int:
    return len(body.text)


def _render(body: Body) -> Document:
    return render(body.text, body.first_line, body.title)


def _outline(body: Body) -> Document:
    return outline(body.text, body.first_line, body.title)
