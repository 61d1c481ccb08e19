"""The steps of the check of pull requests, as they stand in the workflow, on a request that means harm."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from support.repositories import commit_files, run_git
from support.sites import PROJECT

WORKFLOW: Final[dict[Any, Any]] = yaml.safe_load(
    (PROJECT / ".github" / "workflows" / "check.yml").read_text("utf-8")
)
STEPS: Final[list[dict[str, Any]]] = WORKFLOW["jobs"]["notes"]["steps"]
PROGRAMS: Final = Path(sys.executable).parent
SIGN: Final = "the code of a stranger has run"
CODE: Final = f"import pathlib; pathlib.Path(__file__).parent.joinpath('ran').write_text('{SIGN}')\n"
BASE: Final[dict[str, str | bytes]] = {
    "mkdocs.yml": "site_name: Bees\nextra:\n  codex:\n    notes: [inbox, docs/claims]\n",
    "hooks/publish.py": "the publisher\n",
    "docs/claims/bees sleep at night.md": "---\ntype: claim\n---\n\nThey do.\n",
    "inbox/queue/bees.md": "---\ntype: source\n---\n\nBees.\n",
    "scripts/take_notes.py": (PROJECT / "scripts" / "take_notes.py").read_bytes(),
}
NOTE: Final = "---\ntype: claim\nconfidence: likely\ndomain: bees\ndescription: x y\n---\n\nNew.\n"
HOSTILE: Final[dict[str, str | bytes]] = {
    # What the steps run, or what is run with it: none of it may be the stranger's.
    "mkdocs.yml": "site_name: Owned\nhooks: [inbox/hook.py]\nextra: {codex: {notes: [hooks, docs/claims]}}\n",
    "hooks/publish.py": CODE,
    "hooks/codex_publisher/__init__.py": CODE,
    "scripts/take_notes.py": CODE,
    "scripts/sitecustomize.py": CODE,
    "scripts/codex_publisher/__init__.py": CODE,
    "codex_publisher/__init__.py": CODE,
    "sitecustomize.py": CODE,
    "yaml.py": CODE,
    "Makefile": "all:\n\ttouch ran\n",
    "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'x'\nbackend-path = ['.']\n",
    "constraints.txt": "mkdocs @ https://canary.invalid/mkdocs.whl\n",
    ".github/workflows/check.yml": "on: pull_request\n",
    ".gitattributes": "*.md filter=x diff=x merge=x\n",
    ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = https://canary.invalid/x\n',
    ".codex.yml": "x: y\n",
    "inbox/hook.py": CODE,
    "inbox/.gitattributes": "*.md filter=x\n",
    "docs/claims/conftest.py": CODE,
    "docs/claims/page.html": "<script>window.__pwned = 1</script>\n",
    "docs/about.md": "Another guide.\n",
    # Notes, which are taken.
    "docs/claims/bees sleep by day.md": NOTE,
    "docs/claims/\n::error::told by a stranger.md": NOTE,
    "docs/claims/$(touch ran).md": NOTE,
    "inbox/queue/bees.md": "---\ntype: source\n---\n\nMore bees.\n",
}


def _step(words: str) -> str:
    """The shell of the step that has these words."""
    (found,) = [step["run"] for step in STEPS if words in step.get("run", "")]
    return str(found)


@dataclass
class Check:
    """A clone in which the workflow's steps are run, one after the other."""

    clone: Path
    merged: str
    """The commit that GitHub makes of the request and its base."""
    said: str = ""

    def run(self, step: str) -> int:
        """Run a step as GitHub does, and keep what it says."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CODEX_")},
            **{name: str(self.clone.parent / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")},
            "GITHUB_SHA": self.merged,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step]
        found = subprocess.run(
            command, cwd=self.clone, env=environment, capture_output=True, text=True, check=False
        )
        self.said += found.stdout + found.stderr
        return found.returncode

    def told(self, name: str) -> str:
        """What the steps have told GitHub in one of its files."""
        return (self.clone.parent / name).read_text("utf-8")


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """A clone as the workflow's first step leaves it: the request merged into its base, checked out."""
    clone = tmp_path / "clone"
    commit_files(clone, BASE, on="2026-01-01")
    run_git(clone, "checkout", "-b", "request")
    commit_files(clone, HOSTILE, on="2026-01-02")
    run_git(clone, "switch", "--detach", "main")
    run_git(clone, "merge", "--no-ff", "--message=merged", "request")
    # Where the publisher of the base would be installed.
    (clone / ".git" / "info" / "exclude").write_text(".venv\n")
    (clone / ".venv").symlink_to(PROGRAMS.parent, target_is_directory=True)
    return Check(clone, run_git(clone, "rev-parse", "HEAD").decode().strip())


def test_nothing_of_a_request_but_its_notes_is_there_when_anything_is_run(check: Check) -> None:
    assert check.run(_step("git switch")) == 0, check.said
    for path, content in BASE.items():
        whole = content if isinstance(content, bytes) else content.encode()
        assert (check.clone / path).read_bytes() == whole
    files = run_git(check.clone, "ls-files", "--others", "--cached", "--exclude-standard").decode()
    assert {one for one in files.split("\n") if one} == set(BASE)

    assert check.run(_step("take_notes.py")) == 0, check.said
    changed = run_git(check.clone, "status", "--porcelain=v1", "-z", "--untracked-files=all").decode()
    assert sorted(one[3:] for one in changed.split("\0") if one) == sorted(
        name for name in HOSTILE if name.endswith(".md") and name != "docs/about.md"
    )
    assert check.told("GITHUB_OUTPUT") == "builder=changed\n"
    assert "changes the publisher and not only notes" in check.told("GITHUB_STEP_SUMMARY")
    assert "without any permission" in check.told("GITHUB_STEP_SUMMARY")


def test_no_code_of_a_request_runs_while_its_notes_are_looked_at(check: Check) -> None:
    for words in ("git switch", "take_notes.py", "codex summary"):
        assert check.run(_step(words)) == 0, check.said
    # The notes are not in order, and that is said.
    check.run(_step("codex check"))
    assert "bees sleep by day" in check.told("GITHUB_STEP_SUMMARY") + check.said
    assert not list(check.clone.rglob("ran"))
    assert not list(PROJECT.joinpath("hooks").rglob("ran"))
    assert not any(line.startswith("::error::") for line in check.said.split("\n"))


def test_the_code_would_have_run_from_the_merged_request(check: Check) -> None:
    """The control: without the first step, a script of the stranger's runs."""
    check.run(_step("take_notes.py"))
    assert (check.clone / "scripts" / "ran").is_file()


def test_every_step_before_the_base_is_back_only_checks_out() -> None:
    first = next(place for place, step in enumerate(STEPS) if "run" in step)
    assert "git switch" in STEPS[first]["run"]
    assert all(step["uses"].startswith("actions/checkout@") for step in STEPS[:first])


def test_no_step_puts_words_of_a_request_into_its_shell() -> None:
    """`${{ … }}` is replaced before the shell reads it, so a branch's name could be a command."""
    for job in WORKFLOW["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_no_workflow_gives_a_strangers_request_the_rights_of_the_base() -> None:
    for path in (PROJECT / ".github" / "workflows").glob("*.yml"):
        events = yaml.safe_load(path.read_text("utf-8"))[True]
        assert not set(events) & {"pull_request_target", "workflow_run", "issue_comment"}, path.name


def test_the_job_that_runs_a_changed_publisher_has_no_permission_and_says_so() -> None:
    builder = WORKFLOW["jobs"]["builder"]
    assert builder["permissions"] == {}
    assert "outputs.builder == 'changed'" in builder["if"]
    assert builder["needs"] == "notes"
    assert "without any permission" in builder["steps"][0]["run"]
    assert WORKFLOW["permissions"] == {}
    assert not any("cache" in str(step) for step in builder["steps"])
