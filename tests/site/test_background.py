"""What is worked out beside the pages arrives whole, or is left out with a word about it."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codex_publisher.site.background import THREADS, Background
from support.sites import PROJECT


@pytest.fixture
def background() -> Iterator[Background]:
    worker = Background()
    yield worker
    worker.close()


def test_work_is_done_in_another_process_and_its_result_comes_back(background: Background) -> None:
    assert background.start("The sum", sum, [1, 2, 3], 0).result() == 6
    assert background.start("The process", os.getpgid, 0, 0).result() == os.getpgid(0)


def test_libraries_that_compute_keep_to_one_core(
    background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    for name in THREADS:
        assert background.start(name, os.getenv, name, None).result() == "1"


@pytest.mark.parametrize(
    ("work", "given"),
    [
        (int, "no number"),
        (os._exit, 1),
        (os.listdir, "no/such/folder"),
        (importlib.import_module, "no_such_module"),
    ],
)
def test_what_fails_is_left_out_and_said(
    background: Background, caplog: pytest.LogCaptureFixture, work: object, given: object
) -> None:
    task = background.start("The map", work, given, None)  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"):
        assert task.result() is None
    assert "The map is left out of the site" in caplog.text


def test_closing_without_work_is_nothing() -> None:
    Background().close()


def test_it_is_idle_when_nothing_is_under_way(background: Background) -> None:
    assert background.is_idle
    task = background.start("The sum", sum, [1, 2, 3], 0)
    task.result()
    assert background.is_idle


def test_it_is_not_idle_while_something_is_worked_out(background: Background, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Reading waits until somebody writes.
    task = background.start("What is read", Path.read_text, pipe, "")
    assert not background.is_idle
    pipe.write_text("read", "utf-8")
    assert task.result() == "read"
    assert background.is_idle


def test_a_worker_that_died_is_replaced(background: Background) -> None:
    assert background.start("The end", os._exit, 1, None).result() is None
    assert background.start("The sum", sum, [1, 2, 3], 0).result() == 6


def test_one_worker_does_all_until_it_is_ended(background: Background) -> None:
    first = background.start("The process", eval, "__import__('os').getpid()", 0).result()
    assert background.start("The process", eval, "__import__('os').getpid()", 0).result() == first
    background.close()
    assert background.start("The process", eval, "__import__('os').getpid()", 0).result() != first


def test_ctrl_c_does_not_reach_the_worker(background: Background) -> None:
    assert background.start("The handler", signal.getsignal, signal.SIGINT, None).result() is signal.SIG_IGN


SCRIPT = """
import os
import sys
from codex_publisher.site.background import Background

print(__name__, flush=True)
if __name__ == "__main__":
    background = Background()
    task = background.start("The process", eval, "__import__('os').getpid()", 0)
    print(task.result(), flush=True)
    sys.stdin.read()
"""


def test_the_worker_of_a_process_that_is_killed_ends_and_has_not_run_its_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "hooks")},
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "__main__\n"
        worker = process.stdout.readline().strip()
        assert int(worker) != process.pid
        process.kill()
        # The worker has this pipe as well, so the end of what is said in it is the end of the worker.
        assert process.stdout.read() == ""
