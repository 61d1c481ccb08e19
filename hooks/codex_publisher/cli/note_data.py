"""A note as data for programs; docs/writing-with-codex.md says what each member means."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.queries import Waits, link_count
from codex_publisher.model.waiting import Waiting, is_waiting, queued_on, waiting
from codex_publisher.repository.first_seen import FirstSeen

Json: TypeAlias = "str | int | list[Json] | dict[str, Json] | None"
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def clock(vault: Vault) -> Waits:
    """Tells how long each source waits. Git is asked only if nothing else says since when one does."""
    added = FirstSeen(vault.folder.root)

    def waits(note: Note) -> Waiting | None:
        if not is_waiting(note):
            return None
        return waiting(note, None if queued_on(note) else added(note.path), vault.folder.policy)

    return waits


def note_data(codex: Codex, note: Note, waits: Waits) -> dict[str, Json]:
    """What is told of each note, here and there."""
    waited = waits(note)
    return {
        "path": note.path,
        "kind": note.kind.name,
        "title": note.title,
        "description": note.description,
        "status": note.status,
        "priority": note.priority,
        "confidence": note.confidence,
        "domains": list(note.domains),
        "tags": list(note.tags),
        "aliases": list(note.aliases),
        "agents": list(note.agents),
        "authors": list(note.authors),
        "format": note.format,
        "url": note.url,
        "date": note.date.iso if note.date else None,
        "waiting_days": waited.days if waited else None,
        "linked_from": link_count(codex, note),
        "problem_count": len(codex.problems_of(note)),
    }


def problem_data(problem: Problem) -> dict[str, Json]:
    """What is told of a problem, here and there, beside the note that has it."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def encoded(data: Json | Mapping[str, Json]) -> str:
    """JSON in ASCII, which every program can read and no terminal obeys.

    Bytes of a name that are no text become U+FFFD: on their own they would be no character in JSON either.
    """
    return json.dumps(_clean(data), ensure_ascii=True, allow_nan=False)


def _clean(data: Json | Mapping[str, Json]) -> Json:
    if isinstance(data, str):
        return _LONE_SURROGATE.sub("\ufffd", data)
    if isinstance(data, Mapping):
        return {key: _clean(value) for key, value in data.items()}
    return [_clean(item) for item in data] if isinstance(data, list) else data
