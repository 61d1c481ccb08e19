"""What takes long beside the pages is done in small steps, between which a server answers its readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codex_publisher.site.exports import writing_exports
from support.exports import published
from support.notes import with_fields

NOTES = 12
CODEX: dict[str, str | bytes] = {
    f"claims/n{number}.md": with_fields(
        "type: claim",
        f"tags: [tag {number}]",
        f"domain: domain {number}",
        f"created: 2026-01-{number + 1:02}",
    )
    for number in range(NOTES)
}


def _names(site: Path) -> frozenset[str]:
    return frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _made_by_steps(site: Path) -> Iterator[frozenset[str]]:
    """The files that each step makes, the last of which may go on after it."""
    before = frozenset[str]()
    for _ in writing_exports(published(CODEX), (), site):
        now = _names(site)
        yield now - before
        before = now
    yield _names(site) - before


@pytest.mark.parametrize(
    ("ending", "at_least"),
    [
        # The data of a note, beside its page.
        ("/index.json", NOTES),
        # The feeds of all tags and domains, and of everything.
        ("/feed.xml", 2 * NOTES + 1),
        ("/feed.json", 2 * NOTES + 1),
    ],
)
def test_files_of_which_there_are_many_are_made_one_by_one(
    ending: str, at_least: int, tmp_path: Path
) -> None:
    made = [[name for name in step if name.endswith(ending)] for step in _made_by_steps(tmp_path)]
    assert max(map(len, made)) == 1
    assert sum(map(len, made)) >= at_least


def test_who_ends_in_between_has_made_no_more_than_was_asked_for(tmp_path: Path) -> None:
    steps = writing_exports(published(CODEX), (), tmp_path)
    while len([name for name in _names(tmp_path) if name.endswith("/index.json")]) < NOTES // 2:
        next(steps)
    steps.close()  # type: ignore[attr-defined]  # all that are written here are generators
    names = _names(tmp_path)
    assert len([name for name in names if name.endswith("/index.json")]) == NOTES // 2
    assert not [name for name in names if name.endswith("/feed.xml")]
