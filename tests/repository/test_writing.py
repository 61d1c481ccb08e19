"""Writing several files: all or none, each whole, and nothing outside the codex."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import writing
from codex_publisher.repository.writing import FileChange, WritingError, create_file, write_files


@pytest.fixture
def codex(tmp_path: Path) -> Path:
    root = tmp_path / "codex"
    (root / "claims").mkdir(parents=True)
    for name in ("one", "two", "three"):
        (root / "claims" / f"{name}.md").write_bytes(name.encode())
    return root


def change(name: str, after: str = "new", before: str = "", target: str = "") -> FileChange:
    return FileChange(
        NotePath(f"claims/{name}.md"), (before or name).encode(), after.encode(), NotePath(target)
    )


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


OLD = {"claims/one.md": b"one", "claims/two.md": b"two", "claims/three.md": b"three"}


def test_all_files_get_their_new_content_and_nothing_else_is_left(codex: Path) -> None:
    write_files(codex, [change("one", "1"), change("two", "2")])
    assert contents(codex) == {"claims/one.md": b"1", "claims/two.md": b"2", "claims/three.md": b"three"}


def test_the_mode_of_a_file_stays(codex: Path) -> None:
    (codex / "claims/one.md").chmod(0o640)
    write_files(codex, [change("one")])
    assert (codex / "claims/one.md").stat().st_mode & 0o777 == 0o640


def test_a_file_moves_into_a_folder_that_is_made_for_it(codex: Path) -> None:
    write_files(codex, [change("one", "1", target="archive/sleep/first.md"), change("two", "2")])
    assert contents(codex) == {
        "archive/sleep/first.md": b"1",
        "claims/two.md": b"2",
        "claims/three.md": b"three",
    }


def test_no_file_is_overwritten_by_one_that_moves(codex: Path) -> None:
    with pytest.raises(WritingError, match="already"):
        write_files(codex, [change("two", "2"), change("one", "1", target="claims/three.md")])
    assert contents(codex) == OLD


def test_a_file_that_someone_changed_meanwhile_is_not_touched(codex: Path) -> None:
    with pytest.raises(WritingError, match="meanwhile"):
        write_files(codex, [change("one"), change("two", before="another text")])
    assert contents(codex) == OLD


@pytest.mark.parametrize(
    "path", ["../outside.md", "/etc/hostname", "claims/../../x.md", "claims//one.md", ""]
)
@pytest.mark.parametrize("as_target", [False, True])
def test_nothing_is_written_outside_the_codex(codex: Path, path: str, as_target: bool) -> None:
    asked = change("one", target=path) if as_target else FileChange(NotePath(path), b"", b"x")
    if as_target and not path:
        return
    with pytest.raises(WritingError):
        write_files(codex, [asked])
    assert contents(codex) == OLD
    assert [entry.name for entry in codex.parent.iterdir()] == ["codex"]


@pytest.mark.parametrize("is_folder", [False, True])
def test_symbolic_links_are_not_followed(codex: Path, tmp_path: Path, is_folder: bool) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "note.md").write_bytes(b"theirs")
    path = "linked/note.md" if is_folder else "claims/note.md"
    (codex / ("linked" if is_folder else path)).symlink_to(outside if is_folder else outside / "note.md")
    with pytest.raises(WritingError, match="symbolic link"):
        write_files(codex, [FileChange(NotePath(path), b"theirs", b"ours")])
    assert (outside / "note.md").read_bytes() == b"theirs"


CHANGES = [change("one", "1"), change("three", "3", target="archive/3.md"), change("two", "2")]


@pytest.mark.parametrize("failing", range(8))
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    codex: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    steps = 0

    def counted(name: str) -> None:
        real = getattr(Path, name)

        def step(self: Path, *arguments: object, **options: object) -> object:
            nonlocal steps
            steps += 1
            if steps == failing + 1:
                raise OSError(28, "No space left on device", str(self))
            return real(self, *arguments, **options)

        monkeypatch.setattr(Path, name, step)

    counted("replace")
    counted("hardlink_to")
    monkeypatch.setattr(writing, "_place_new", lambda new, target: new.replace(target))
    try:
        write_files(codex, CHANGES)
    except WritingError as error:
        assert "Nothing was changed" in str(error)
        assert contents(codex) == OLD
        assert not (codex / "archive").exists()
    else:
        assert steps <= failing
        assert contents(codex) == {"claims/one.md": b"1", "archive/3.md": b"3", "claims/two.md": b"2"}


def test_a_disk_that_is_full_before_the_first_file_is_replaced_changes_nothing(
    codex: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = 0

    def fsync(descriptor: int) -> None:
        nonlocal flushed
        flushed += 1
        if flushed == 4:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(WritingError, match="No space left"):
        write_files(codex, CHANGES)
    assert contents(codex) == OLD


def test_an_interruption_in_the_middle_leaves_everything_as_it_was(
    codex: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "two.md" and target.read_bytes() == b"two" and self.read_bytes() == b"2":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_files(codex, CHANGES)
    assert contents(codex) == OLD
    assert not (codex / "archive").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs signals as Unix has them")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_told_to_end_takes_its_work_back(codex: Path, number: int) -> None:
    program = f"""
import os
from pathlib import Path
from codex_publisher.repository.writing import FileChange, write_files
real = Path.replace
def replace(self, target):
    if Path(target).name == "two.md" and self.read_bytes() == b"2":
        os.kill(os.getpid(), {int(number)})
    return real(self, target)
Path.replace = replace
changes = [("one", b"1", ""), ("three", b"3", "archive/3.md"), ("two", b"2", "")]
write_files(Path({str(codex)!r}), [FileChange(f"claims/{{n}}.md", n.encode(), b, t) for n, b, t in changes])
"""
    hooks = str(Path(writing.__file__).parents[2])
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": hooks},
        capture_output=True,
        check=False,
    )
    assert ended.returncode != 0
    assert contents(codex) == OLD


def test_a_file_is_whole_or_absent_and_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = create_file(tmp_path, NotePath("a/b.md"), b"first")
    assert place.read_bytes() == b"first"
    assert stat.S_IMODE(place.stat().st_mode) & 0o600 == 0o600
    with pytest.raises(FileExistsError):
        create_file(tmp_path, NotePath("a/b.md"), b"second")
    assert place.read_bytes() == b"first"

    def fails(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(WritingError, match="No space"):
        create_file(tmp_path, NotePath("b/c.md"), b"third")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b.md"]


def test_where_files_have_one_name_only_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*places: object, **options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    place = create_file(tmp_path, NotePath("b.md"), b"first")
    assert place.read_bytes() == b"first"
    with pytest.raises(FileExistsError):
        create_file(tmp_path, NotePath("b.md"), b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["b.md"]
