"""The texts of very large codices lie in a file, and nobody who reads them can tell."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.markdown.render import render
from codex_publisher.model.codex import Codex
from codex_publisher.model.kept import put_away
from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import shelf
from codex_publisher.repository.loading import load_codex
from codex_publisher.repository.shelf import Shelf, shelf_for

RAW = "---\ntype: claim\n---\n# Bees sleep — mostly\n\nThey rest on [[flowers]].\n".encode()


def _loaded(root: Path) -> Codex:
    return load_codex(root, (), frozenset(), ())


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_every_text_comes_back_as_it_was(raws: list[bytes]) -> None:
    kept = Shelf()
    notes = [read_note(NotePath(f"{at}.md"), raw) for at, raw in enumerate(raws)]
    documents = [render(note.body) for note in notes]
    before = [(note.body, note.digest_source, one.html) for note, one in zip(notes, documents, strict=True)]
    for note, document in zip(notes, documents, strict=True):
        kept.take(note, document)
    after = [(note.body, note.digest_source, one.html) for note, one in zip(notes, documents, strict=True)]
    assert after == before


def test_a_codex_is_the_same_with_its_texts_on_a_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.md").write_bytes(RAW.replace(b"flowers", name.encode()))
    without = _loaded(tmp_path)
    monkeypatch.setattr(shelf, "MANY_NOTES", 0)
    kept = _loaded(tmp_path)
    assert (kept.notes, kept.documents, kept.problems) == (without.notes, without.documents, without.problems)


def test_a_note_on_a_shelf_can_be_sent_to_another_process() -> None:
    note, document = read_note(NotePath("a.md"), RAW), render("Words.")
    Shelf().take(note, document)
    sent = pickle.loads(pickle.dumps(document))  # noqa: S301  # our own
    assert sent == render("Words.")


def test_few_notes_need_no_shelf() -> None:
    assert shelf_for(1_200) is None


def test_where_the_disk_is_full_texts_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", refuse)
    note, document = read_note(NotePath("a.md"), RAW), render("Words.")
    Shelf().take(note, document)
    monkeypatch.setattr(os, "pread", refuse)
    assert (note.digest_source, document.html) == (RAW, render("Words.").html)


def test_where_the_disk_takes_a_part_the_text_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "pwrite", lambda _file, data, _at: len(data) - 1)
    note = read_note(NotePath("a.md"), RAW)
    Shelf().take(note, render(""))
    assert note.digest_source == RAW


def test_without_a_place_for_temporary_files_there_is_no_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert shelf_for(shelf.MANY_NOTES) is None


def test_what_cannot_be_kept_is_left_alone() -> None:
    note = read_note(NotePath("a.md"), RAW)
    put_away(note, "body", lambda _: None)
    assert note.body.startswith("# Bees sleep")
