"""`codex show`: finding a note by its name, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from support.sites import write_codex

Run = Callable[..., Result]


@pytest.mark.parametrize(
    "name",
    [
        "bees sleep at night",
        "BEES SLEEP AT NIGHT",
        "bees-sleep-at-night",
        "claims/bees sleep at night.md",
        "claims/bees sleep at night",
        "../codex/claims/bees sleep at night.md",
        "[[bees sleep at night]]",
    ],
)
def test_a_name_means_what_it_would_in_a_link_or_in_the_shell(codex: Path, run: Run, name: str) -> None:
    answer = run("show", name)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith("bees sleep at night\n")


def test_a_title_will_do_and_a_path_from_a_folder_below(
    codex: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "2026-02-03-smith-naps.md" in run("show", "Naps: a survey").stdout
    monkeypatch.chdir(codex / "claims")
    assert run("-C", "..", "show", "bees rest their wings.md").exit_code == 0


def test_facts_relations_and_sentences_are_told_in_the_words_of_the_site(codex: Path, run: Run) -> None:
    answer = run("show", "bees sleep at night")
    # What rules say of these titles is for their own tests.
    assert answer.stdout.partition("\nProblems\n")[0] == (
        "bees sleep at night\n"
        "claim · likely · sleep · 5 January 2026 · #bees · #rest\n"
        "claims/bees sleep at night.md\n"
        "\nSeen in three hives.\n"
        "\nWhat it rests on\n"
        "  bees rest their wings (claim, proven)\n"
        "\nPart of\n"
        "  Rest (map)\n"
        "\nMentioned by\n"
        "  bees rest their wings (claim, proven)\n"
        "    It bears on why bees sleep at night, as films show.\n"
    )
    assert "What rests on it\n  bees sleep at night" in run("show", "bees rest their wings").stdout


def test_problems_are_told_with_their_place(codex: Path, run: Run) -> None:
    write_codex(codex, {"claims/wrong.md": "---\ntype: claim\ndomain: sleep\n---\n\nSee [[nothing here]].\n"})
    answer = run("show", "wrong").stdout
    assert "Problems\n" in answer
    assert "  6:5 L101 No note is called “nothing here”." in answer


def test_a_long_group_is_cut_unless_all_is_asked_for(codex: Path, run: Run) -> None:
    write_codex(codex, {f"claims/n{number}.md": "See [[rest]].\n" for number in range(14)})
    assert "and 4 more, which --all shows" in run("show", "rest").stdout
    everything = run("show", "rest", "--all").stdout
    assert "more, which" not in everything
    assert all(f"N{number} (claim)" in everything for number in range(14))


def test_json_has_what_a_list_has_and_relations_and_problems(codex: Path, run: Run) -> None:
    data = json.loads(run("show", "bees sleep at night", "--json").stdout)
    (listed,) = [one for one in json.loads(run("list", "--json").stdout) if one["path"] == data["path"]]
    assert {key: data[key] for key in listed} == listed
    assert [(group["group"], len(group["notes"])) for group in data["relations"]] == [
        ("rests-on", 1),
        ("part-of", 1),
        ("mentioned-by", 1),
    ]
    (mention,) = data["relations"][-1]["notes"]
    assert mention == {
        "path": "claims/bees rest their wings.md",
        "kind": "claim",
        "title": "bees rest their wings",
        "status": "",
        "confidence": "proven",
        "stated_in": "claims/bees rest their wings.md",
        "place": "",
        "line": 11,
        "sentence": "It bears on why bees sleep at night, as films show.",
    }
    assert len(data["problems"]) == data["problem_count"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("bees sleep at nigth", "Did you mean:\n  claims/bees sleep at night.md"),
        ("wings", "These have it in their titles:\n  claims/bees rest their wings.md"),
        ("zebra", "`codex list` shows all there are."),
        ("", "No note is called “”."),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(codex: Path, run: Run, name: str, sentence: str) -> None:
    answer = run("show", name)
    assert answer.exit_code == 2
    assert sentence in answer.stderr


def test_a_name_of_several_notes_is_refused_with_all_of_them(codex: Path, run: Run) -> None:
    write_codex(codex, {"maps/sleep/_map.md": "# Sleep\n", "maps/diet/_map.md": "# Diet\n"})
    answer = run("show", "_map")
    assert answer.exit_code == 2
    assert "“_map” means 2 notes" in answer.stderr
    assert "maps/diet/_map.md" in answer.stderr
    assert "maps/sleep/_map.md" in answer.stderr


def test_of_very_many_notes_of_a_name_only_some_are_named(codex: Path, run: Run) -> None:
    write_codex(codex, {f"maps/{number:02}/_map.md": "# Sleep\n" for number in range(20)})
    answer = run("show", "_map")
    assert "“_map” means 20 notes" in answer.stderr
    assert answer.stderr.endswith("  Sleep  (maps/07/_map.md)\n  and 12 more\n")


def test_no_note_can_steer_the_terminal(codex: Path, run: Run) -> None:
    text = '---\ntype: claim\ntitle: "\\e[2Jred"\n---\n\n\x1b[31mSee [[bees \x1b[0m]] \u202e and [[rest]].\n'
    write_codex(codex, {"claims/hostile.md": text})
    for arguments in (["hostile"], ["rest"], ["hostile", "--json"], ["\x1b[31mnothing"]):
        output = run("show", *arguments).output
        assert "\x1b" not in output
        assert "\u202e" not in output
