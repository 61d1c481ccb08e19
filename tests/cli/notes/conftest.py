"""A small codex on the disk, and the command run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli import new
from codex_publisher.cli.main import main
from support.notes import with_fields
from support.sites import write_codex

Run = Callable[..., Result]

FILES = {
    "claims/bees sleep at night.md": with_fields(
        *("type: claim", "domain: sleep", "confidence: likely", "created: 2026-01-05", "tags: [bees, rest]"),
        *("description: Seen in three hives.", "depends_on:", '  - "[[bees rest their wings]]"'),
        body="# bees sleep at night\n\nThey do.\n\nTopics:\n- [[rest]]\n",
    ),
    "claims/bees rest their wings.md": with_fields(
        *("type: claim", "domain: sleep", "confidence: proven", "created: 2026-01-04", "tags: [bees]"),
        "description: Filmed at dusk.",
        body="# bees rest their wings\n\nIt bears on why [[bees sleep at night]], as films show.\n",
    ),
    "inbox/queue/2026-02-03-smith-naps.md": with_fields(
        *("type: source", 'title: "Naps: a survey"', 'author: "Jane Smith"', "url: https://example.org/naps"),
        *("date: 2026-02-03", "created: 2026-02-10", "domain: sleep", "format: paper", "status: unprocessed"),
        *("priority: high", "tags: [rest]"),
    ),
    "inbox/archive/2025-05-06-lee-diets.md": with_fields(
        *("type: source", "title: Diets", "author: Ann Lee", "url: https://example.org/diets"),
        *("date: 2025-05-06", "domain: diet", "format: essay", "status: processed", "priority: low"),
    ),
    "maps/rest.md": "---\ntype: map\n---\n\n# Rest\n\n- [[bees sleep at night]]\n",
}


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a codex with a few notes, which is where commands are started."""
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    folder = write_codex(tmp_path / "codex", FILES)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run() -> Run:
    """The command with these arguments, and with answers if a person types them."""

    def invoke(*arguments: str, answers: str | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=answers)

    return invoke


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there who can be asked."""
    monkeypatch.setattr(new, "is_interactive", lambda: True)
