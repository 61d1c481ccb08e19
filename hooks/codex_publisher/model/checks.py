"""All checks of a codex as a whole. What a single file tells is checked when it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.belief_checks import check_beliefs
from codex_publisher.model.claim_checks import check_claims
from codex_publisher.model.connected import Connected, Wanted
from codex_publisher.model.date_checks import check_dates
from codex_publisher.model.kinds import PAGE
from codex_publisher.model.links import shorten
from codex_publisher.model.naming_checks import check_names
from codex_publisher.model.note import Note
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Problem
from codex_publisher.model.queue_checks import check_queue
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.title_checks import check_titles

SEVERAL: Final = 3


def check_codex(codex: Connected, policy: Policy | None) -> Iterator[Problem]:
    """All that is wrong with the notes, in no order; without a policy nothing that depends on the day."""
    plain = _folders_of_plain_pages(codex.notes.values())
    for note in codex.notes.values():
        is_plain = note.kind is PAGE and note.folder in plain
        yield from (one for one in note.problems if not (is_plain and one.rule is rules.FRONT_MATTER_MISSING))
    yield from _body_problems(codex)
    yield from check_names(codex.notes.values())
    yield from check_titles(codex.notes.values())
    yield from check_queue(codex, policy)
    yield from check_claims(codex)
    yield from check_beliefs(codex)
    if policy:
        yield from check_dates(codex.notes.values(), policy.today)


def wanted_problems(wanted: Iterable[Wanted], notes: Mapping[NotePath, Note]) -> Iterator[Problem]:
    """A problem for each place that links to a note which nobody has written."""
    for one in wanted:
        nearest = [f"“{shorten(notes[path].title)}”" for path in one.near]
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else ""
        # Most places name it alike, and what many wish for is named often.
        messages: dict[str, str] = {}
        for place in one.wanted_by:
            message = messages.setdefault(place.target, f"No note is called “{shorten(place.target)}”.")
            yield Problem(place.path, place.line, place.column, rules.WANTED_LINK, message, hint)


def _folders_of_plain_pages(notes: Iterable[Note]) -> frozenset[str]:
    """Folders in which no page has front matter, and there are several: it is not missed there."""
    pages: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for note in notes:
        if note.kind is PAGE:
            pages[note.folder] += 1
            without[note.folder] += any(one.rule is rules.FRONT_MATTER_MISSING for one in note.problems)
    return frozenset(folder for folder in pages if pages[folder] == without[folder] >= SEVERAL)


def _body_problems(codex: Connected) -> Iterator[Problem]:
    """What rendering the bodies brought to light."""
    for path, document in codex.documents.items():
        if note := codex.notes.get(path):
            for remark in document.remarks:
                yield Problem(path, remark.line, remark.column, remark.rule, remark.message, remark.hint)
            if document.fallback:
                message = f"The text could only be shown as plain text: {document.fallback}"
                hint = "make the text simpler or shorter at that place"
                place = document.fallback_place or (note.body_line, 1)
                yield Problem(path, *place, rules.RENDERED_AS_TEXT, message, hint)
