"""The command on a large codex that people have written, if it is there."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from codex_publisher.cli.show import _lines
from codex_publisher.model.habits import usual_folder, usual_style, usual_topic
from codex_publisher.model.kinds import CLAIM, SOURCE
from codex_publisher.repository.loading import load_codex
from support.sites import REAL_CODEX

Run = Callable[..., Result]
pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not on this machine"),
]


def test_every_note_can_be_shown_and_none_steers_the_terminal() -> None:
    codex = load_codex(REAL_CODEX, (), frozenset(), ())
    for note in codex.notes.values():
        lines = list(_lines(codex, note, 80, None))
        assert lines
        assert not any("\x1b" in line.replace("\x1b[", "") or "\n" in line for line in lines)


def test_every_note_is_listed_and_facets_agree(run: Run) -> None:
    notes = json.loads(run("-C", str(REAL_CODEX), "list", "--json").stdout)
    by_kind = Counter(note["kind"] for note in notes)
    claims = run("-C", str(REAL_CODEX), "list", "--kind", "claim", "--paths").stdout.splitlines()
    assert len(claims) == by_kind["claim"]


def test_a_new_claim_of_each_domain_goes_to_where_that_domain_is() -> None:
    codex = load_codex(REAL_CODEX, (), frozenset(), ())
    for domain in {note.domain for note in codex.notes.values() if note.kind is CLAIM and note.domain}:
        folder = usual_folder(codex, CLAIM, domain)
        assert any(note.folder == folder and note.domain == domain for note in codex.notes.values())
        topic = usual_topic(codex, CLAIM, domain)
        assert not topic or codex.find(topic)
    assert usual_style(codex, CLAIM).is_sentence
    assert usual_style(codex, SOURCE).is_dated


def test_a_new_note_leaves_the_problems_of_all_others_as_they_were(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "codex"
    shutil.copytree(REAL_CODEX, folder)
    monkeypatch.chdir(folder)
    before = run("check", "--format", "json").stdout
    domain = json.loads(run("list", "--kind", "claim", "--limit", "1", "--json").stdout)[0]["domains"][0]
    arguments = ["--domain", domain, "--confidence", "likely", "--description", "In short: one thing."]
    answer = run("new", "claim", "purple zebras outrun cautious walruses", *arguments)
    assert answer.exit_code == 0, answer.output
    after = json.loads(run("check", "--format", "json").stdout)["problems"]
    others = [problem for problem in after if "purple zebras" not in problem["path"]]
    assert others == json.loads(before)["problems"]
    assert [problem["code"] for problem in after if problem not in others] == ["N103"]
