"""What the tests of the commands that write share: a small codex on the disk, and what is true of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli.main import main
from codex_publisher.model.codex import Codex
from codex_publisher.repository.loading import load_codex


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """The command `codex`, started in the folder of the codex."""
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str]], None]:
    """Writes notes into the folder of the codex."""

    def write(files: Mapping[str, str]) -> None:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(text.encode())

    return write


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], dict[str, str]]:
    """Every file of the codex with its text."""
    return lambda: {
        path.relative_to(tmp_path).as_posix(): path.read_bytes().decode()
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def codex(tmp_path: Path) -> Callable[[], Codex]:
    """The codex as it is on the disk now."""
    return lambda: load_codex(tmp_path, (), frozenset(), ())
