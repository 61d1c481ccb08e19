"""By which name a link finds a note, from wherever it stands."""

from __future__ import annotations

from codex_publisher.model.codex import Codex
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import ROOT
from codex_publisher.model.wiki_links import without_suffix


def link_name(codex: Codex, note: Note) -> str:
    """What to write between the brackets: the file name if it means this note only, else its path."""
    found = codex.links.resolver.resolve(note.stem, ROOT)
    is_clear = found is not None and found.path == note.path and not found.others
    return note.stem if is_clear else without_suffix(note.path)
