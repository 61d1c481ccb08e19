"""What a build tells of its stages: a bar on a terminal, lines elsewhere, nothing when it is to be quiet."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from codex_publisher.site.progress import Progress
from support.built import built
from support.sites import write_codex

LOG = "mkdocs.hooks.codex"


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def ticks() -> Iterator[float]:
    """A clock on which two seconds go by between looks."""
    return (float(number) for number in count(0, 2))


def _stages(progress: Progress) -> None:
    progress.begin("Reading")
    progress.begin("Writing pages", 4)
    for _ in range(4):
        progress.step()
    progress.end()


def test_a_terminal_shows_the_stage_and_how_far_it_is(
    caplog: pytest.LogCaptureFixture, ticks: Iterator[float]
) -> None:
    terminal = Terminal()
    with caplog.at_level(logging.INFO, LOG):
        progress = Progress(stream=terminal, clock=lambda: next(ticks))
        progress.begin("Reading")
        progress.begin("Writing pages", 4)
        progress.step(2)
        progress._bar.refresh()  # type: ignore[union-attr]  # it would wait a tenth of a second
        shown = terminal.getvalue()
        progress.end()
    assert "Reading…" in shown
    assert "Writing pages:  50% |" in shown
    assert "2/4" in shown
    assert caplog.messages == []


def test_nothing_of_the_bar_stays_on_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    terminal = Terminal()
    with caplog.at_level(logging.INFO, LOG):
        _stages(Progress(stream=terminal))
    assert terminal.getvalue().rpartition("\r")[0].rstrip(" \r").split("\r")[-1].strip() != ""
    assert terminal.getvalue().rpartition("\r")[2].strip() == ""


def test_a_log_has_a_line_for_each_stage(caplog: pytest.LogCaptureFixture, ticks: Iterator[float]) -> None:
    stream = io.StringIO()
    with caplog.at_level(logging.INFO, LOG):
        _stages(Progress(stream=stream, clock=lambda: next(ticks)))
    assert caplog.messages == ["Reading: 2.0 s", "Writing pages: 2.0 s"]
    assert stream.getvalue() == ""


def test_what_takes_no_time_is_no_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, LOG):
        _stages(Progress(stream=io.StringIO(), clock=lambda: 1.0))
    assert caplog.messages == []


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_quiet_is_quiet(
    stream: io.StringIO, caplog: pytest.LogCaptureFixture, ticks: Iterator[float]
) -> None:
    with caplog.at_level(logging.ERROR, LOG):
        _stages(Progress(stream=stream, clock=lambda: next(ticks)))
    assert (stream.getvalue(), caplog.messages) == ("", [])


def test_a_profile_tells_where_the_time_went_even_when_quiet(
    caplog: pytest.LogCaptureFixture, ticks: Iterator[float]
) -> None:
    stream = io.StringIO()
    with caplog.at_level(logging.ERROR, LOG):
        _stages(Progress(is_profiled=True, stream=stream, clock=lambda: next(ticks)))
    lines = stream.getvalue().splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["stage", "Reading", "Writing"]
    assert lines[1].split()[1:3] == ["2.00", "50%"]
    assert lines[3].split()[:2] == ["4.00", "100%"]
    assert lines[4].startswith("Processor time of the other processes")


def test_a_failed_build_leaves_no_bar_and_no_profile(caplog: pytest.LogCaptureFixture) -> None:
    terminal = Terminal()
    with caplog.at_level(logging.INFO, LOG):
        progress = Progress(is_profiled=True, stream=terminal)
        progress.begin("Writing pages", 10)
        progress.abandon()
    assert "stage" not in terminal.getvalue()
    assert terminal.getvalue().rpartition("\r")[2].strip() == ""


def test_a_build_goes_through_all_stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_codex(tmp_path / "codex", {"a.md": "[[b]]\n"})
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    built(tmp_path / "codex", tmp_path / "site", profile=True)
    table = stream.getvalue().partition("stage")[2]
    stages = [
        "Reading",
        "Rendering",
        "Connecting",
        "Planning",
        "Writing pages",
        "Exporting",
        "Indexing",
        "Finishing",
    ]
    places = [table.find(f"\n{stage} ") for stage in stages]
    assert places == sorted(places)
    assert -1 not in places
