"""`codex rename`: every link to a note says its new name, and leads where it led."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli.main import main
from codex_publisher.model.codex import Codex
from codex_publisher.model.kinds import CLAIM
from codex_publisher.model.links import Leads
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.loading import load_codex
from support.sites import REAL_CODEX

Run = Callable[..., Result]
Write = Callable[[Mapping[str, str]], None]
Files = Callable[[], dict[str, str]]

OLD = "claims/short naps help.md"
NEW = "claims/Naps improve recall.md"
NAPS = (
    "---\ntype: claim\ntitle: Short naps help\n---\n\n# Short naps help\n\nSo: [[#why]].\n\n## Why\n\nSo.\n"
)
OTHER = """\
---
type: claim
depends_on:
  - short naps help.md
  - '[[short naps help]]'
supports: [[[short naps help]], "[[other]]"]
related: "it's \\"[[claims/short naps help.md|so]]\\""
# [[short naps help]] was the first
part_of: Short naps help
---

[[short naps help]], [[Short Naps Help#Why|why]], ![[short naps help]],
[[claims/short naps help.md]], [[Short naps help]], [[other]], [x](short%20naps%20help.md#why),
[y](<short naps help.md>), **[[short naps help]]**

| a | b |
|---|---|
| [[short naps help\\|naps]] | 1 |

`[[short naps help]]` <!-- [[short naps help]] -->

    [[short naps help]]
"""
RENAMED = """\
---
type: claim
depends_on:
  - Naps improve recall.md
  - '[[Naps improve recall]]'
supports: [[[Naps improve recall]], "[[other]]"]
related: "it's \\"[[claims/Naps improve recall.md|so]]\\""
# [[short naps help]] was the first
part_of: Naps improve recall
---

[[Naps improve recall]], [[Naps improve recall#Why|why]], ![[Naps improve recall]],
[[claims/Naps improve recall.md]], [[Naps improve recall]], [[other]], [x](Naps%20improve%20recall.md#why),
[y](<Naps improve recall.md>), **[[Naps improve recall]]**

| a | b |
|---|---|
| [[Naps improve recall\\|naps]] | 1 |

`[[short naps help]]` <!-- [[short naps help]] -->

    [[short naps help]]
"""


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write({OLD: NAPS, "claims/other.md": OTHER})


def leads(codex: Codex) -> dict[str, list[tuple[str, str, str]]]:
    """Where each link of each note leads, as plain values."""
    return {
        path: [
            (to.leads.value, to.path, to.fragment)
            for to in (*codex.destinations[path], *codex.reference_destinations[path])
        ]
        for path in codex.notes
    }


def moved(
    before: dict[str, list[tuple[str, str, str]]], old: str, new: str
) -> dict[str, list[tuple[str, str, str]]]:
    """The same, had the note at `old` always been at `new`."""
    return {
        (new if path == old else path): [(kind, new if to == old else to, at) for kind, to, at in links]
        for path, links in before.items()
    }


def test_every_way_to_link_says_the_new_name_and_code_and_comments_stay(run: Run, files: Files) -> None:
    answer = run("rename", "short naps help", "Naps improve recall")
    assert answer.exit_code == 0, answer.output
    assert files()["claims/other.md"] == RENAMED
    assert OLD not in files()


def test_the_note_says_its_new_title_and_keeps_its_old_name_as_an_alias(run: Run, files: Files) -> None:
    run("rename", "short naps help", "Naps improve recall")
    assert files()[NEW] == NAPS.replace("Short naps help", "Naps improve recall").replace(
        "recall\n---", "recall\naliases: [short naps help]\n---"
    )


def test_each_link_leads_where_it_led(run: Run, codex: Callable[[], Codex]) -> None:
    before = leads(codex())
    run("rename", OLD, "Naps improve recall")
    assert leads(codex()) == moved(before, OLD, NEW)
    found = codex().find("short naps help")
    assert found is not None
    assert found.path == NEW


def test_a_dry_run_shows_everything_and_writes_nothing(run: Run, files: Files) -> None:
    before = files()
    answer = run("rename", "short naps help", "Naps improve recall", "--dry-run")
    assert "+  - '[[Naps improve recall]]'" in answer.stdout
    assert "Nothing was written." in answer.stderr
    assert files() == before


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ("aliases: [one, 'two']", "aliases: [one, 'two', short naps help]"),
        ("aliases: []", "aliases: [short naps help]"),
        ("aliases:", "aliases: [short naps help]"),
        ("aliases: one # the first", "aliases: [one, short naps help] # the first"),
        ("alias: 'one'", "alias: ['one', short naps help]"),
        ("aliases:\n  - one\n  # more", "aliases:\n  - one\n  - short naps help\n  # more"),
        ("aliases:\n- one", "aliases:\n- one\n- short naps help"),
        ("aliases: [Short Naps Help]", "aliases: [Short Naps Help]"),
    ],
)
def test_the_old_name_joins_the_aliases_that_are_there(
    run: Run, write: Write, files: Files, aliases: str, expected: str
) -> None:
    write({OLD: f"---\ntype: claim\n{aliases}\n---\n\nThey do.\n"})
    answer = run("rename", OLD, "Naps improve recall")
    assert answer.exit_code == 0, answer.output
    assert files()[NEW] == f"---\ntype: claim\n{expected}\n---\n\nThey do.\n"


@pytest.mark.parametrize(
    ("old", "asked", "new"),
    [
        ("2026-03-12-smith-naps", "Naps: a new survey", "2026-03-12-naps-a-new-survey"),
        ("2026-03-12-smith-naps", "2025-01-02-smith-on-naps", "2025-01-02-smith-on-naps"),
        ("2026-03-12-smith-naps", "Smith 2026.md", "Smith 2026"),
        ("short naps help", "Do naps help? It depends", "Do naps help It depends"),
        ("short naps help", "naps-help", "naps-help"),
        ("single", "Two words", "Two words"),
    ],
)
def test_the_file_is_named_as_those_around_it_are(
    run: Run, write: Write, files: Files, old: str, asked: str, new: str
) -> None:
    source = "---\ntype: source\ntitle: {}\n---\n\nx\n"
    write(
        {
            f"inbox/queue/2026-03-{day:02}-{'abc'[day % 3]}-b.md": source.format(f"Title {day}")
            for day in range(1, 4)
        }
    )
    write({"inbox/queue/2026-03-12-smith-naps.md": source.format("Smith's naps")})
    write({"claims/naps by day are long.md": "# Naps by day are long\n", "claims/single.md": "x\n"})
    answer = run("rename", old, asked)
    assert answer.exit_code == 0, answer.output
    assert new in {Path(path).stem for path in files()}


def test_a_title_that_is_not_the_file_s_name_stays_when_only_the_file_is_renamed(
    run: Run, write: Write, files: Files
) -> None:
    write({OLD: "---\ntype: claim\ntitle: On naps\n---\n\nx\n"})
    run("rename", OLD, "about-naps.md")
    assert files()["claims/about-naps.md"] == (
        "---\ntype: claim\ntitle: On naps\naliases: [short naps help]\n---\n\nx\n"
    )


@pytest.mark.parametrize(
    "new",
    ["It's 'so': naps, and #rest", 'The "why" \\ of it', "- naps [help]", "naps & <b>", "100% naps | x"],
)
def test_a_name_full_of_signs_is_written_so_that_it_reads_back(
    run: Run, codex: Callable[[], Codex], new: str
) -> None:
    before = leads(codex())
    answer = run("rename", "--", OLD, new)
    assert answer.exit_code == 0, answer.output
    now = codex()
    path = next(path for path, note in now.notes.items() if note.title == new)
    assert leads(now) == moved(before, OLD, path)
    assert now.notes[path].aliases == ("short naps help",)
    assert not [problem for problem in now.problems if problem.code in ("F102", "L101", "L104")]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_missing_last_one_stay(run: Run, write: Write, files: Files, mark: str) -> None:
    write(
        {
            OLD: f"{mark}---\r\ntype: claim\r\n---\r\n\r\nThey do.",
            "claims/other.md": f"{mark}[[short naps help]]\r\nx",
        }
    )
    run("rename", OLD, "Naps improve recall")
    assert files()[NEW] == f"{mark}---\r\ntype: claim\r\naliases: [short naps help]\r\n---\r\n\r\nThey do."
    assert files()["claims/other.md"] == f"{mark}[[Naps improve recall]]\r\nx"


def test_only_the_case_of_a_name_may_change(run: Run, files: Files, codex: Callable[[], Codex]) -> None:
    assert run("rename", OLD, "Short Naps Help").exit_code == 0
    assert "[[Short Naps Help]]" in files()["claims/other.md"]
    assert codex().notes[NotePath("claims/Short Naps Help.md")].aliases == ()


def test_a_note_that_is_not_utf8_keeps_its_link_which_the_alias_answers(
    run: Run, write: Write, codex: Callable[[], Codex]
) -> None:
    Path("claims/latin.md").write_bytes(b"caf\xe9 [[short naps help]]\n")
    assert run("rename", OLD, "Naps improve recall").exit_code == 0
    assert Path("claims/latin.md").read_bytes() == b"caf\xe9 [[short naps help]]\n"
    assert [to.path for to in codex().destinations[NotePath("claims/latin.md")]] == [NEW]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("other", "claims/other.md already"),
        ("The second name", "claims/third.md is called “the second name” already"),
        ("x" * 250, "more than 200 fail"),
        ("???", "A name needs letters"),
        ("short naps help.md", "is called so already"),
        ("../up.md", "should not have"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_a_sentence(
    run: Run, write: Write, files: Files, new: str, sentence: str
) -> None:
    write({"claims/third.md": "---\naliases: [the second name]\n---\n\nx\n"})
    before = files()
    answer = run("rename", OLD, new)
    assert answer.exit_code == 2, answer.output
    assert sentence in answer.output
    assert files() == before


def test_a_name_by_which_another_note_is_wanted_now_leads_here_and_that_is_said(
    run: Run, write: Write, codex: Callable[[], Codex]
) -> None:
    write({"claims/wants.md": "[[Naps improve recall]]\n"})
    answer = run("rename", OLD, "Naps improve recall")
    assert "led nowhere" in answer.output
    assert [to.leads for to in codex().destinations[NotePath("claims/wants.md")]] == [Leads.NOTE]


def test_a_name_that_would_take_another_note_s_links_is_refused(run: Run, write: Write, files: Files) -> None:
    beliefs = "# Beliefs\n\n## 1. Naps help\n\nSo.\n\n## 2. They do\n\nYes.\n"
    write({"agents/vida/beliefs.md": beliefs, "agents/vida/musings/x.md": "It follows from B2.\n"})
    before = files()
    answer = run("rename", "agents/vida/beliefs.md", "creeds.md")
    assert answer.exit_code == 2
    assert "agents/vida/musings/x.md:1: “B2”" in answer.output
    assert files() == before


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    run: Run, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files()
    monkeypatch.setattr(Path, "unlink", _failing(Path.unlink, "short naps help.md"))
    answer = run("rename", OLD, "Naps improve recall")
    assert answer.exit_code == 2
    assert files() == before


def _failing(real: Callable[..., None], name: str) -> Callable[..., None]:
    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name == name:
            raise OSError(5, "Input/output error", str(self))
        real(self, missing_ok=missing_ok)

    return unlink


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not on this machine")
def test_in_a_real_codex_no_link_leads_elsewhere(tmp_path: Path) -> None:
    copy = shutil.copytree(REAL_CODEX, tmp_path / "codex", ignore=shutil.ignore_patterns(".git"))
    before = load_codex(copy, (), frozenset(), ())
    linked = sorted(
        {
            to.path
            for links in before.destinations.values()
            for to in links
            if to.leads is Leads.NOTE and before.notes[to.path].kind is CLAIM
        }
    )
    expected = leads(before)
    for number, path in enumerate(linked[:: len(linked) // 3]):
        answer = CliRunner().invoke(main, ["-C", str(copy), "rename", path, f"a new name, number {number}"])
        assert answer.exit_code == 0, answer.output
        new = answer.output.split("\n")[0].split(" → ")[1]
        expected = moved(expected, path, new)
    assert leads(load_codex(copy, (), frozenset(), ())) == expected
