"""What is kept from build to build: found again, bounded, and never believed without its signature."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from codex_publisher.repository import store as storing
from codex_publisher.repository.secret import key_file
from codex_publisher.repository.store import Store, digest_of

ONE, TWO = digest_of("one"), digest_of("two")


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def _file(folder: Path) -> Path:
    (file,) = folder.glob("*.sqlite")
    return file


def test_a_later_run_finds_what_an_earlier_one_kept(tmp_path: Path) -> None:
    Store(tmp_path / "cache").keep({ONE: b"1", TWO: b""})
    assert Store(tmp_path / "cache").recall([TWO, ONE, digest_of("three")]) == {ONE: b"1", TWO: b""}


def test_parts_are_not_confused_with_parts_that_join_to_the_same() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("ab") != digest_of("ab", "")


def test_more_is_asked_than_one_question_holds(tmp_path: Path) -> None:
    values = {digest_of(str(number)): b"%d" % number for number in range(1203)}
    store = Store(tmp_path / "cache")
    store.keep(values)
    assert store.recall(values) == values


def test_nowhere_keeps_nothing() -> None:
    store = Store(None)
    store.keep({ONE: b"1"})
    store.trim()
    assert store.recall([ONE]) == {}


def test_what_a_stranger_signed_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted, ours = tmp_path / "planted", tmp_path / "ours"
    Store(planted).keep({ONE: b"<script>"})
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another state"))
    assert Store(planted).recall([ONE]) == {}
    # Not even under the name that only our key gives.
    Store(ours).keep({TWO: b"2"})
    _file(ours).write_bytes(_file(planted).read_bytes())
    assert Store(ours).recall([ONE]) == {}


def test_a_value_that_was_changed_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.keep({ONE: b"1", TWO: b"2"})
    with sqlite3.connect(_file(tmp_path / "cache")) as file:
        file.execute("UPDATE kept SET value = zeroblob(9) WHERE digest = ?", (ONE,))
    file.close()
    assert store.recall([ONE, TWO]) == {TWO: b"2"}


def test_a_value_under_the_digest_of_another_is_not_found(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.keep({ONE: b"1"})
    with sqlite3.connect(_file(tmp_path / "cache")) as file:
        file.execute("UPDATE kept SET digest = ?", (TWO,))
    file.close()
    assert store.recall([ONE, TWO]) == {}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"no database",
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:100] + b"\xff" * (len(raw) - 100),
    ],
    ids=["foreign", "empty", "half", "overwritten"],
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    store = Store(tmp_path / "cache")
    store.keep({digest_of(str(number)): os.urandom(5000) for number in range(20)})
    file = _file(tmp_path / "cache")
    file.write_bytes(spoil(file.read_bytes()))
    for _ in range(2):
        found = store.recall([ONE])
        store.keep({ONE: b"1"})
    assert found in ({}, {ONE: b"1"})
    assert store.recall([ONE]) == {ONE: b"1"}


def test_a_file_of_another_shape_harms_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.keep({ONE: b"1"})
    with sqlite3.connect(_file(tmp_path / "cache")) as file:
        file.execute("DROP TABLE kept")
        file.execute("CREATE TABLE kept (something TEXT)")
    file.close()
    store.keep({ONE: b"1"})
    store.trim()
    assert store.recall([ONE]) == {}


def test_another_build_that_is_writing_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_SECONDS_TO_WAIT", 0.01)
    store = Store(tmp_path / "cache")
    store.keep({ONE: b"1"})
    other = sqlite3.connect(_file(tmp_path / "cache"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.keep({TWO: b"2"})
    other.execute("ROLLBACK")
    other.close()
    assert store.recall([ONE, TWO]) == {ONE: b"1"}


def test_the_folder_is_no_way_into_somebodys_own(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (tmp_path / "cache").symlink_to(theirs)
    for folder in (tmp_path / "cache", tmp_path / "cache" / "codex"):
        Store(folder).keep({ONE: b"1"})
    assert list(theirs.iterdir()) == []


def test_where_no_folder_can_be_made_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    store = Store(tmp_path / "cache" / "codex")
    store.keep({ONE: b"1"})
    assert store.recall([ONE]) == {}


def test_without_a_place_for_the_key_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    store = Store(tmp_path / "cache")
    store.keep({ONE: b"1"})
    assert store.recall([ONE]) == {}
    assert not (tmp_path / "cache").exists()


def test_the_key_is_for_nobody_else(tmp_path: Path) -> None:
    Store(tmp_path / "cache")
    assert tmp_path in key_file().parents
    assert key_file().stat().st_mode & 0o077 == 0


def test_a_key_of_the_wrong_size_is_made_anew(tmp_path: Path) -> None:
    Store(tmp_path / "cache").keep({ONE: b"1"})
    key_file().write_bytes(b"half")
    store = Store(tmp_path / "cache")
    assert store.recall([ONE]) == {}
    store.keep({ONE: b"1"})
    assert Store(tmp_path / "cache").recall([ONE]) == {ONE: b"1"}


def test_git_and_backups_pass_over_the_folder(tmp_path: Path) -> None:
    Store(tmp_path / "cache").keep({ONE: b"1"})
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"
    assert (tmp_path / "cache" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172")


def test_it_stays_below_its_bound_and_keeps_what_was_used_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "cache", most_bytes=60_000)
    values = {digest_of(str(number)): os.urandom(10_000) for number in range(20)}
    for second, (digest, value) in enumerate(values.items()):
        monkeypatch.setattr("time.time", lambda second=second: 1e9 + second)
        store.keep({digest: value})
    store.trim()
    assert set(store.recall(values)) == set(list(values)[-5:])
    assert _file(tmp_path / "cache").stat().st_size < 100_000


def test_what_nobody_asks_for_is_dropped_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "cache")
    day = 24 * 3600
    monkeypatch.setattr("time.time", lambda: 1e9)
    store.keep({ONE: b"1", TWO: b"2"})
    monkeypatch.setattr("time.time", lambda: 1e9 + 20 * day)
    store.recall([TWO])
    monkeypatch.setattr("time.time", lambda: 1e9 + 31 * day)
    store.trim()
    assert store.recall([ONE, TWO]) == {TWO: b"2"}
