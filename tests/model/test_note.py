"""A note is whatever can be told from one file, and every file is a note."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.note import MAX_TITLE, title_of_stem
from support.notes import codes_of, note_of, with_fields

TITLES = [
    ("title: From a field", "# From a heading", "From a field"),
    ("name: MetaDAO", "# From a heading", "MetaDAO"),
    ("title: On [[metadao|MetaDAO]]", "", "On MetaDAO"),
    ('title: "[[some note.md]]"', "", "some note"),
    ("title: [two, parts]", "", "two, parts"),
    ("title:", "# From a heading", "From a heading"),
    ('title: " "', "# From a heading", "From a heading"),
    ("type: page", "\n\n   # From a *heading* with `code` ##\n\nText.", "From a heading with code"),
    ("type: page", "# On [[metadao|MetaDAO]]", "On MetaDAO"),
    ("type: page", "# snake_case **bold** 2*3*4", "snake_case bold 2*3*4"),
    ("type: page", "Text first.\n\n# Then a heading", "Some file name"),
    ("type: page", "## A smaller heading", "Some file name"),
    ("type: page", "#hashtag", "Some file name"),
    ("type: page", "", "Some file name"),
]


@pytest.mark.parametrize(("field", "body", "title"), TITLES)
def test_a_title_comes_from_the_fields_else_the_first_heading_else_the_file_name(
    field: str, body: str, title: str
) -> None:
    assert note_of("inbox/2026-03-12-some_file-name.md", with_fields(field, body=body)).title == title


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("2026-03-12-some-name", "Some name"),
        ("2026-03-some-name", "Some name"),
        ("2026-03-12", "2026-03-12"),
        ("2026-03-12th-meeting", "12th meeting"),
        ("2026-03-12-", "2026-03-12-"),
        ("AI-models_do", "AI models do"),
        ("AI is a well-known thing", "AI is a well-known thing"),
        ("émile", "Émile"),
        ("---", "---"),
        ("right\u202eleft", "Right\ufffdleft"),
        ("bad\udcffbyte", "Bad\ufffdbyte"),
    ],
)
def test_a_file_name_makes_a_readable_title(stem: str, title: str) -> None:
    assert title_of_stem(stem) == title


def test_a_title_has_an_end() -> None:
    assert note_of("a.md", with_fields(f"title: {'x' * 900}")).title == "x" * MAX_TITLE
    assert note_of("a.md", f"# {'x' * 900}").title == "x" * MAX_TITLE


@pytest.mark.parametrize(
    ("path", "stem", "folder"),
    [
        ("inbox/queue/some note.md", "some note", "inbox/queue"),
        ("v1.5.md", "v1.5", ""),
        ("a/b.MD", "b", "a"),
        ("a/b.markdown", "b", "a"),
    ],
)
def test_a_note_knows_its_stem_and_its_folder(path: str, stem: str, folder: str) -> None:
    note = note_of(path)
    assert (note.path, note.stem, note.folder) == (path, stem, folder)


def test_the_fields_of_a_source_are_read() -> None:
    note = note_of(
        "inbox/queue/a.md",
        with_fields(
            *("type: source", "title: A paper", 'author: "Ada Lovelace, Charles Babbage and J. Doe (@j)"'),
            *("url: https://x.org/a?b=c#d", "date: 2026-03-00", "domain: health"),
            *("secondary_domains: [ai-alignment, health]", "format: paper", "status: unprocessed"),
            *("priority: high", "tags: [one, '#two']", "aliases: [Other name]", "processed_by: vida"),
            *("description: On [[metadao|it]]", "processed_date: 2026-03-12"),
            body="# A paper\n",
        ),
    )
    assert note.authors == ("Ada Lovelace", "Charles Babbage", "J. Doe")
    assert note.author_text == "Ada Lovelace, Charles Babbage and J. Doe (@j)"
    assert (note.url, str(note.date), note.format) == ("https://x.org/a?b=c#d", "2026-03", "paper")
    assert (note.domain, note.domains) == ("health", ("health", "ai-alignment"))
    assert (note.status, note.status_slug, note.priority) == ("unprocessed", "unprocessed", "high")
    assert (note.tags, note.aliases, note.agents) == (("one", "two"), ("Other name",), ("vida",))
    assert (note.description, note.body, note.body_line) == ("On it", "# A paper\n", 18)
    assert note.problems == ()


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("url: https://x.org", "https://x.org"),
        ("source_url: HTTP://x.org/a", "HTTP://x.org/a"),
        ("source: https://x.org/a", "https://x.org/a"),
        ("website: https://x.org", "https://x.org"),
        ("url: javascript:alert(1)", ""),
        ("url: data:text/html,x", ""),
        ("url: //x.org", ""),
        ("url: x.org", ""),
        ('url: "https://x.org/ onclick=y"', ""),
        ("url: 'https://x.org/\"><script>'", ""),
        ("source: Interview with J. Doe", ""),
    ],
)
def test_only_a_web_address_is_an_outward_address(line: str, url: str) -> None:
    assert note_of("inbox/a.md", with_fields(line)).url == url


@pytest.mark.parametrize(
    ("kind", "lines", "iso"),
    [
        ("source", ["date: 2026-03-12", "created: 2026-04-01"], "2026-03-12"),
        ("source", ["date_published: 2025", "processed_date: 2026-04-01"], "2025"),
        ("source", ["processed_date: 2026-04-01"], "2026-04-01"),
        ("claim", ["created: 2026-03-12", "last_updated: 2026-04-01"], "2026-03-12"),
        ("claim", ["date: 2026-03"], "2026-03"),
        ("claim", ["title: x"], "None"),
    ],
)
def test_a_source_is_dated_by_its_publication_and_others_by_their_making(
    kind: str, lines: list[str], iso: str
) -> None:
    assert str(note_of("a.md", with_fields(f"type: {kind}", *lines)).date) == iso


@pytest.mark.parametrize(
    ("path", "lines", "agents"),
    [
        ("agents/leo/beliefs.md", [], ("leo",)),
        ("agents/leo/musings/a.md", [], ("leo",)),
        ("agents/leo/musings/a.md", ["agent: Leo"], ("leo",)),
        ("agents/leo/musings/a.md", ["agent: vida"], ("vida", "leo")),
        ("agents/notes.md", [], ()),
        ("inbox/a.md", ["processed_by: vida", "tracked_by: rio"], ("vida", "rio")),
        ("inbox/a.md", ["agent: vida", "processed_by: Vida"], ("Vida",)),
    ],
)
def test_agents_are_those_who_are_named_and_the_one_whose_folder_it_is(
    path: str, lines: list[str], agents: tuple[str, ...]
) -> None:
    assert note_of(path, with_fields("title: x", *lines)).agents == agents


def test_all_fields_stay_as_they_were_written() -> None:
    note = note_of("a.md", with_fields("Date: 2026-03-12", "custom: [1.10, yes]", "source_url: x"))
    assert note.fields == {"Date": "2026-03-12", "custom": ("1.10", "yes"), "source_url": "x"}


def test_front_matter_that_is_not_yaml_still_makes_a_note_with_all_its_text() -> None:
    note = note_of(
        "docs/claims/a.md", with_fields("title: a: b: c", "- x", "confidence: likely", body="The text.")
    )
    assert note.confidence == "likely"
    assert note.body == "The text."
    assert "F102" in codes_of(note)


def test_bytes_that_are_not_text_are_shown_as_such_and_reported() -> None:
    note = note_of("a.md", b"---\ntitle: caf\xe9\n---\nText \xff.\n")
    assert (note.title, note.body) == ("caf\ufffd", "Text \ufffd.\n")
    assert codes_of(note) == ["S101"]
    assert (note.problems[0].line, note.problems[0].column) == (2, 11)


_FIELD_NAMES = st.sampled_from(
    [
        "type",
        "title",
        "name",
        "tags",
        "date",
        "domain",
        "author",
        "url",
        "source",
        "status",
        "depends_on",
        "x",
    ]
)
_LINES = st.lists(st.builds("{}: {}".format, _FIELD_NAMES, st.text(max_size=30)), max_size=8)


@settings(deadline=None)
@given(
    st.text(min_size=1).map(lambda name: f"{name}.md".lstrip("/")),
    st.binary() | st.builds(lambda lines: with_fields(*lines).encode("utf-8", "surrogatepass"), _LINES),
)
def test_no_file_raises_and_none_is_without_kind_and_title(path: str, raw: bytes) -> None:
    note = note_of(path, raw)
    assert note.kind.name
    assert 0 < len(note.title) <= MAX_TITLE
    assert note.digest_source == raw
    assert 1 <= note.body_line <= raw.count(b"\n") + raw.count(b"\r") + 2
    assert all(problem.path == path and problem.line >= 1 for problem in note.problems)
    assert list(note.problems) == sorted(note.problems)
    assert all((*note.tags, *note.domains, *note.authors, *note.agents, *note.aliases))


@pytest.mark.parametrize(
    "url", ["https://[::1", "http://", "https://x.org:port/", "x.org", "javascript:alert(1)"]
)
def test_an_address_that_no_browser_can_open_is_no_link_and_is_reported(url: str) -> None:
    note = note_of("inbox/a.md", with_fields("type: source", f'url: "{url}"'))
    assert note.url == ""
    assert "F206" in codes_of(note)


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 30_000 + "b",
        "#" + " " * 30_000,
        "# " + "#" * 30_000 + " x",
        "---\nauthor: '" + "," * 15_000 + "'\n---\n",
        "---\ntags: 'a" + " " * 15_000 + "b'\n---\n",
        "---\ntitle: '" + "[[a]]" * 3_000 + "'\n---\n",
    ],
    ids=[
        "spaces in a heading",
        "an empty heading",
        "hashes",
        "commas",
        "spaces in a tag",
        "links in a title",
    ],
)
def test_a_note_of_long_runs_is_read_in_steps_that_grow_with_its_length(text: str) -> None:
    # With a regular expression that backtracks, the first of these alone ran for minutes.
    assert note_of("claims/a.md", text).title


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Plain", "Plain"),
        ("# Closed ##", "Closed"),
        ("# C#", "C#"),
        ("#Tag", "A"),
        ("## Second", "A"),
        ("#\tTab", "Tab"),
        ("# #", "A"),
    ],
)
def test_only_a_first_level_heading_is_a_title(heading: str, title: str) -> None:
    assert note_of("claims/a.md", f"{heading}\n\ntext\n").title == title
