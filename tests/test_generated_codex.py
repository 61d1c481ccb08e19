"""The codices that `benchmarks/` makes: the same each time, and like a real one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import TAG
from codex_publisher.model.links import Leads
from codex_publisher.repository.loading import load_codex
from support.built import contents
from support.sites import PROJECT

NOTES = 300


def _made(folder: Path, seed: str) -> Path:
    program = str(PROJECT / "benchmarks" / "generate.py")
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(
        [sys.executable, program, str(NOTES), str(folder)], env=environment, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(tmp_path_factory.mktemp("made") / "codex", "1")


@pytest.fixture(scope="module")
def codex(made: Path) -> Codex:
    return load_codex(made, (), frozenset(), ())


def test_the_same_number_gives_the_same_files(made: Path, tmp_path: Path) -> None:
    assert contents(_made(tmp_path / "again", "2")) == contents(made)


def test_it_has_as_many_notes_as_were_asked_for(codex: Codex) -> None:
    assert len(codex.notes) == NOTES


def test_notes_are_linked_as_in_a_real_codex_and_half_of_the_links_are_wanted(codex: Codex) -> None:
    leads = [to.leads for group in codex.destinations.values() for to in group]
    assert 1.5 < leads.count(Leads.NOTE) / NOTES < 3.5
    assert 1.5 < leads.count(Leads.WANTED) / NOTES < 3.5
    assert 0.5 < leads.count(Leads.OUTWARD) / NOTES < 3


def test_it_has_the_slips_of_a_real_codex(codex: Codex) -> None:
    found = {problem.code for problem in codex.problems}
    assert found >= {"F101", "F102", "F104", "F205", "L101", "N102", "N106", "Q105"}
    assert 2.5 < len(codex.problems) / NOTES < 5


def test_most_tags_are_of_one_note_and_a_few_of_many(codex: Codex) -> None:
    sizes = sorted(len(value.notes) for value in codex.values(TAG).values())
    assert sizes.count(1) > len(sizes) / 2
    assert sizes[-1] > NOTES / 10


def test_no_folder_that_holds_files_is_written_over(made: Path) -> None:
    program = str(PROJECT / "benchmarks" / "generate.py")
    again = subprocess.run([sys.executable, program, "3", str(made)], check=False, capture_output=True)
    assert again.returncode
    assert b"is not empty" in again.stderr
