"""What Git answers about the notes, read whatever it is."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.repository.blobs import parse_heads
from codex_publisher.repository.git_log import fields_of, parse_commits
from codex_publisher.site.news import fields_of_head

HEX = "0123456789abcdef"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (
            "---\nconfidence: likely\nstatus:   processed\n---\n",
            {"confidence": "likely", "status": "processed"},
        ),
        ("---\r\nconfidence: likely\r\n---\r\n", {"confidence": "likely"}),
        ("\ufeff---\nconfidence: 'very likely' # so says Ann\n---\n", {"confidence": "very likely"}),
        ('---\nstatus: "a # b"\n---\n', {"status": "a # b"}),
        ("---\nstatus: null-result # nothing in it\n---\n", {"status": "null-result"}),
        ("---\nstatus: # none\nconfidence:\n---\n", {}),
        ("---\ntitle: x\n---\nstatus: processed\n", {}),
        ("status: processed\n", {}),
        ("---\n  status: processed\nmystatus: x\n---\n", {}),
        ("---\nstatus: one\nstatus: two\n---\n", {"status": "one"}),
        ("---\nstatus: \u202eevil\n---\n", {"status": "\ufffdevil"}),
        ("---\nstatus: cut off", {"status": "cut off"}),
    ],
)
def test_status_and_confidence_are_read_from_the_head_of_a_file(head: str, found: dict[str, str]) -> None:
    assert fields_of_head(head.encode()) == found


@given(
    st.binary(max_size=500)
    | st.text(max_size=300).map(lambda text: f"---\n{text}\n---\n".encode("utf-8", "replace"))
)
def test_no_head_of_a_file_makes_the_reader_fail(head: bytes) -> None:
    for value in fields_of_head(head).values():
        assert value == value.strip()
        assert 0 < len(value) <= 60
        assert "\n" not in value


@given(st.lists(st.binary(max_size=30).filter(lambda part: b"\0" not in part)), st.integers(1, 7))
def test_fields_are_what_stands_between_nuls_however_the_bytes_come(parts: list[bytes], step: int) -> None:
    class _Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(step)

    assert list(fields_of(_Slow(b"\0".join(parts)))) == (parts or [b""])


@given(st.lists(st.binary(max_size=60)))
def test_no_answer_of_git_makes_the_reader_fail(fields: list[bytes]) -> None:
    for commit in parse_commits(fields):
        assert commit.change.date.year


@given(st.binary(max_size=400))
def test_no_answer_about_contents_makes_the_reader_fail(answer: bytes) -> None:
    for name, head in parse_heads(io.BytesIO(answer)):
        assert isinstance(name, str)
        assert len(head) <= len(answer)


_paths = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20).map(
    lambda text: (
        text.encode("utf-8", "surrogateescape") if not any("\ud800" <= c <= "\udfff" for c in text) else b"x"
    )
)
_names = st.text(HEX, min_size=40, max_size=40)


@given(st.lists(st.tuples(_names, st.text(max_size=20), st.lists(st.tuples(_paths, _names, _names)))))
def test_what_git_wrote_is_what_is_read(commits: list[tuple[str, str, list[tuple[bytes, str, str]]]]) -> None:
    fields: list[bytes] = []
    for commit, author, files in commits:
        who = author.replace("\0", "").encode("utf-8", "replace")
        fields += [b"", commit.encode(), b"", who, b"2026-01-02"]
        fields += [
            part for path, old, new in files for part in (f"\n:100644 100644 {old} {new} M".encode(), path)
        ]
    found = list(parse_commits(fields))
    assert [one.change.commit for one in found] == [commit for commit, _, _ in commits]
    assert [[file.path.encode("utf-8", "surrogateescape") for file in one.touched] for one in found] == [
        [path for path, _, _ in files] for _, _, files in commits
    ]


# What a reader sees
