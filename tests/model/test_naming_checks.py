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


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("claims/what for?.md", "its name holds “?”"),
        ("claims/a:b/c.md", "its name holds “:”"),
        ("claims/a\\b.md", "its name holds “\\”"),
        ("claims/aux.md", "“aux” is the name of a device"),
        ("claims/Con.notes.md", "“Con” is the name of a device"),
        ("LPT1/note.md", "“LPT1” is the name of a device"),
        ("claims./note.md", "the name of a folder ends with a dot or a space"),
        ("claims /note.md", "the name of a folder ends with a dot or a space"),
        ("claims/auxiliary.md", ""),
        ("claims/a. b.md", ""),
        ("claims/com.md", ""),
        ("claims/ends with a dot..md", ""),
    ],
)
def test_names_that_windows_refuses_are_told_of(path: str, why: str) -> None:
    told = [one.message for one in codex_of({path: with_fields()}).problems if one.code == "N107"]
    assert told == ([f"Windows cannot store this file: {why}."] if why else [])


@pytest.mark.parametrize(
    ("path", "other", "is_told"),
    [
        ("garden.md", "garden/index.md", True),
        ("garden/README.md", "garden/index.md", True),
        ("maps/two words.md", "maps/two-words.md", True),
        ("maps/one.md", "maps/two.md", False),
        ("docs/a.md", "a.md", True),
    ],
)
def test_maps_and_pages_that_would_be_at_one_address_are_told_of(
    path: str, other: str, is_told: bool
) -> None:
    codex = codex_of({path: "Text.\n", other: "Text.\n"})
    first, second = sorted((path, other))
    told = [(one.path, one.other) for one in codex.problems if one.code == "N101"]
    assert told == ([(second, first)] if is_told else [])
    assert len(set(codex.permalinks.values())) == 2
