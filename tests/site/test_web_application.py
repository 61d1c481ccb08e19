"""The two files that an existing web application of codices reads."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from codex_publisher.model.facets import COLOURS
from codex_publisher.site.exports import web_application
from codex_publisher.site.exports.merges import Merge, begin_reading, parse_merges, read_merges
from codex_publisher.site.exports.theme_colours import hues
from support.exports import exported, faults, published, read_json
from support.sites import write_codex

CLAIM = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ncreated: 2026-02\ndescription: In short\n---\n"
CODEX = {
    "domains/sleep/one.md": CLAIM + "[[two]] [[two]] [[note]] [[one]]\n",
    "domains/sleep/two.md": '---\ntype: analysis\ndomain: sleep\nchallenged_by: ["[[three]] is so"]\n---\n',
    "core/health/three.md": "# Three\n\n[[one]]\n\n## Counter-evidence\n\nMuch.\n",
    "convictions/four.md": "---\ntype: conviction\nagent: leo\nchallenged_by: only words\n---\n",
    "foundations/_map.md": "[[one]]\n",
    "domains/sleep/note.md": "---\ntype: source\n---\n",
    "agents/iris/beliefs.md": "---\nagent: iris\ndomain: sleep\n---\n",
    "inbox/claims/five.md": CLAIM,
}


def _files(site: Path) -> tuple[Any, Any]:
    return read_json(site / "api" / "graph-data.json"), read_json(site / "api" / "claims-context.json")


def test_the_graph_has_the_claims_of_four_folders_with_what_the_application_shows(tmp_path: Path) -> None:
    graph, _ = _files(exported(tmp_path, published(CODEX)))
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert list(nodes) == [
        *("convictions/four.md", "core/health/three.md", "domains/sleep/one.md", "domains/sleep/two.md")
    ]
    assert nodes["domains/sleep/one.md"] == {
        "id": "domains/sleep/one.md",
        "title": "One",
        "domain": "sleep",
        "agent": "iris",
        "created": "2026-02",
        "confidence": "likely",
        "challenged": False,
    }
    assert nodes["core/health/three.md"]["domain"] == "health"
    assert [node["agent"] for node in nodes.values()] == ["leo", "collective", "iris", "iris"]
    assert [node["challenged"] for node in nodes.values()] == [True, True, False, True]
    assert nodes["domains/sleep/two.md"]["challenges"] == ["three is so"]
    assert "challenges" not in nodes["core/health/three.md"]


def test_its_edges_are_links_and_disputes_between_these_each_once(tmp_path: Path) -> None:
    graph, _ = _files(exported(tmp_path, published(CODEX)))
    edges = [(edge["source"], edge["target"], edge["type"], edge["cross_domain"]) for edge in graph["edges"]]
    assert edges == [
        ("core/health/three.md", "domains/sleep/one.md", "wiki-link", True),
        ("domains/sleep/one.md", "domains/sleep/two.md", "wiki-link", False),
        ("domains/sleep/two.md", "core/health/three.md", "conflict", True),
    ]


def test_colours_are_those_of_the_style_sheet(tmp_path: Path) -> None:
    assert sorted(hues()) == list(range(1, COLOURS + 1))
    made = published(CODEX)
    graph, _ = _files(exported(tmp_path, made))
    colour = made.codex.facets["domain"]["sleep"].colour  # type: ignore[index]
    assert graph["domain_colors"] == {"sleep": hues()[colour]}


def test_the_context_names_every_claim_by_domain_and_title(tmp_path: Path) -> None:
    _, context = _files(exported(tmp_path, published(CODEX)))
    assert (context["generated"], context["claimCount"]) == ("2026-03-31", 4)
    assert [claim["title"] for claim in context["claims"]] == ["Four", "Three", "One", "Two"]
    assert context["claims"][2] == {
        "title": "One",
        "description": "In short",
        "domain": "sleep",
        "agent": "iris",
        "confidence": "likely",
    }


def test_the_context_fits_by_shortening_all_descriptions_to_the_same_length(tmp_path: Path) -> None:
    words = "é word " * 60
    files = {
        f"domains/d/{number}.md": f"---\ntype: claim\ndescription: {words if number % 10 else 'short'}\n---\n"
        for number in range(400)
    }
    site = exported(tmp_path, published(files))
    _, context = _files(site)
    size = (site / "api" / "claims-context.json").stat().st_size
    lengths = {len(claim["description"]) for claim in context["claims"]}
    assert web_application.MAX_BYTES - 5000 < size <= web_application.MAX_BYTES
    assert context["claimCount"] == len(context["claims"]) == 400
    assert len(lengths) == 2
    assert min(lengths) == len("short")
    assert faults("claims-context", context) == []


def test_no_claim_is_dropped_where_titles_alone_are_too_long_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = {
        f"domains/d/{number}.md": f"---\ntype: claim\ntitle: {'t' * 300}\ndescription: short\n---\n"
        for number in range(400)
    }
    with caplog.at_level(logging.INFO, "mkdocs.hooks.codex"):
        _, context = _files(exported(tmp_path, published(files)))
    assert {claim["description"] for claim in context["claims"]} == {""}
    assert {len(claim["title"]) for claim in context["claims"]} == {300}
    assert [record for record in caplog.records if "no claim is left out" in record.message]


def test_both_are_empty_for_a_codex_without_claims(tmp_path: Path) -> None:
    graph, context = _files(exported(tmp_path, published({})))
    assert graph == {"nodes": [], "edges": [], "events": [], "domain_colors": {}}
    assert (context["claimCount"], context["claims"]) == (0, [])


def _git(folder: Path, *arguments: str, on: str = "2026-01-01") -> None:
    facts = {"NAME": "Ann", "EMAIL": "ann@example.org", "DATE": f"{on}T12:00:00+00:00"}
    who = {f"GIT_{role}_{fact}": facts[fact] for role in ("AUTHOR", "COMMITTER") for fact in facts}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **who}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env=environment, capture_output=True)


def _commit(folder: Path, message: str, files: dict[str, str | bytes], on: str) -> None:
    write_codex(folder, files)
    _git(folder, "add", "--all")
    _git(folder, "commit", f"--message={message}", on=on)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a merged, a squashed and a plain commit, and one that only mends."""
    folder = tmp_path / "repository"
    folder.mkdir()
    _git(folder, "init", "--initial-branch=main")
    _commit(folder, "Begin", {"kb/domains/sleep/zero.md": CLAIM}, on="2026-01-01")
    _git(folder, "checkout", "-b", "side")
    two = {
        "kb/domains/sleep/a\nb.md": CLAIM,
        "kb/core/c.md": CLAIM,
        "kb/inbox/d.md": CLAIM,
        "core/e.md": CLAIM,
    }
    _commit(folder, "Some work (#1)", {**two}, on="2026-01-02")
    _git(folder, "checkout", "main")
    merge = ("merge", "--no-ff", "--message=Merge pull request #12 from ann/leo/some-claims", "side")
    _git(folder, *merge, on="2026-01-03")
    _commit(folder, "iris: write on sleep (#13)", {"kb/domains/sleep/f.md": CLAIM}, on="2026-01-04")
    _commit(folder, "Mend (#14)", {"kb/domains/sleep/f.md": CLAIM + "Mended.\n"}, on="2026-01-05")
    return folder


def test_merges_are_read_from_git_with_the_files_that_came_with_them(repository: Path) -> None:
    merged, squashed = read_merges(repository / "kb")
    assert (merged.number, merged.date, merged.branch) == (12, "2026-01-03", "leo/some-claims")
    assert set(merged.added) == {"domains/sleep/a\nb.md", "core/c.md", "inbox/d.md"}
    assert (squashed.number, squashed.added) == (13, ("domains/sleep/f.md",))


def test_merges_become_events_with_the_agent_whose_branch_or_title_it_was(
    repository: Path, tmp_path: Path
) -> None:
    merges = read_merges(repository / "kb")
    graph, _ = _files(exported(tmp_path / "site", published(CODEX), merges))
    assert graph["events"] == [
        {"type": "pr-merge", "number": 12, "agent": "leo", "claims_added": 2, "date": "2026-01-03"},
        {"type": "pr-merge", "number": 13, "agent": "iris", "claims_added": 1, "date": "2026-01-04"},
    ]
    assert faults("graph-data", graph) == []


def test_without_history_there_are_no_events_and_git_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_merges(tmp_path) == ()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert begin_reading(tmp_path, is_known=False).result() == ()


def test_where_a_clone_was_cut_off_is_not_taken_for_a_merge(repository: Path, tmp_path: Path) -> None:
    _git(tmp_path, "clone", "--depth=1", f"file://{repository}", "shallow")
    assert read_merges(tmp_path / "shallow" / "kb") == ()


@pytest.mark.parametrize("subject", ["", "(#1)", "Merge pull request #x", "A (#1) b", f"(#{10**4000})"])
def test_subjects_that_name_no_pull_request_are_passed_over(subject: str) -> None:
    assert list(parse_merges(f"\0002026-01-01\0Ann\0p\0{subject}\0\ncore/a.md\0")) == []


def test_names_in_git_can_forge_no_merge() -> None:
    printed = "\0002026-01-01\0Ann\0p\0Work (#7)\0\ncore/Work (#8).md\0core/b.md\0"
    assert [(one.number, one.added) for one in parse_merges(printed)] == [
        (7, ("core/Work (#8).md", "core/b.md"))
    ]


def test_files_are_json_without_spaces(tmp_path: Path) -> None:
    merge = Merge(1, "2026-01-01", "Work (#1)", "Ann", "", ())
    site = exported(tmp_path, published(CODEX), (merge,))
    for name in ("graph-data", "claims-context"):
        text = (site / "api" / f"{name}.json").read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
