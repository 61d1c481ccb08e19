"""Whatever a note does to the process that works on it, the others are worked out as if it were not there."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codex_publisher.markdown.limits import MEGABYTE, Limits
from codex_publisher.repository import engines
from codex_publisher.repository.engines import Answers, Batch, Engine
from codex_publisher.repository.workers import Spoiled
from support.misbehaviour import obey
from support.sites import PROJECT

STRICT = Limits(seconds=0.5, memory=64 * MEGABYTE, patience=60)
SLOW = Spoiled("rendering it takes more than 0.5 seconds")
LARGE = Spoiled("rendering it takes more than 64 MB of memory, or stops the renderer")
WORDS = [f"word {number}" for number in range(40)]
SHOUTED = {word: word.upper() for word in WORDS}
SMALL = Batch(4, 1000)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine(2, limits=STRICT) as here:
        yield here


def _worked_out(engine: Engine, items: list[str]) -> dict[str, Any]:
    return dict(engine.work_through(obey, items, len))


def test_nothing_is_lost_and_nothing_is_done_by_this_process(engine: Engine) -> None:
    assert _worked_out(engine, WORDS) == SHOUTED
    assert _worked_out(engine, ["do: who"]) != {"do: who": str(os.getpid())}
    assert _worked_out(engine, []) == {}


@pytest.mark.parametrize(
    ("order", "outcome"),
    [
        ("do: spin", SLOW),
        ("do: eat", LARGE),
        ("do: abort", LARGE),
        ("do: crash", LARGE),
        ("do: vanish", LARGE),
        ("do: fail", LARGE),
        ("do: say", "survived"),
    ],
)
def test_what_one_does_to_its_process_spoils_nothing_else(
    engine: Engine, order: str, outcome: object, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _worked_out(engine, [*WORDS[:7], order, *WORDS[7:]]) == {**SHOUTED, order: outcome}
    assert capfd.readouterr() == ("", "")
    # And the processes that took the place of those that ended go on.
    assert _worked_out(engine, WORDS) == SHOUTED


def test_what_uses_no_processor_time_is_ended_by_the_clock() -> None:
    with Engine(2, limits=replace(STRICT, patience=1)) as engine:
        assert _worked_out(engine, ["do: wait", "a word"]) == {"do: wait": SLOW, "a word": "A WORD"}


def test_many_of_them_spoil_nothing_else_either(engine: Engine) -> None:
    orders = [f"do: {what}{' ' * count}" for what in ("abort", "vanish") for count in range(3)]
    assert _worked_out(engine, [*orders, *WORDS]) == {**SHOUTED, **dict.fromkeys(orders, LARGE)}


def test_what_ended_its_process_once_is_worked_out_after_all(engine: Engine, tmp_path: Path) -> None:
    order = f"do: die-once {tmp_path / 'mark'}"
    assert _worked_out(engine, [order, *WORDS]) == {**SHOUTED, order: "survived"}


def test_what_follows_one_that_spoiled_is_tried_as_often_as_any(engine: Engine, tmp_path: Path) -> None:
    once = f"do: die-once {tmp_path / 'mark'}"
    assert _worked_out(engine, ["do: abort", once]) == {"do: abort": LARGE, once: "survived"}


def test_an_engine_that_was_closed_begins_again(engine: Engine) -> None:
    engine.close()
    assert _worked_out(engine, WORDS) == SHOUTED


def test_items_are_asked_for_while_others_are_worked_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "HERE", Batch(1, 1000))
    monkeypatch.setattr(engines, "MOST_UNDER_WAY", 4)
    asked: list[str] = []

    def items() -> Iterator[str]:
        for word in WORDS:
            asked.append(word)
            yield word

    results = engine.work_through(obey, items(), len)
    assert next(results) == ("word 0", "WORD 0")
    assert len(asked) == 4
    assert dict([("word 0", "WORD 0"), *results]) == SHOUTED


def test_where_no_process_can_be_started_this_one_does_it_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OSError("no processes here")

    monkeypatch.setattr(engines, "Worker", refuse)
    with caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"), Engine(2) as engine:
        assert _worked_out(engine, [*WORDS, "do: who"]) == {**SHOUTED, "do: who": str(os.getpid())}
    assert [record.getMessage() for record in caplog.records] == [
        "No process could be started in which a note can be stopped that hangs: no processes here"
    ]


def test_another_executor_is_given_whole_batches_and_this_machine_the_rest() -> None:
    given: list[object] = []

    class Watched(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
            given.append(args[1])
            return super().submit(fn, *args, **options)

    with Watched(2) as executor, Engine(1, executor, STRICT, SMALL) as engine:
        assert _worked_out(engine, WORDS[:10]) == dict(list(SHOUTED.items())[:10])
    assert given == [WORDS[:4], WORDS[4:8]]


@pytest.mark.parametrize(("order", "outcome"), [("do: spin", SLOW), ("do: abort", LARGE), ("do: eat", LARGE)])
def test_elsewhere_too_one_spoils_nothing_else(order: str, outcome: object) -> None:
    with ThreadPoolExecutor(2) as executor, Engine(1, executor, STRICT, SMALL) as engine:
        assert _worked_out(engine, [order, *WORDS[:11]]) == {
            **dict(list(SHOUTED.items())[:11]),
            order: outcome,
        }


class _Refusing:
    """An executor that has gone away: at once, or once it was given something."""

    def __init__(self, at_once: bool) -> None:
        self._at_once = at_once
        self.asked = 0

    def submit(self, fn: Callable[..., Answers], /, *args: Any) -> Future[Answers]:
        self.asked += 1
        if self._at_once:
            raise ConnectionError("the scheduler is gone")
        future: Future[Answers] = Future()
        future.set_exception(ConnectionError("the scheduler is gone"))
        return future


@pytest.mark.parametrize("at_once", [True, False])
def test_an_executor_that_goes_away_is_warned_of_once_and_stood_in_for(
    at_once: bool, caplog: pytest.LogCaptureFixture
) -> None:
    executor = _Refusing(at_once)
    with caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"), Engine(1, executor, STRICT, SMALL) as engine:
        assert _worked_out(engine, WORDS) == SHOUTED
    assert executor.asked
    assert [record.getMessage() for record in caplog.records] == [
        "The engine that the settings name cannot be used, so notes are rendered on this machine: "
        "the scheduler is gone"
    ]


def test_workers_of_other_versions_are_not_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = iter([("comrak 99",)])
    monkeypatch.setattr(engines, "versions", lambda: next(found, ("comrak 1",)))
    with (
        caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"),
        ThreadPoolExecutor(1) as executor,
        Engine(1, executor, STRICT, SMALL) as engine,
    ):
        assert _worked_out(engine, WORDS) == SHOUTED
    assert "Its workers have other versions; this build has comrak 99." in caplog.text


SCRIPT = """
import sys
from codex_publisher.repository.engines import Engine
from support.misbehaviour import obey

print(__name__, flush=True)
if __name__ == "__main__":
    engine = Engine(2)
    print(*dict(engine.work_through(obey, ["do: who"], len)).values(), flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_the_processes_of_one_that_is_killed_end_and_have_not_run_its_script(
    tmp_path: Path, platform: str
) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import sys\nsys.platform = {platform!r}\n{SCRIPT}", "utf-8")
    reading, writing = os.pipe()
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[writing],
        env={**os.environ, "PYTHONPATH": f"{PROJECT / 'hooks'}{os.pathsep}{PROJECT / 'tests'}"},
    ) as process:
        os.close(writing)
        assert process.stdout
        assert process.stdout.readline() == "__main__\n"
        worker = int(process.stdout.readline())
        assert worker != process.pid
        process.kill()
        assert process.stdout.read() == ""
    # The forked processes have this pipe as well: its end is theirs.
    assert os.read(reading, 1) == b""
    os.close(reading)
