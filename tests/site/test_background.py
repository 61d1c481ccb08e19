"""What is worked out beside the pages arrives whole, or is left out with a word about it."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Iterator

import pytest

from codex_publisher.site.background import THREADS, Background


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
