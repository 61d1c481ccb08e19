"""What the log tells of the stages of a refresh under `mkdocs serve`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from codex_publisher.site.progress import Progress
from support.built import listening
from support.projects import write_project
from support.serving import serving
from support.small_codex import NAPS, SMALL_CODEX

AN_HOUR = 3_600


class _Clock:
    """Goes on by a second with each look, and by as much as somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


def test_a_refresh_ends_its_last_stage_and_does_not_count_the_time_until_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = _Clock()
    monkeypatch.setattr("codex_publisher.site.build.Progress", partial(Progress, clock=clock))
    note = tmp_path / "project" / NAPS
    folders = sorted({name.partition("/")[0] for name in SMALL_CODEX if "/" in name})
    settings = write_project(tmp_path / "project", SMALL_CODEX, {"notes": folders})
    told: list[list[str]] = []
    with serving(settings, tmp_path / "site") as server:
        for word in ("Four", "Five"):
            server.settle()
            clock.seconds += AN_HOUR
            with note.open("a", encoding="utf-8") as file:
                file.write(f"\n{word} words more.\n")
            with listening() as said:
                server.notice()
                told.append([line for line in said if line.startswith("INFO Connecting")])
        clock.seconds += AN_HOUR
        with listening() as said:
            server.settle()
    assert told == [["INFO Connecting: 1.0 s"]] * 2
    assert not [line for line in said if "Connecting" in line]
    assert server.whole_builds == 1
