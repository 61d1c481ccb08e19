"""`codex move`: gives a source another status, and puts it where sources of that status lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import click

from codex_publisher.cli.completing import complete_note, complete_value
from codex_publisher.cli.naming import find_note
from codex_publisher.cli.relocating import carry_out
from codex_publisher.cli.terminal import Refusal, tell
from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex, value_key
from codex_publisher.model.edits import Edit
from codex_publisher.model.facets import STATUS, STATUSES
from codex_publisher.model.field_edits import new_front_matter, remove_field, set_field
from codex_publisher.model.field_text import FrontMatterText
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.link_paths import NewName
from codex_publisher.model.names import visible
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath

EXAMPLES: Final = (
    "\b\nExamples:\n"
    "  codex move 2026-03-12-smith-naps-and-recall processed\n"
    '  codex move "Naps and recall" null-result --dry-run\n'
)
QUEUE, ARCHIVE = "queue", "archive"
DONE = frozenset({"processed", "null-result"})
"""Statuses of sources that lie in the archive."""
DATE_FIELD = "processed_date"


class Status(click.ParamType[str]):
    """One of a source's statuses, whatever its spelling."""

    name = "status"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The status as the vocabulary spells it."""
        status = value_key(value)
        if status not in STATUSES:
            raise Refusal(f"“{value}” is not one of {', '.join(STATUSES)}.")
        return status


@click.command("move", short_help="Give a source another status and place.", epilog=EXAMPLES)
@click.argument("name", shell_complete=complete_note)
@click.argument("status", type=Status(), shell_complete=complete_value(STATUS))
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.pass_context
def command(context: click.Context, name: str, status: str, dry_run: bool) -> None:
    """Give the source NAME another STATUS, and put it where sources of that status lie.

    What is processed, or gave nothing (null-result), goes from the queue to the archive beside it, and gets
    the day as processed_date. What is unprocessed, or being processed, goes back to the queue, and loses that
    date. Links with a path to the note or in it are rewritten; all others lead to it wherever it lies.

    NAME is what a wiki link would say: the file's name, its path, its title or an alias. STATUS is one of
    unprocessed, processing, processed and null-result.
    """
    vault: Vault = context.obj
    note = find_note(vault, name)
    if note.kind is not SOURCE:
        raise Refusal(f"{note.path} is a {note.kind}, and only sources have this status.")
    target = place_of(vault.codex, note, status)
    edits = _Fields(note, status, vault.today)
    if target == note.path and edits.is_nothing:
        tell(f"{visible(note.path)} is {status} already, and lies where it should.")
        return
    name_now = NewName(note.path, target, note.title, note.title)
    said = f"It {'would be' if dry_run else 'is'} {status} now."
    carry_out(vault, name_now, edits, dry_run=dry_run, said=said)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The edits of the source's own front matter."""

    note: Note
    status: str
    today: date

    @property
    def is_nothing(self) -> bool:
        """Whether the fields say already what they should."""
        has_date = self.note.fields.get(DATE_FIELD) is not None
        return self.note.fields.get("status") == self.status and (has_date == (self.status in DONE))

    def __call__(self, fields: FrontMatterText) -> Sequence[Edit]:
        if not fields.front_matter.present:
            done = [f"{DATE_FIELD}: {self.today.isoformat()}"] if self.status in DONE else []
            return (new_front_matter(fields, ["type: source", f"status: {self.status}", *done]),)
        edits = []
        is_new = self.note.status_slug != self.status
        if self.note.fields.get("status") != self.status:
            edits.append(set_field(fields, "status", self.status, below=("domain", "date", "url", "title")))
        if self.status not in DONE:
            edits += filter(None, [remove_field(fields, DATE_FIELD)])
        elif self.note.fields.get(DATE_FIELD) is None or is_new:
            below = ("processed_by", "status", "domain", "date", "url", "title")
            edits.append(set_field(fields, DATE_FIELD, self.today.isoformat(), below=below))
        return edits


def place_of(codex: Codex, note: Note, status: str) -> NotePath:
    """Where a source of this status lies, by what this codex does with others."""
    folders = note.path.split("/")[:-1]
    wanted = ARCHIVE if status in DONE else QUEUE
    at = _innermost(folders, lambda folder: folder.casefold() in (QUEUE, ARCHIVE))
    if at is None:
        base, below = folders, []
        is_used = any(path.startswith("/".join([*base, wanted, ""])) for path in codex.notes)
        if not is_used:
            return note.path
    elif folders[at].casefold() == wanted:
        return note.path
    else:
        base, below = folders[:at], folders[at + 1 :]
    room = "/".join([*base, _spelling(codex, base, wanted)])
    domain = _domain_folder(codex, room, note)
    if domain is not None:
        below = [domain] if domain else []
    elif not any(path.startswith("/".join([room, *below, ""])) for path in codex.notes) and wanted == QUEUE:
        below = []
    return NotePath("/".join([room, *below, note.path.rpartition("/")[2]]))


def _innermost(folders: Sequence[str], is_meant: Callable[[str], bool]) -> int | None:
    return next((at for at in reversed(range(len(folders))) if is_meant(folders[at])), None)


def _spelling(codex: Codex, base: Sequence[str], wanted: str) -> str:
    """How the folder is spelled in this codex, which may write it large."""
    start = "/".join([*base, ""]) if base else ""
    names = {path[len(start) :].partition("/")[0] for path in codex.notes if path.startswith(start)}
    return next((name for name in sorted(names) if name.casefold() == wanted), wanted)


def _domain_folder(codex: Codex, room: str, note: Note) -> str | None:
    """The folder of the note's domain, where the room is divided so; empty where it is not divided at all.

    None where the room holds nothing yet, or is divided by something else.
    """
    kinds: Counter[str] = Counter()
    spellings: dict[str, str] = {}
    for path, other in codex.notes.items():
        if other.kind is not SOURCE or not path.startswith(f"{room}/"):
            continue
        folder, _, rest = path[len(room) + 1 :].partition("/")
        if not rest:
            kinds["flat"] += 1
        elif value_key(folder) in {value_key(domain) for domain in other.domains}:
            kinds["domain"] += 1
            spellings[value_key(folder)] = folder
        else:
            kinds["other"] += 1
    if not kinds:
        return None
    commonest = min(kinds, key=lambda kind: (-kinds[kind], kind))
    if commonest == "domain" and note.domain and "/" not in note.domain:
        return spellings.get(value_key(note.domain), value_key(note.domain))
    return "" if commonest == "flat" else None
