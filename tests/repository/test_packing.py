"""Bytes for other processes and later builds: what was packed comes out again, and nothing else does."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown.render import render
from codex_publisher.model import rules
from codex_publisher.model.kinds import CLAIM
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.packing import PackedError, packed, unpacked


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.md", "inbox/queue/b.md", "claims/\udcff.md"]))
def test_a_note_comes_out_as_it_went_in(raw: bytes, path: str) -> None:
    note = read_note(NotePath(path), b"---\ntype: claim\nlist: [a, {b: c}]\n---\n" + raw)
    document = render(note.body, note.body_line, note.title)
    again = unpacked(packed((note, document)))
    assert again == (note, document)
    assert again[0].kind is note.kind
    assert all(a.rule is b.rule for a, b in zip(again[0].problems, note.problems, strict=True))
    assert type(again[0].fields) is type(note.fields)


def test_a_mapping_that_cannot_be_changed_stays_one() -> None:
    again = unpacked(packed(MappingProxyType({"a": (CLAIM, frozenset({1}))})))
    assert isinstance(again, MappingProxyType)
    assert again["a"] == (CLAIM, frozenset({1}))


class _Evil:
    def __init__(self, call: object, *arguments: object) -> None:
        self._call = (call, arguments)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self._call


def test_bytes_that_name_a_function_do_not_run_it(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for evil in (_Evil(os.system, f"touch {canary}"), _Evil(open, str(canary), "w"), _Evil(render, "x")):
        with pytest.raises(PackedError):
            unpacked(pickle.dumps(evil))
    assert not canary.exists()


@pytest.mark.parametrize(
    "shared",
    [rules.FRONT_MATTER_MISSING, CLAIM, Severity.ERROR, Note],
    ids=lambda thing: type(thing).__name__,
)
@pytest.mark.parametrize("state", ["AB", {"_value_": "x", "name": "x"}, (None, {"code": "A", "name": "A"})])
def test_bytes_do_not_change_what_there_is_one_of(shared: object, state: object) -> None:
    before = repr(shared), dict(getattr(shared, "__dict__", {}))
    build = pickle.dumps(state, 4)[:-1].split(pickle.PROTO, 1)[1][1:] + pickle.BUILD
    with suppress(PackedError):
        unpacked(packed(shared).removesuffix(pickle.STOP) + build + pickle.STOP)
    assert (repr(shared), dict(getattr(shared, "__dict__", {}))) == before


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_other_bytes_are_refused_or_are_plain_data(data: bytes) -> None:
    try:
        unpacked(data)
    except PackedError as error:
        assert str(error)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_bytes_that_were_cut_or_changed_never_raise_anything_else(at: int, patch: bytes) -> None:
    whole = packed(read_note(NotePath("a.md"), b"---\ntype: claim\n---\n\n# A\n"))
    at %= len(whole)
    for spoilt in (whole[:at], whole[:at] + patch + whole[at + len(patch) :]):
        try:
            unpacked(spoilt)
        except PackedError as error:
            assert str(error)
