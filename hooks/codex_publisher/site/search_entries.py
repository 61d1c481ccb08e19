"""What Material's search knows of the notes: titles, tags and first words, not whole texts.

A full-text index of a real codex is many megabytes that each reader would load.
"""

from __future__ import annotations

from typing import Any

from markupsafe import escape

from codex_publisher.model.codex import Codex
from codex_publisher.site.listing import headline
from codex_publisher.site.urls import href


def search_entries(codex: Codex) -> list[dict[str, Any]]:
    """One entry a note, in path order. Text is escaped, since Material's script writes it as HTML."""
    entries = []
    for note in codex.notes.values():
        document = codex.documents[note.path]
        words = dict.fromkeys(
            part for part in (note.description, document.summary, *note.aliases, *note.authors) if part
        )
        entry: dict[str, Any] = {
            "location": href("", codex.permalinks[note.path]),
            "title": str(escape(headline(note.title))),
            "text": " ".join(f"<p>{escape(part)}</p>" for part in words),
        }
        if note.tags:
            entry["tags"] = [str(escape(tag)) for tag in note.tags]
        entries.append(entry)
    return entries
