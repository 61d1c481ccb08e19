"""What GitHub runs and asks for: workflows, issue forms, Dependabot, owners."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from codex_publisher.model.facets import CONFIDENCES, PRIORITIES
from support.sites import PROJECT

GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
PROGRAMS = Path(sys.executable).parent
PINNED = re.compile(r"^\s*(?:- )?uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
HAS_ACTIONLINT = sys.platform != "darwin" or os.uname().machine == "arm64"
SCRIPTS = re.compile(r"(?:scripts/|\.ci/)[\w.]+")


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _events(workflow: Any) -> Any:
    # To YAML 1.1, `on` is a truth.
    return workflow[True]


def _steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def _run(*command: str) -> str:
    """What a program of the development group says; it is not there only where that was not installed."""
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    found = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    said = found.stdout + found.stderr
    assert found.returncode == 0, said
    return said


@pytest.mark.skipif(not HAS_ACTIONLINT, reason="there is no actionlint for older Macs")
def test_actionlint_finds_nothing_in_the_workflows() -> None:
    _run(str(PROGRAMS / "actionlint"), "-color=false", *map(str, WORKFLOWS))


@pytest.mark.skipif(not HAS_ACTIONLINT, reason="there is no actionlint for older Macs")
def test_actionlint_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nope }} $x\n"
    )
    with pytest.raises(AssertionError, match="nope"):
        _run(str(PROGRAMS / "actionlint"), str(bad))


def test_zizmor_finds_nothing_in_them() -> None:
    _run(str(PROGRAMS / "zizmor"), "--offline", "--no-config", "--strict-collection", str(GITHUB))


def test_the_examples_for_other_repositories_are_as_sound_as_our_own(tmp_path: Path) -> None:
    text = (PROJECT / "docs" / "publishing.md").read_text("utf-8")
    examples = re.findall(
        r"^```yaml\n# \.github/workflows/(\w+\.yml)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE
    )
    assert [name for name, _ in examples] == ["check.yml", "publish.yml"]
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for name, example in examples:
        (folder / name).write_text(example, "utf-8")
        own = (GITHUB / "workflows" / name).read_text("utf-8")
        for line in example.split("\n"):
            assert "uses:" not in line or line.strip().removeprefix("- ") in own
    _run(str(PROGRAMS / "zizmor"), "--offline", "--no-config", "--strict-collection", str(tmp_path))
    if HAS_ACTIONLINT:
        _run(str(PROGRAMS / "actionlint"), "-color=false", *map(str, sorted(folder.glob("*.yml"))))


def test_there_is_one_workflow_for_each_purpose() -> None:
    assert [path.stem for path in WORKFLOWS] == ["check", "publish", "tests"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.stem))
def test_a_job_may_do_only_what_it_says_and_ends_sometime(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "permissions" in job
        assert "timeout-minutes" in job
    for step in _steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert step["with"]["fetch-depth"] == 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.stem))
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("\n") if "uses:" in line]
    assert lines
    for line in lines:
        assert PINNED.match(line), line


def test_an_action_is_the_same_in_every_workflow() -> None:
    used = {
        line.split("uses: ")[1]
        for path in WORKFLOWS
        for line in path.read_text("utf-8").split("\n")
        if "uses:" in line
    }
    assert len({line.split("@")[0] for line in used}) == len(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.stem))
def test_scripts_that_a_workflow_runs_are_there(path: Path) -> None:
    for name in SCRIPTS.findall(path.read_text("utf-8")):
        assert (PROJECT / name).is_file(), name


def test_pull_requests_get_no_secret_and_can_write_nothing() -> None:
    workflow = _read(GITHUB / "workflows" / "check.yml")
    assert set(_events(workflow)) == {"pull_request"}
    assert "secrets" not in (GITHUB / "workflows" / "check.yml").read_text("utf-8").replace(
        "without secrets", ""
    )
    assert workflow["jobs"]["notes"]["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["builder"]["permissions"] == {}


def test_before_anything_of_a_pull_request_is_run_the_publisher_of_the_base_is_back() -> None:
    runs = [
        step.get("run", "") for step in _read(GITHUB / "workflows" / "check.yml")["jobs"]["notes"]["steps"]
    ]
    own = [run for run in runs if run]
    assert own[0] == 'git switch --quiet --detach "$GITHUB_SHA^1"'
    assert 'take_notes.py "$GITHUB_SHA"' in own[2]


def test_the_site_is_looked_over_before_it_is_published() -> None:
    workflow = _read(GITHUB / "workflows" / "publish.yml")
    steps = [step.get("run", step.get("uses", "")) for step in workflow["jobs"]["build"]["steps"]]
    smoke = next(place for place, step in enumerate(steps) if "smoke.py" in step)
    upload = next(place for place, step in enumerate(steps) if "upload-pages-artifact" in step)
    assert smoke < upload
    assert workflow["jobs"]["deploy"]["needs"] == "build"
    assert workflow["concurrency"]["cancel-in-progress"] is True


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.stem))
def test_a_form_has_what_github_asks_of_it(path: Path) -> None:
    form = _read(path)
    assert {"name", "description", "body"} <= set(form)
    fields = [item for item in form["body"] if item["type"] != "markdown"]
    assert {item["type"] for item in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    ids = [item["id"] for item in fields]
    assert len(set(ids)) == len(ids)
    labels = [item["attributes"]["label"] for item in fields]
    assert len(set(labels)) == len(labels)
    for item in fields:
        options = item["attributes"].get("options", [])
        assert (item["type"] == "dropdown") == bool(options)
        assert len(set(options)) == len(options)
        assert all(isinstance(option, str) for option in options)
        assert item["attributes"].get("default", 0) < max(len(options), 1)


def test_the_forms_speak_of_the_fields_and_values_that_notes_have() -> None:
    forms = {
        path.stem: {item.get("id"): item["attributes"] for item in _read(path)["body"]} for path in FORMS
    }
    assert set(forms) == {"challenge-a-claim", "propose-a-source"}
    source, challenge = forms["propose-a-source"], forms["challenge-a-claim"]
    assert {"title", "url", "author", "date", "domain", "format", "priority", "tags"} <= set(source)
    assert tuple(source["priority"]["options"]) == PRIORITIES
    assert tuple(challenge["confidence"]["options"])[: len(CONFIDENCES)] == CONFIDENCES
    assert "challenged_by" in challenge


def test_dependabot_watches_actions_and_packages() -> None:
    updates = _read(GITHUB / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip"}


def test_the_example_of_owners_names_only_what_is_there() -> None:
    lines = (GITHUB / "CODEOWNERS.example").read_text("utf-8").split("\n")
    paths = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert paths
    for path in paths:
        assert (PROJECT / path.strip("/")).exists(), path
