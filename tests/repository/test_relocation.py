"""A note gets another place or name, and all links lead where they led, however they are written."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown.render import render
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.edits import Edit
from codex_publisher.model.field_edits import add_to_list
from codex_publisher.model.field_text import FrontMatterText
from codex_publisher.model.link_paths import NewName
from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.relocation import Relocation, RelocationError, relocate

PICTURE = NotePath("pictures/nap.png")
OLD = NotePath("claims/sleep/short naps help.md")


def codex_of(files: Mapping[str, bytes]) -> Codex:
    notes = [read_note(NotePath(path), raw) for path, raw in files.items()]
    documents = {note.path: render(note.body, note.body_line, note.title) for note in notes}
    return build_codex(notes, documents, [PICTURE])


def relocated(files: Mapping[str, bytes], new: str) -> tuple[Relocation, dict[str, bytes]]:
    """The plan, and every file as it is then."""
    codex = codex_of(files)
    note = codex.notes[OLD]
    title = read_note(NotePath(new), files[OLD]).title

    def own(fields: FrontMatterText) -> Sequence[Edit]:
        return (
            add_to_list(fields, "aliases", [note.stem])
            if posixpath.basename(new) != "short naps help.md"
            else ()
        )

    plan = relocate(codex, [PICTURE], NewName(OLD, NotePath(new), note.title, title), own)
    after = dict(files)
    for change in plan.changes:
        assert after.pop(change.path) == change.before
        after[change.place] = change.after
    return plan, after


def leads(codex: Codex, old: str = "", new: str = "") -> dict[str, list[tuple[str, str, str]]]:
    """Where all links lead, with the path `old` read as `new`."""
    return {
        (new if path == old else path): [
            (to.leads.value, new if to.path == old and old else to.path, to.fragment)
            for to in (*codex.destinations[path], *codex.reference_destinations[path])
        ]
        for path in codex.notes
    }


LINKS = [
    "[[short naps help]]",
    "[[short naps help.md]]",
    "[[Short Naps Help|words]]",
    "[[short-naps-help#Why]]",
    "[[claims/sleep/short naps help]]",
    "[[/claims/sleep/short naps help.md|x]]",
    "[[old place/short naps help.md]]",
    "![[short naps help]]",
    "[[twin]]",
    "[[far]]",
    "[[nobody wrote this]]",
]
IN_TEXT = [
    *LINKS,
    "[w](/claims/sleep/short%20naps%20help.md)",
    "[w](claims/sleep/short%20naps%20help.md#why 'title')",
    "[[ short  naps help ]]",
    "**[b](<{up}claims/sleep/short naps help.md>)**",
    "[a [nested] one]({up}claims/sleep/short%20naps%20help.md)",
    "[![p]({up}pictures/nap.png)]({up}claims/sleep/short%20naps%20help.md)",
    "[far]({up}claims/far.md)",
    "<a href='{up}claims/sleep/short%20naps%20help.md'>h</a>",
    "[r][ref]\n\n[ref]: {up}claims/sleep/short%20naps%20help.md",
    "[out](https://e.org/short%20naps%20help.md)",
    "| t |\n|---|\n| [[short naps help\\|x]] [[far\\|y]] |",
]
UNTOUCHED = [
    "`[[short naps help]]`",
    "<!-- [[short naps help]] -->",
    "```\n[x](short%20naps%20help.md)\n```",
    "\\[[x]]",
]
IN_FIELDS = [
    "depends_on: {}",
    "related: '{}'",
    'supports: ["{}", other]',
    "part_of:\n  - '{}' # why",
    "enrichments: [{}]",
    "notes: |\n  {}\n",
    "said: It is so, {} says\n",
    "depends_on:\n- claim: '{}'\n  detail: {}",
]
NAMED = [b"aps", b"twin", b"far", b"pictures"]
NAMES = ["Naps improve recall", "it's so, is it", 'the "why" of it', "a & b 100%", "naps #1"]


@st.composite
def notes(draw: st.DrawFn) -> tuple[dict[str, bytes], list[str]]:
    """A small codex with links in every note, and the pieces in it that no link is in."""
    kept: list[str] = []
    files = {}
    for path in (OLD, "claims/far.md", "claims/sleep/twin.md", "other/twin.md", "other/notes.md", "top.md"):
        up = "../" * path.count("/")
        body = draw(st.lists(st.sampled_from([*IN_TEXT, *UNTOUCHED]), max_size=4))
        kept += [piece for piece in body if piece in UNTOUCHED]
        lines = draw(
            st.lists(st.sampled_from(IN_FIELDS), max_size=2, unique_by=lambda field: field.split(":")[0])
        )
        fields = "".join(f"{line.replace('{}', draw(st.sampled_from(LINKS[:6])))}\n" for line in lines)
        text = "\n\n".join(["## Why", *(piece.replace("{up}", up) for piece in body)])
        exact = f"---\ntype: claim\n{fields}---\n\n{text}\n"
        files[path] = exact.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode()
    return files, kept


@settings(max_examples=60, deadline=None)
@given(
    notes(), st.sampled_from(["claims/sleep", "claims", "", "other/deep/er"]), st.sampled_from(["", *NAMES])
)
def test_every_link_leads_where_it_led_and_nothing_else_is_touched(
    made: tuple[dict[str, bytes], list[str]], folder: str, name: str
) -> None:
    files, kept = made
    new = posixpath.join(folder, f"{name.replace('#', '') or 'short naps help'}.md")
    if new == OLD:
        return
    _, after = relocated(files, new)
    assert leads(codex_of(after)) == leads(codex_of(files), OLD, new)
    text = b"\n".join(after.values()).decode().replace("\r\n", "\n")
    for piece in set(kept):
        assert text.count(piece) >= kept.count(piece)
    for path, raw in files.items():
        rest = iter(after[new if path == OLD else path].splitlines(keepends=True))
        for line in raw.splitlines(keepends=True):
            assert any(name in line for name in NAMED) or line in rest, "a line without a link was changed"


def test_a_link_that_names_its_note_by_a_name_that_becomes_another_s_gets_the_path() -> None:
    files = {
        OLD: b"---\ntype: claim\n---\n\n[[twin]]\n",
        "claims/sleep/twin.md": b"Near.\n",
        "other/twin.md": b"Far.\n",
    }
    _, after = relocated(files, "other/short naps help.md")
    assert b"[[claims/sleep/twin]]" in after["other/short naps help.md"]


def test_a_link_that_could_not_be_kept_is_named_and_nothing_is_planned() -> None:
    files = {
        OLD: b"---\ntype: claim\n---\n\nx\n",
        "a.md": b"caf\xe9 [x](claims/sleep/short%20naps%20help)\n",
    }
    with pytest.raises(RelocationError, match=r"a\.md:1: “claims/sleep/short naps help” leads to"):
        relocated(files, "claims/naps.md")


def test_a_note_that_is_not_utf8_cannot_be_edited() -> None:
    with pytest.raises(RelocationError, match="not valid UTF-8"):
        relocated({OLD: b"caf\xe9\n"}, "claims/naps.md")


def test_a_change_that_would_break_the_front_matter_is_refused() -> None:
    codex = codex_of({OLD: b"---\ntype: claim\n---\n\nx\n"})

    def own(fields: FrontMatterText) -> Sequence[Edit]:
        return [Edit(4, 4, "a: [\n")]

    with pytest.raises(RelocationError, match="mend it first"):
        relocate(codex, [], NewName(OLD, NotePath("x.md"), codex.notes[OLD].title, "X"), own)
