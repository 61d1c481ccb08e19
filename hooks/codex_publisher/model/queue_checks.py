"""What is wrong with the way of sources through the queue: from waiting to done, and into the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.connected import Connected
from codex_publisher.model.kinds import MAP, SOURCE
from codex_publisher.model.note import Note
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Problem, Rule
from codex_publisher.model.slugs import fold
from codex_publisher.model.waiting import WAITING_STATUSES, waiting

PROCESSED: Final = "processed"
NULL_RESULT: Final = "null-result"
DONE: Final = (PROCESSED, NULL_RESULT)

_RESULT_FIELDS: Final = ("claims_extracted", "enrichments", "enrichments_applied", "entities_created")
_NOTES_FIELDS: Final = ("notes", "note", "reason", "null_reason", "summary")
_NOTES_SECTIONS: Final = ("notes", "key-facts", "summary", "assessment", "why", "extraction")
"""Words with which headings over somebody's notes on a source begin or end."""


def check_queue(codex: Connected, policy: Policy | None) -> Iterator[Problem]:
    """Report sources whose status, place and results do not fit together, and those that wait too long."""
    sources = [note for note in codex.notes.values() if note.kind is SOURCE]
    # Where there is no queue, the archive is simply where all sources are.
    has_queue = any(_is_in(note, "queue") for note in sources)
    for note in sources:
        status = fold(note.status)
        if status == PROCESSED and not (_has_result(codex, note) or _has_notes(codex, note)):
            yield _problem(
                note,
                rules.NO_RESULT,
                "The source is processed, but it names no claim, no enrichment and no notes.",
                "list what came of it in `claims_extracted`, or say in `notes` why there is nothing",
            )
        if status == NULL_RESULT and not _has_notes(codex, note):
            yield _problem(
                note,
                rules.NO_REASON,
                "The source is a null result, and nothing says why.",
                "say in `notes` what was looked for and why no claim came of it",
            )
        is_misplaced = has_queue and _is_in(note, "archive") and status in WAITING_STATUSES
        if is_misplaced:
            yield _problem(
                note,
                rules.OPEN_IN_ARCHIVE,
                f"The source is in the archive, but its status is “{note.status}”.",
                "move it to the queue, or set the status to `processed` or `null-result`",
            )
        if _is_in(note, "queue") and status in DONE:
            yield _problem(
                note,
                rules.DONE_IN_QUEUE,
                f"The source is in the queue, but its status is “{note.status}”.",
                "move it to the archive, or set the status to `unprocessed`",
            )
        if policy and not is_misplaced:
            yield from _overdue(codex, note, policy)


def _overdue(codex: Connected, note: Note, policy: Policy) -> Iterator[Problem]:
    waits = waiting(note, None, policy)
    if waits is None or not waits.overdue:
        return
    if not waits.is_known and (added := codex.added(note.path)):
        waits = waiting(note, added, policy)
        if waits is None or not waits.overdue:
            return
    waited = "has waited {} days" if waits.is_known else "still waits, {} days after its own date"
    hint = "work through it, or lower its priority"
    yield _problem(
        note,
        rules.OVERDUE,
        f"The source {waited.format(f'{waits.days:,}')}; "
        f"{_allowed(note, policy)} may wait {waits.allowed:,}.",
        hint if waits.is_known else f"{hint}, or say in `created` on which day it was queued",
    )


def _allowed(note: Note, policy: Policy) -> str:
    priority = fold(note.priority)
    return f"one of {priority} priority" if priority in policy.queue_days else "one without a priority"


def _is_in(note: Note, folder: str) -> bool:
    return folder in note.folder.split("/")


def _has_result(codex: Connected, note: Note) -> bool:
    """Whether the source names what came of it, or a note that is no map refers to it."""
    if any(note.fields.get(name) for name in _RESULT_FIELDS):
        return True
    return any(
        edge.stated_in != note.path and codex.notes[edge.stated_in].kind not in (MAP, SOURCE)
        for edge in codex.edges.get(note.path, ())
    )


def _has_notes(codex: Connected, note: Note) -> bool:
    for name, value in note.fields.items():
        if value and (name in _NOTES_FIELDS or name.endswith(("_notes", "_note", "_reason"))):
            return True
    headings = (fold(heading.text) for heading in codex.documents[note.path].headings)
    return any(heading.startswith(_NOTES_SECTIONS) or heading.endswith("notes") for heading in headings)


def _problem(note: Note, rule: Rule, message: str, hint: str) -> Problem:
    return Problem(note.path, *note.place_of("status", "type"), rule, message, hint)
