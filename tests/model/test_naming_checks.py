"""Names unlike what notes of the kind are usually called."""

from __future__ import annotations

import pytest

from support.notes import reported, with_fields
from support.sites import codex_of


@pytest.mark.parametrize(
    ("path", "lines", "is_told"),
    [
        ("inbox/queue/2026-03-12-smith-naps.md", ("type: source",), False),
        ("inbox/queue/2026-03-00-smith-naps.md", ("type: source",), False),
        ("inbox/queue/2026-03-smith-naps.md", ("type: source",), False),
        ("inbox/queue/smith-naps.md", ("type: source",), True),
        ("inbox/queue/2026 smith.md", ("type: source",), True),
        ("claims/naps help.md", ("type: claim", "title: Short naps improve recall"), False),
        ("claims/naps-help.md", ("type: claim",), False),
        ("claims/c-017.md", ("type: claim", "title: Short naps improve recall"), True),
        ("entities/sleep-lab.md", ("type: entity", "title: The Sleep Lab"), False),
        ("entities/Sleep Lab.md", ("type: entity",), True),
        ("entities/SleepLab.md", ("type: entity",), True),
        ("musings/Whatever I like.md", ("type: musing",), False),
    ],
)
def test_names_follow_their_kind(path: str, lines: tuple[str, ...], is_told: bool) -> None:
    assert reported(codex_of({path: with_fields(*lines)}), "N106") == ([("N106", path)] if is_told else [])


def test_the_hint_shows_the_name_as_it_would_be() -> None:
    files = {
        "inbox/smith on naps.md": with_fields("type: source", "date: 2026-03-12"),
        "entities/Sleep Lab.md": with_fields("type: entity"),
    }
    hints = [problem.hint for problem in codex_of(files).problems if problem.code == "N106"]
    assert "sleep-lab.md" in hints[0]
    assert "2026-03-12-smith-on-naps.md" in hints[1]
