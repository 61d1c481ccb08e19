"""A codex read to be checked: the same problems as the site shows, however many processes read it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from codex_publisher.model.codex import Codex
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.policy import Policy
from codex_publisher.repository import survey as surveying
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import load_codex
from codex_publisher.repository.notebook import Entry
from codex_publisher.repository.packing import packed
from codex_publisher.repository.survey import survey
from support.sites import PROJECT, REAL_CODEX, write_codex

SAMPLE_FOLDERS = ("inbox", "docs/agents", "docs/beliefs", "docs/claims", "docs/entities", "docs/maps")


def _folder(root: Path, only: tuple[str, ...] = ()) -> CodexFolder:
    return CodexFolder(root, only, frozenset(), Policy(date(2026, 11, 21)))  # type: ignore[arg-type]


def _loaded(folder: CodexFolder) -> Codex:
    added = FirstSeen(folder.root)
    return load_codex(folder.root, folder.only, folder.skipped, (), folder.policy, added)


def _assert_same(found: Codex, wanted: Codex) -> None:
    assert found.problems == wanted.problems
    assert [(problem.code, problem.severity) for problem in found.problems] == [
        (problem.code, problem.severity) for problem in wanted.problems
    ]
    assert found.permalinks == wanted.permalinks
    assert found.destinations == wanted.destinations
    assert found.orphans == wanted.orphans
    assert all(
        note.kind in KINDS and any(note.kind is kind for kind in KINDS) for note in found.notes.values()
    )


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_the_sample_has_the_same_problems_as_on_the_site(processes: int) -> None:
    folder = _folder(PROJECT, SAMPLE_FOLDERS)
    _assert_same(survey(folder, processes), _loaded(folder))


@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not on this machine")
def test_the_real_codex_has_the_same_problems_as_on_the_site() -> None:
    folder = _folder(REAL_CODEX)
    _assert_same(survey(folder, 2), _loaded(folder))


def test_notes_of_every_sort_pass_between_processes(tmp_path: Path) -> None:
    write_codex(
        tmp_path,
        {
            "a.md": b"---\ntype: claim\nlist: [a, {b: [[c]]}]\n---\n\nBytes \xff and [[b#x]].\n",
            "b.md": "---\ntype: source\ntype: source\n---\n\n# x\n\n![i](i.png) <!-- never\n",
            "c.md": ">" * 200,
        },
    )
    _assert_same(survey(_folder(tmp_path), 2), _loaded(_folder(tmp_path)))


def test_a_helper_that_dies_is_stood_in_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_codex(tmp_path, {f"note {number}.md": "[[nothing]]\n" for number in range(6)})
    parent = os.getpid()

    def die(entries: list[Entry]) -> bytes:
        if os.getpid() != parent:
            os._exit(3)
        return packed(entries)

    monkeypatch.setattr(surveying, "packed", die)
    _assert_same(survey(_folder(tmp_path), 3), _loaded(_folder(tmp_path)))


def test_where_a_fork_is_not_safe_a_new_interpreter_helps() -> None:
    program = (
        "import sys; sys.platform = 'darwin'\n"
        "from codex_publisher.repository import survey\n"
        "survey.outlined = None  # so that only the other process can have outlined its share\n"
        "share = survey._Helper.start({'note 1.md': b'[[nothing]]', 'note 3.md': b''}).answer()\n"
        "print(*(entry.note.path for entry in share), len(share[0].document.links))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "note 1.md note 3.md 1\n", done.stderr
