"""What is certain is mended, and a mended note means what it meant before."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown.render import render
from codex_publisher.model.codex import Codex, build_codex, value_key
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.mending import MendedNote, mend_notes

NAPS = {"claims/short naps help.md": "---\ntype: claim\n---\n\nThey do.\n", "claims/B.md": "# B\n\nB.\n"}
NOTE = NotePath("inbox/queue/note.md")


def codex_of(files: Mapping[str, str | bytes]) -> Codex:
    notes = [
        read_note(NotePath(path), content.encode() if isinstance(content, str) else content)
        for path, content in files.items()
    ]
    return build_codex(notes, {note.path: render(note.body, note.body_line, note.title) for note in notes})


def mended(note: str | bytes) -> MendedNote | None:
    codex = codex_of({**NAPS, NOTE: note})
    return next(iter(mend_notes(codex, [NOTE])), None)


def after(note: str) -> str:
    found = mended(note)
    return found.after.exact if found else note


def source(fields: str, body: str = "Words.\n") -> str:
    return f"---\ntype: source\n{fields}---\n\n{body}"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("source_url: https://e.org/a # old name\n", "url: https://e.org/a # old name\n"),
        ('"date_published" : 2026-03-05\n', '"date" : 2026-03-05\n'),
        ("status: Null_Result\n", "status: null-result\n"),
        ("status: 'Null Result'\n", "status: 'null-result'\n"),
        ('status:   "PROCESSED"   # at last\n', 'status:   "processed"   # at last\n'),
        ("priority: High\n", "priority: high\n"),
        ("date: 2026/03/05\n", "date: 2026-03-05\n"),
        ("date: '2026-3-5'\n", "date: '2026-03-05'\n"),
        ("date: 2026/3\n", "date: 2026-03\n"),
        ("date: 2026/3/0\n", "date: 2026-03-00\n"),
        ("processed_date: 20260305\n", "processed_date: 2026-03-05\n"),
        ("date: March 5, 2026\n", "date: 2026-03-05\n"),
        ("date_published: 2026/03/05\n", "date: 2026-03-05\n"),
        ("tags: [AI, sleep, ai, Deep_Sleep, 'deep sleep']\n", "tags: [AI, sleep, Deep_Sleep]\n"),
        (
            "tags:\n  - AI\n  # a remark\n  - ai\n  - sleep # kept\n",
            "tags:\n  - AI\n  # a remark\n  - sleep # kept\n",
        ),
        ("keywords: [a, A]\n", "tags: [a]\n"),
        ('related: ["[[short naps help.md]]", x]\n', 'related: ["[[short naps help]]", x]\n'),
        ("related: [[short naps help.md]]\n", "related: [[short naps help]]\n"),
        ("depends_on:\n- '[[Short Naps help.md|it]]'\n", "depends_on:\n- '[[short naps help|it]]'\n"),
    ],
)
def test_what_is_certain_is_mended_and_the_rest_of_the_line_stays(before: str, expected: str) -> None:
    assert after(source(before)) == source(expected)


@pytest.mark.parametrize(
    "fields",
    [
        "date: 03/05/2026\n",
        "date: 2026-03-05T10:00:00Z\n",
        "date: 2026-03-00\n",
        "date: 2026\n",
        "date: 2026-02-31\n",
        "status: processed!\n",
        "status: done\n",
        "date: |\n  2026/03/05\n",
        "source: the survey of 2019\n",
        "tags: [a, b]\n",
        "tags: a, A\n",
        "source_url: https://e.org/a\nurl: https://e.org/b\n",
        "related: ['[[nobody wrote this.md]]']\n",
    ],
)
def test_what_could_mean_something_else_stays(fields: str) -> None:
    assert after(source(fields)) == source(fields)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ("source_url: https://e.org/a\nurl:\n", "as well"),
        ('status: "null\\x2dResult"\n', "escapes"),
        ("tags:\n  - a\n  - A # the same, in large\n", "nothing can be taken out"),
        ("tags: [a, # one\n  A]\n", "nothing can be taken out"),
        ("source_url: https://e.org/a\nsource_url: https://e.org/b\n", "not mean quite the same"),
    ],
)
def test_what_is_left_is_said_with_its_reason(fields: str, why: str) -> None:
    found = mended(source(fields))
    assert found is not None
    assert found.after.exact == source(fields)
    assert [why in one.why for one in found.unmended] == [True]


def test_a_file_that_is_not_utf8_is_left_alone_and_said() -> None:
    found = mended(source("source_url: https://e.org/caf").encode() + b"\xe9\n")
    assert found is not None
    assert not found.mends
    assert "UTF-8" in found.unmended[0].why


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("See [[short naps help.md]].", "See [[short naps help]]."),
        ("See [[short naps help.md#x|this]].", "See [[short naps help#x|this]]."),
        ("For [[Short Naps Help]] it is.", "For [[short naps help|Short Naps Help]] it is."),
        ("See [[b]] and ![[b.md]].", "See [[B|b]] and ![[B|b]]."),
        ("| a |\n|---|\n| [[b]] |\n", "| a |\n|---|\n| [[B\\|b]] |\n"),
    ],
)
def test_links_of_the_body_are_mended_and_their_words_stay(before: str, expected: str) -> None:
    assert after(source("", before)) == source("", expected)


@pytest.mark.parametrize(
    "body", ["`[[b.md]]`\n", "```\n[[b.md]]\n```\n", "<!-- [[b.md]] -->\n", "\\[[b.md]]\n", "[[c.md]]\n"]
)
def test_code_comments_and_links_that_lead_nowhere_stay(body: str) -> None:
    assert after(source("", body)) == source("", body)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_byte_order_mark_and_missing_last_line_end_stay(newline: str, mark: str) -> None:
    note = mark + source("source_url: https://e.org\ntags:\n- a\n- A\n", "[[b.md]]").replace("\n", newline)
    wanted = mark + source("url: https://e.org\ntags:\n- a\n", "[[B|b]]").replace("\n", newline)
    found = mended(note.encode())
    assert found is not None
    assert found.after.raw == wanted.encode()


quoting = st.sampled_from(["{}", "'{}'", '"{}"'])
spacing = st.sampled_from(["", " ", "  # a comment", " # [[b.md]], tags: [a, a]"])
tags = st.lists(st.sampled_from(["ai", "AI", "deep sleep", "Deep_Sleep", "x"]), min_size=1, max_size=5)


@st.composite
def fields(draw: st.DrawFn) -> str:  # noqa: PLR0911 - one return for each kind of field
    """A field as people write it."""

    def quoted(value: str) -> str:
        return draw(quoting).format(value)

    kind = draw(st.integers(0, 6))
    end = draw(spacing)
    if kind == 0:
        name = draw(st.sampled_from(["source_url", "url", "source", '"source_url"']))
        return f"{name}: {quoted('https://e.org/a#b')}{end}\n"
    if kind == 1:
        name = draw(st.sampled_from(["date", "date_published", "processed_date", "created"]))
        form = draw(
            st.sampled_from(["2026/03/05", "2026-3-5", "2026-03-00", "05/03/2026", "Mar 2026", "2026-13-1"])
        )
        return f"{name}: {quoted(form)}{end}\n"
    if kind == 2:
        value = draw(st.sampled_from(["Null_Result", "processed", "PROCESSED", "null result", "unknown"]))
        return f"status:  {quoted(value)}{end}\n"
    if kind == 3:
        return f"{draw(st.sampled_from(['tags', 'keywords']))}: [{', '.join(map(quoted, draw(tags)))}]{end}\n"
    if kind == 4:
        indent = draw(st.sampled_from(["", "  "]))
        items = "".join(f"{indent}- {quoted(tag)}{draw(spacing)}\n" for tag in draw(tags))
        return f"{draw(st.sampled_from(['tags', 'keywords']))}:{end}\n{items}"
    if kind == 5:
        link = draw(st.sampled_from(["[[b.md]]", "[[SHORT naps help]]", "[[B]]", "[[nobody.md|x]]"]))
        return f"related:\n  - {quoted(link)}{end}\n"
    return draw(st.sampled_from(["# only a comment\n", "\n", "notes: |\n  date: 2026/1/1\n  [[b.md]]\n"]))


bodies = st.lists(
    st.sampled_from(
        [
            "Words [[b.md]] go on.",
            "[[Short naps help]]",
            "`[[b.md]]`",
            "# [[b.md]]",
            "| [[b]] | x |",
            "- [[b#B]]",
            "",
        ]
    ),
    max_size=5,
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(fields(), max_size=6), bodies, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"])
)
def test_a_mended_note_means_the_same_and_is_mended_for_good(
    written: list[str], body: list[str], newline: str, mark: str
) -> None:
    exact = mark + source("".join(written), "\n".join(body)).replace("\n", newline)
    found = mended(exact.encode())
    if found is None:
        return
    before, now = (read_note(NOTE, text.raw) for text in (found.before, found.after))
    assert found.before.exact == exact
    assert _facts(before) == _facts(now)
    assert _words(before) == _words(now)
    again = mended(found.after.raw)
    assert again is None or again.after.raw == found.after.raw
    touched = {
        number
        for mend in found.mends
        for edit in mend.edits
        for number in _lines(found, edit.start, edit.end)
    }
    kept = [line for number, line in enumerate(exact.splitlines(keepends=True), 1) if number not in touched]
    rest = iter(found.after.exact.splitlines(keepends=True))
    assert all(line in rest for line in kept), "a line that no mend names was changed"


def _lines(found: MendedNote, start: int, end: int) -> range:
    return range(found.before.line_of(start), found.before.line_of(end) + 1)


def _facts(note: Note) -> tuple[object, ...]:
    statuses = value_key(note.status), value_key(note.priority)
    tags = sorted({value_key(tag) for tag in note.tags})
    return note.kind, note.title, note.url, note.date, statuses, tags, note.authors, note.aliases


def _words(note: Note) -> str:
    html = render(note.body, note.body_line, note.title).html
    return re.sub(r"<[^>]+>", "", html).replace(".md", "").casefold()
