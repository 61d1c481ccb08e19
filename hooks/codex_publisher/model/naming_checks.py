"""Names of files: those that two notes share, and those unlike what the kind is usually called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.addresses import usual_address
from codex_publisher.model.kinds import CLAIM, ENTITY, SOURCE
from codex_publisher.model.links import shorten
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import MAX_BYTES, NotePath, fold

_DATED: Final = re.compile(r"\d{4}(?:-\d{2}){1,2}-\S", re.ASCII)


def check_names(notes: Iterable[Note]) -> Iterator[Problem]:
    """Report names that are taken already or that are unlike the convention. The order of notes matters."""
    first_of_stem: dict[tuple[str, str], NotePath] = {}
    first_of_path: dict[str, NotePath] = {}
    first_of_address: dict[str, NotePath] = {}
    for note in notes:
        same_path = first_of_path.setdefault(unicodedata.normalize("NFC", note.path).casefold(), note.path)
        if same_path != note.path:
            message = f"This path differs from {same_path} only in case or in its Unicode form."
            hint = "rename one of the two"
            yield Problem(note.path, 1, 1, rules.NAME_COLLISION, message, hint, same_path)
        if note.kind.identified_by_stem:
            same_stem = first_of_stem.setdefault((note.kind.name, fold(note.stem) or note.stem), note.path)
            if same_stem not in (note.path, same_path if same_path != note.path else note.path):
                message = f"Another {note.kind} has the same name: {same_stem}."
                hint = "rename or remove one of the two"
                yield Problem(note.path, 1, 1, rules.DUPLICATE_STEM, message, hint, same_stem)
        else:
            same_address = first_of_address.setdefault(usual_address(note), note.path)
            if same_address not in (note.path, same_path if same_path != note.path else note.path):
                message = f"Its page would be where that of {same_address} is, so it has another address."
                hint = "rename one of the two"
                yield Problem(note.path, 1, 1, rules.DUPLICATE_STEM, message, hint, same_address)
        if unlike := _unlike_convention(note):
            yield Problem(note.path, 1, 1, rules.NAME_STYLE, *unlike)


def _unlike_convention(note: Note) -> tuple[str, str] | None:
    """What is unusual about a name, and how it would be usual."""
    if note.kind is SOURCE and not _DATED.match(note.stem):
        return (
            "The name of a source usually begins with its date.",
            f"rename it, as in {_example(note)}.md, and keep the old name in `aliases`",
        )
    if note.kind is CLAIM and _words(note.stem).isdisjoint(_words(note.title)):
        return (
            f"The name of a claim usually says the claim; “{shorten(note.stem)}” has no word of its title.",
            "name the file after the proposition, and keep the old name in `aliases`",
        )
    if note.kind is ENTITY and (" " in note.stem or note.stem != note.stem.lower()):
        return (
            "The name of an entity is usually in small letters, with hyphens between the words.",
            f"rename it to {fold(note.stem)}.md, and keep the old name in `aliases`",
        )
    return None


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split("-"))


def _example(note: Note) -> str:
    day = note.date.iso if note.date and note.date.month else "YYYY-MM-DD"
    return f"{day}-{fold(note.stem)[:MAX_BYTES].strip('-') or 'author-and-subject'}"
