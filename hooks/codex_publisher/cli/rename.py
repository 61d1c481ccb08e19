"""`codex rename`: gives a note another name, and every link to it with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import click

from codex_publisher.cli.completing import complete_note
from codex_publisher.cli.naming import find_note
from codex_publisher.cli.relocating import carry_out
from codex_publisher.cli.terminal import Refusal
from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex
from codex_publisher.model.edits import Edit, Text
from codex_publisher.model.field_edits import add_to_list, new_front_matter, set_field
from codex_publisher.model.field_text import FrontMatterText, written
from codex_publisher.model.kinds import FOLDER_STEMS, MAP_STEM
from codex_publisher.model.link_paths import NewName
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note import MAX_TITLE, Note, title_of_stem
from codex_publisher.model.note_checks import LONGEST_SAFE_NAME
from codex_publisher.model.slugs import NotePath, fold

_DATE: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?=-)", re.ASCII)
_SUFFIX: Final = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|#^\[\]]+')
LONGEST_SLUG: Final = 100
EXAMPLES: Final = (
    "\b\nExamples:\n"
    '  codex rename "short naps help" "short naps improve recall in adults"\n'
    "  codex rename naps-and-recall naps-and-memory.md --dry-run\n"
)


@click.command("rename", short_help="Give a note another name, and have all links say so.", epilog=EXAMPLES)
@click.argument("old", shell_complete=complete_note)
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.pass_context
def command(context: click.Context, old: str, new: str, dry_run: bool) -> None:
    """Give the note OLD the name NEW, and have every link to it say so.

    NEW is the new title; the file gets a name made of it, in the way of the notes around it: as a sentence,
    or in small letters with hyphens, behind the date that the old name began with. With `.md` at its end, or
    written with hyphens, NEW is the name of the file, and the title stays.

    Links in texts and in front matter are rewritten, not those in code or comments. The old name becomes an
    alias, so that links from elsewhere still find the note. OLD is what a wiki link would say.
    """
    vault: Vault = context.obj
    note = find_note(vault, old)
    stem, title = new_name(vault.codex, note, new)
    target = NotePath("/".join(filter(None, (note.folder, stem + _suffix(note.path)))))
    if target == note.path and title == note.title:
        raise Refusal(f"{note.path} is called so already.")
    _check_collisions(vault.codex, note, target, (stem, title))
    own = _Fields(vault.codex, note, stem, title)
    carry_out(vault, NewName(note.path, target, note.title, title), own, dry_run=dry_run)


def new_name(codex: Codex, note: Note, asked: str) -> tuple[str, str]:
    """The stem of the note's file and its title. Ends the command with a sentence when they cannot be."""
    asked = " ".join(asked.split())
    if not fold(asked) or HIDDEN.search(asked) or len(asked) > MAX_TITLE:
        raise Refusal("A name needs letters, no hidden characters, and at most 500 of them.")
    bare = _SUFFIX.sub("", asked)
    if bare != asked or (" " not in bare and "-" in bare and fold(bare) == bare):
        if _NOT_IN_NAMES.search(bare) or bare.startswith("."):
            raise Refusal(f"“{bare}” has characters that the name of a file should not have.")
        # A title that only repeats the name follows it.
        follows = fold(note.title) in (fold(note.stem), fold(title_of_stem(note.stem))) and bare != note.stem
        return _short_enough(bare), _title_like(note.title, bare) if follows else note.title
    if _writes_sentences(codex, note):
        stem = " ".join(_NOT_IN_NAMES.sub(" ", asked).split()).strip(". ")
    else:
        dated = _DATE.match(note.stem)
        date = f"{dated[0]}-" if dated and not _DATE.match(f"{fold(asked)}-") else ""
        stem = date + _cut(fold(asked), LONGEST_SLUG)
    return _short_enough(stem), asked


def _title_like(old: str, stem: str) -> str:
    """A title made of a file's name, with a large letter if the old one had it."""
    title = title_of_stem(stem)
    return title[:1].upper() + title[1:] if old[:1].isupper() else title


def _short_enough(stem: str) -> str:
    size = len(f"{stem}.md".encode())
    if size > LONGEST_SAFE_NAME:
        raise Refusal(
            f"The file's name would be {size} bytes long; more than {LONGEST_SAFE_NAME} fail on some systems."
            " Give a shorter name, and keep the whole proposition in `title`."
        )
    return stem


def _cut(slug: str, limit: int) -> str:
    return slug if len(slug) <= limit else slug[: limit + 1].rpartition("-")[0] or slug[:limit]


def _writes_sentences(codex: Codex, note: Note) -> bool:
    """Whether the files of notes like this one are named by sentences, not by words with hyphens."""
    own = " " in note.stem
    near = [
        other for other in codex.notes.values() if other.kind is note.kind and other.folder == note.folder
    ]
    stems = [other.stem for other in near if other.path != note.path]
    counted = [" " in stem for stem in stems if _tells(stem)]
    sentences = sum(counted)
    return own if sentences * 2 == len(counted) else sentences * 2 > len(counted)


def _tells(stem: str) -> bool:
    """Whether a name tells how names are written: one of a single word does not."""
    return stem not in (MAP_STEM, *FOLDER_STEMS) and re.search(r"[ _-]", stem) is not None


def _suffix(path: str) -> str:
    found = _SUFFIX.search(path)
    return found.group() if found else ".md"


def _check_collisions(codex: Codex, note: Note, target: NotePath, names: Iterable[str]) -> None:
    wanted = {fold(name) for name in names}
    for other in codex.notes.values():
        if other.path == note.path:
            continue
        if other.path.casefold() == target.casefold():
            raise Refusal(f"There is a note {other.path} already. Nothing was changed.")
        for name in (other.stem, other.title, *other.aliases):
            if fold(name) in wanted:
                raise Refusal(f"{other.path} is called “{name}” already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class _Fields:
    """The edits of the renamed note's own text."""

    codex: Codex
    note: Note
    stem: str
    title: str

    def __call__(self, fields: FrontMatterText) -> Sequence[Edit]:
        edits = [*self._heading(fields.text)]
        title = self.title if self._needs_title(bool(edits)) else ""
        old = self._old_names()
        if not fields.front_matter.present:
            lines = [f"title: {written(title)}"] if title else []
            lines += [f"aliases: [{', '.join(written(name, in_flow=True) for name in old)}]"] if old else []
            return [*edits, new_front_matter(fields, lines)] if lines else edits
        if title:
            name = next((each for each in ("title", "name") if self.note.fields.get(each)), "title")
            edits.append(set_field(fields, name, title, below=("type",)))
        if old:
            edits += add_to_list(fields, "aliases", old, below=("title", "name"))
        return edits

    def _needs_title(self, has_heading: bool) -> bool:
        """Whether a field has to say the title, since nothing else says it, or since it says another."""
        if self.title == self.note.title:
            return False
        if self.note.fields.get("title") or self.note.fields.get("name"):
            return True
        return not has_heading and title_of_stem(self.stem) != self.title

    def _heading(self, text: Text) -> Iterator[Edit]:
        """The edit of a first heading that says the old title."""
        start, end = text.line(self.note.body_line + len(self.note.body) - len(self.note.body.lstrip("\n")))
        heading = text.exact[start:end]
        said = heading[1:].strip()
        if heading.startswith("# ") and said == self.note.title != self.title:
            at = start + heading.index(said, 1)
            yield Edit(at, at + len(said), self.title)

    def _old_names(self) -> list[str]:
        """The names by which the note is no longer found, but for those that mean another note."""
        kept = {fold(name) for name in (self.stem, self.title, *self.note.aliases)}
        others = [note for note in self.codex.notes.values() if note.path != self.note.path]
        taken = {fold(name) for note in others for name in (note.stem, note.title)}
        old = {fold(name): name for name in (self.note.title, self.note.stem)}
        return [
            name for key, name in reversed(old.items()) if key not in kept | taken and not HIDDEN.search(name)
        ]
