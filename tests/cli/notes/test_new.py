"""`codex new`: a note that is right from the start, and nothing overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath
from support.sites import write_codex
from support.written import fields_of, files_in

Run = Callable[..., Result]
SLEEP = ("--domain", "sleep", "--description", "Seen once.")
CLAIM = (*SLEEP, "--confidence", "likely")
TODAY = date.today().isoformat()


def test_a_claim_is_written_where_its_like_are_and_passes_the_check(codex: Path, run: Run) -> None:
    answer = run(
        "new", "claim", "wasps never sleep", *CLAIM, "--tag", "BEES", "--depends-on", "Naps: a survey"
    )
    assert answer.exit_code == 0, answer.output
    assert answer.stdout == "claims/wasps never sleep.md\n"
    assert "codex check 'claims/wasps never sleep.md'" in answer.stderr
    assert (codex / "claims" / "wasps never sleep.md").read_text("utf-8") == (
        "---\ntype: claim\ndomain: sleep\n"
        'description: "Seen once."\n'
        f"confidence: likely\ncreated: {TODAY}\ntags: [bees]\n"
        'depends_on:\n  - "[[2026-02-03-smith-naps]]"\n---\n\n'
        "# wasps never sleep\n\n## Evidence\n\n## Challenges\n\n---\n\n"
        "Relevant Notes:\n\nTopics:\n- [[rest]]\n"
    )
    assert _problems(run, "claims/wasps never sleep.md") == ["N103"]
    with (codex / "claims" / "wasps never sleep.md").open("a", encoding="utf-8") as note:
        note.write("\nThey were watched.\n")
    assert _problems(run, "claims/wasps never sleep.md") == []


def _problems(run: Run, path: str) -> list[str]:
    """The codes of what is wrong with a note: before anything is written below its headings, just that."""
    found = json.loads(run("check", "--format", "json").stdout)["problems"]
    return [problem["code"] for problem in found if problem["path"] == path]


def test_a_source_is_written_to_the_queue_under_its_date_and_author(codex: Path, run: Run) -> None:
    answer = run(
        *(
            "new",
            "source",
            "https://example.org/wasps",
            "--title",
            "Wasps: “no” sleep #1",
            "--domain",
            "Sleep",
        ),
        *("--author", "Ann B. Lee and others", "--date", "March 2026", "--format", "Paper"),
    )
    assert answer.stdout == "inbox/queue/2026-03-00-lee-wasps-no-sleep-1.md\n"
    assert fields_of(codex / answer.stdout.strip()) == {
        "type": "source",
        "title": "Wasps: “no” sleep #1",
        "author": "Ann B. Lee and others",
        "url": "https://example.org/wasps",
        "date": "2026-03",
        "created": TODAY,
        "domain": "sleep",
        "format": "paper",
        "status": "unprocessed",
        "priority": "medium",
    }


@pytest.mark.parametrize(
    ("arguments", "path", "fields", "sections"),
    [
        (
            ["conviction", "bees are here to stay", *SLEEP, "--staked-by", "Ann Lee", "--stake", "High"],
            "convictions/bees are here to stay.md",
            {"domain": "sleep", "description": "Seen once.", "staked_by": "Ann Lee", "stake": "high"},
            ["## What Would Change My Mind", "Relevant Notes:", "Topics:"],
        ),
        (
            ["musing", "What naps do to bees", "--agent", "iris", "--tag", "bees"],
            "agents/iris/musings/what-naps-do-to-bees.md",
            {"agent": "iris", "status": "seed", "tags": ("bees",)},
            ["## Question", "## What I Found", "## Follow-up Directions", "Relevant Notes:", "Topics:"],
        ),
        (
            ["sector", "Nap Research", *SLEEP, "--tracked-by", "iris", "--status", "growing"],
            "sectors/nap-research.md",
            {"name": "Nap Research", "domain": "sleep", "description": "Seen once."}
            | {"tracked_by": "iris", "status": "growing"},
            ["## Market Thesis", "## Player Map", "## Competitive Dynamics", "## Timeline", "Topics:"],
        ),
        (["map", "how bees rest"], "maps/how bees rest.md", {}, ["## Notes", "## Open Questions", "Topics:"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_each_further_kind_has_its_fields_and_its_sections(
    codex: Path, run: Run, arguments: list[str], path: str, fields: dict[str, object], sections: list[str]
) -> None:
    write_codex(
        codex, {"agents/iris/musings/older.md": "---\ntype: musing\nagent: iris\n---\n\n# Older\n\nA.\n"}
    )
    answer = run("new", *arguments)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout == f"{path}\n"
    assert fields_of(codex / path) == {"type": arguments[0], **fields, "created": TODAY}
    text = (codex / path).read_text("utf-8")
    assert [line for line in text.split("\n") if line in sections] == sections
    assert f"\n# {arguments[1]}\n" in text
    with (codex / path).open("a", encoding="utf-8") as note:
        note.write("\nThey were watched.\n")
    assert _problems(run, path) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60))
def test_any_title_is_either_refused_with_a_sentence_or_passes_the_check(
    codex: Path, run: Run, title: str
) -> None:
    before = files_in(codex)
    answer = run("new", "claim", "--yes", *CLAIM, "--", title)
    written = files_in(codex) - before
    if answer.exit_code:
        assert answer.exit_code == 2
        assert not written
        assert "Error: " in answer.stderr
        return
    (path,) = written
    checked = run("check")
    assert checked.exit_code == 0, checked.output
    note = read_note(NotePath(path), (codex / path).read_bytes())
    assert note.title == " ".join(title.split())
    (codex / path).unlink()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["claim"], ["TITLE", "--domain (or --new-domain)", "--description and --confidence"]),
        (["claim", "wasps never sleep", "--domain", "sleep"], ["--description and --confidence"]),
        (["source"], ["--title, --date and --domain"]),
        (["source", "https://example.org/wasps"], ["--title"]),
        (["belief", "x y"], ["--agent"]),
        (["entity", "Nap Institute", "--domain", "sleep"], ["--entity-type"]),
        (["conviction", "x y", "--domain", "sleep"], ["--description, --staked-by and --stake"]),
        (["musing", "x y"], ["--agent"]),
        (["sector", "x y", "--domain", "sleep"], ["--description, --tracked-by and --status"]),
        (["map"], ["TITLE"]),
    ],
)
def test_without_a_person_what_is_missing_is_named(
    codex: Path, run: Run, arguments: list[str], named: list[str]
) -> None:
    before = files_in(codex)
    answer = run("new", *arguments)
    assert answer.exit_code == 2
    for option in named:
        assert option in answer.stderr
    assert files_in(codex) == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--domain", "slep"], "No note has the domain “slep”. Did you mean “sleep”? Use --new-domain"),
        (["--confidence", "sure"], "“sure” is not one of proven, likely, experimental, speculative."),
        (["--description", "a\x1b[31mb"], "Character 2 is U+001B"),
        (["--depends-on", "_map"], "“_map” means 2 notes. Name one by its path."),
        (["--folder", "../elsewhere"], "would not be taken for a note"),
        (["--folder", "node_modules"], "would not be taken for a note"),
        (["--folder", "/elsewhere"], "would not be taken for a note"),
        (["--folder", ".hidden"], "would not be taken for a note"),
        (["--folder", "."], ""),
        (["--name", "a/b"], "has a /"),
        (["--name", "x" * 300], "197 fit"),
        (["--name", "bees-sleep-at-night"], "There is a note of that name already: claims/bees sleep at"),
        (["--name", "RÉST", "--folder", "claims"], ""),
        (["--new-domain", "wings"], "--domain names one that there is, and --new-domain another"),
        (["--name", "REST"], "There is a note of that name already: maps/rest.md"),
    ],
)
def test_what_cannot_be_used_is_refused(codex: Path, run: Run, arguments: list[str], sentence: str) -> None:
    write_codex(codex, {"maps/a/_map.md": "# A\n", "maps/b/_map.md": "# B\n"})
    before = files_in(codex)
    answer = run("new", "claim", "wasps never sleep", *CLAIM, *arguments)
    assert answer.exit_code == (2 if sentence else 0), answer.output
    assert " ".join(sentence.split()) in " ".join(answer.stderr.split())
    assert (files_in(codex) == before) == bool(sentence)


def test_an_address_is_not_a_title_and_a_title_no_address(codex: Path, run: Run) -> None:
    answer = run("new", "source", "Wasps")
    assert answer.exit_code == 2
    assert "not the address of a page on the web" in answer.stderr
    assert "A title goes after --title." in answer.stderr


def test_a_new_domain_has_to_be_meant(codex: Path, run: Run) -> None:
    answer = run("new", "claim", "wasps build paper", *CLAIM[2:], "--new-domain", "architecture")
    assert answer.exit_code == 0, answer.output
    assert fields_of(codex / "claims" / "wasps build paper.md")["domain"] == "architecture"


def test_a_new_tag_is_written_and_told_with_the_nearest(codex: Path, run: Run) -> None:
    answer = run("new", "claim", "wasps never sleep", *CLAIM, "--tag", "#bee", "--tag", "paper")
    assert "The tag “bee” is new. Did you mean “bees”?" in answer.stderr
    assert "The tag “paper” is new.\n" in answer.stderr
    assert fields_of(codex / answer.stdout.strip())["tags"] == ("bee", "paper")


@pytest.mark.parametrize(
    "arguments",
    [
        ["claim", "at night bees do sleep", *CLAIM],
        [
            "source",
            "http://www.example.org/naps/#part",
            "--title",
            "X",
            "--date",
            "2026",
            "--domain",
            "sleep",
        ],
    ],
)
def test_what_the_codex_may_have_already_needs_a_yes(codex: Path, run: Run, arguments: list[str]) -> None:
    answer = run("new", *arguments)
    assert answer.exit_code == 2
    assert "The codex may have this already:" in answer.stderr
    assert "give --yes" in answer.stderr
    assert run("new", *arguments, "--yes").exit_code == 0


def test_a_file_that_is_there_is_left_alone_also_if_it_is_no_note(codex: Path, run: Run) -> None:
    (codex / "claims" / "wasps never sleep.md").symlink_to("nowhere.md")
    answer = run("new", "claim", "wasps never sleep", *CLAIM)
    assert answer.exit_code == 2
    assert "There is a file already at claims/wasps never sleep.md" in answer.stderr
    assert (codex / "claims" / "wasps never sleep.md").is_symlink()
    assert not (codex / "claims" / "nowhere.md").exists()


def test_a_folder_that_leads_out_of_the_codex_is_not_followed(codex: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (codex / "link").symlink_to(tmp_path / "outside")
    answer = run("new", "claim", "wasps never sleep", *CLAIM, "--folder", "link")
    assert answer.exit_code == 2
    assert "link is a symbolic link and is not followed" in answer.stderr
    assert not list((tmp_path / "outside").iterdir())


def test_a_trial_shows_the_note_and_writes_nothing(codex: Path, run: Run) -> None:
    before = files_in(codex)
    answer = run("new", "claim", "wasps never sleep", *CLAIM, "--dry-run")
    assert answer.exit_code == 0
    assert "This would be claims/wasps never sleep.md" in answer.stderr
    assert answer.stdout.startswith("---\ntype: claim\n")
    assert files_in(codex) == before


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["belief", "rest is work", "--agent", "iris", "--confidence", "strong"], "beliefs/rest is work.md"),
        (
            ["position", "naps will win", "--agent", "iris", "--confidence", "weak"],
            "positions/naps will win.md",
        ),
        (["entity", "Nap Institute", "--entity-type", "company"], "entities/nap-institute.md"),
    ],
)
def test_beliefs_positions_and_entities_pass_the_check_too(
    codex: Path, run: Run, arguments: list[str], path: str
) -> None:
    described = [] if arguments[0] == "entity" else ["--description", "In short."]
    answer = run("new", *arguments, "--domain", "sleep", *described)
    assert answer.stdout == f"{path}\n"
    assert _problems(run, path) == ([] if arguments[0] == "entity" else ["N103"])


def test_an_empty_codex_gets_its_first_notes(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "claim", "bees sleep", *CLAIM).stdout == "claims/bees sleep.md\n"
    source = run("new", "source", "--title", "Naps", "--date", "2026-03-12", "--domain", "sleep")
    assert source.stdout == "inbox/queue/2026-03-12-naps.md\n"
    assert run("check").exit_code == 0


def test_a_flat_vault_keeps_its_ways(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_codex(tmp_path, {"Naps.md": "Naps.\n", "Deep Sleep.md": "Sleep.\n"}))
    assert run("new", "claim", "Bees sleep", *CLAIM).stdout == "Bees sleep.md\n"


def test_settings_say_where_notes_may_be(codex: Path, run: Run) -> None:
    (codex / "mkdocs.yml").write_text("extra:\n  codex:\n    notes: [docs/claims]\n", "utf-8")
    assert run("new", "claim", "bees sleep", *CLAIM).stdout == "docs/claims/bees sleep.md\n"
    answer = run("new", "claim", "bees dream", *CLAIM, "--folder", "elsewhere")
    assert answer.exit_code == 2
    assert "Notes are in docs/claims." in answer.stderr


def test_paths_are_told_from_where_the_command_was_started(
    codex: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(codex / "maps")
    answer = run("-C", "..", "new", "claim", "wasps never sleep", *CLAIM)
    assert answer.stdout == "../claims/wasps never sleep.md\n"
    assert Path(answer.stdout.strip()).is_file()
    assert answer.stderr.endswith(" codex -C .. check '../claims/wasps never sleep.md'\n")


def test_the_program_itself_writes_a_note(codex: Path) -> None:
    program = Path(sys.executable).parent / "codex"
    arguments = ["-C", str(codex), "new", "claim", "wasps never sleep", *CLAIM]
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True, cwd=codex)
    assert done.stdout == "claims/wasps never sleep.md\n"
    again = subprocess.run([program, *arguments, "--yes"], capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "There is a note of that name already" in again.stderr
    assert "Traceback" not in again.stderr
