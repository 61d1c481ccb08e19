"""Data are written piece by piece, and are the same as if they were written at once."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.site.exports import writing

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=5), st.integers(1, 4))
def test_pieces_are_the_whole(value: dict[str, object], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(writing, "AT_ONCE", at_once)
        file = Path(folder) / "deep" / "data.json"
        writing.write_json(file, value)
        assert file.read_bytes() == writing.in_utf8(writing.to_json(value), "\\\\")
