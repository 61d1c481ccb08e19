"""The ways to write what is wanted, and in which order it is wanted."""

from __future__ import annotations

import shlex
from datetime import date
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codex_publisher.model.beginnings import Beginning, Beginnings
from codex_publisher.model.connected import Wanted
from codex_publisher.model.document import Citation
from codex_publisher.model.forms import FORMS
from codex_publisher.model.links import WantedBy
from codex_publisher.model.relations import MENTIONS
from codex_publisher.model.slugs import NotePath, Slug
from codex_publisher.site.new_file import LONGEST_ADDRESS, new_command, new_file_address
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import WantedRow, WantedView
from support.notes import with_fields
from support.sites import codex_of
from support.views import settings, views_of

GITHUB = "https://github.com/ann/notes"
CLAIM = with_fields("type: claim", "domain: sleep", body="# A claim\n")
CODEX = codex_of({"claims/short naps improve recall.md": CLAIM})
BEGINNINGS = Beginnings(CODEX, date(2026, 3, 31))


def _begun(title: str) -> Beginning | None:
    place = WantedBy("x", next(iter(CODEX.notes)), 1, 1, Citation("", "", ""), "", MENTIONS)
    return BEGINNINGS.of(Wanted(title, Slug("x"), (place,), (), 1.0))


def _rows(files: dict[str, str], **changes: object) -> list[WantedRow]:
    view = views_of(codex_of(files), **changes)["wanted/"]
    assert isinstance(view, WantedView)
    return list(view.rows)


def test_what_sure_notes_want_comes_before_what_as_many_unsure_ones_want() -> None:
    def claim(confidence: str, wanted: str) -> str:
        return with_fields("type: claim", f"confidence: {confidence}", body=f"[[{wanted}]] [[{wanted}]]\n")

    files = {
        "claims/1.md": claim("experimental", "by unsure ones"),
        "claims/2.md": claim("speculative", "by unsure ones"),
        "claims/3.md": claim("likely", "by a likely and another"),
        "claims/4.md": claim("experimental", "by a likely and another"),
        "claims/5.md": claim("Proven", "by a proven one"),
        "claims/6.md": claim("likely", "by a likely one"),
    }
    weights = [(wanted.title, wanted.weight) for wanted in codex_of(files).wanted]
    assert weights == [
        ("by a likely and another", 2.5),
        ("by a proven one", 2.0),
        ("by unsure ones", 2.0),
        ("by a likely one", 1.5),
    ]
    assert [row.title for row in _rows(files)] == [title for title, _ in weights]


def test_on_github_a_wanted_note_leads_to_a_form_that_is_filled_in() -> None:
    files = {"claims/a.md": with_fields("type: claim", "domain: sleep", body="[[naps lower the pulse]]\n")}
    (row,) = _rows(files, repository=GITHUB, branch="the main/one", prefix="codex of ann/")
    parts = urlsplit(row.write_to)
    assert (parts.netloc, parts.path) == ("github.com", "/ann/notes/new/the%20main/one")
    query = parse_qs(parts.query, strict_parsing=True)
    assert query["filename"] == ["codex of ann/claims/naps lower the pulse.md"]
    assert query["value"][0].startswith("---\ntype: claim\ndomain: sleep\n")
    assert "\n# naps lower the pulse\n\n## Evidence\n" in query["value"][0]
    assert row.command == ""


@pytest.mark.parametrize(
    "repository", ["", "https://example.org/ann/notes", "https://github.com.example.org/a/b"]
)
def test_elsewhere_a_short_command_says_the_same(repository: str) -> None:
    files = {
        "claims/a.md": f"[[naps lower the pulse]] [[nap {'and nap ' * 20}]] [[naps' end is the best part]]\n"
    }
    rows = _rows(files, repository=repository)
    assert {row.title: row.command for row in rows if row.command} == {
        "naps lower the pulse": "codex new claim 'naps lower the pulse'"
    }
    assert {row.write_to for row in rows} == {""}


HOSTILE = (
    "naps \"help\" those who 'sleep'",
    "naps help&value=1&filename=../../x.md#?%00",
    "naps help </textarea><script>alert(1)</script>",
    "naps help $(rm -rf ~) `id` ; those who sleep",
    "naps help " + "日本語" * 30,
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_data_in_the_form_and_on_the_page(title: str) -> None:
    begun = _begun(title)
    assert begun
    query = parse_qs(
        urlsplit(new_file_address(begun, settings(repository=GITHUB))).query, strict_parsing=True
    )
    assert query == {"filename": [begun.path], "value": [begun.text]}
    view = views_of(codex_of({"claims/a.md": with_fields("type: claim", f"depends_on: ['{_yaml(title)}']")}))
    page = html5lib.parse(Renderer().render(view["wanted/"]), namespaceHTMLElements=False)
    assert not list(page.iter("script"))
    assert not list(page.iter("textarea"))


def _yaml(title: str) -> str:
    return title.replace("'", "''")


@example("x" * 10_000)
@example("naps \u202ehelp those who sleep")
@example("naps help\nthose: who\r\n---\nsleep")
@given(st.text(max_size=200))
def test_whatever_a_title_holds_the_address_is_short_and_gives_back_what_was_put_in(title: str) -> None:
    begun = _begun(title)
    address = new_file_address(begun, settings(repository=GITHUB)) if begun else ""
    assert len(address) <= LONGEST_ADDRESS
    if begun and address:
        assert address.isascii()
        assert not set(address) & set(" \"'<>`\\#")
        query = parse_qs(urlsplit(address).query, strict_parsing=True)
        assert query == {"filename": [begun.path], "value": [begun.text]}


def test_a_folder_whose_name_is_no_text_does_not_end_the_build() -> None:
    begun = Beginning(FORMS[1], NotePath("claims \udcff/a.md"), "A", "Text")
    assert "filename=claims+%FF/a.md" in new_file_address(begun, settings(repository=GITHUB))


@given(st.text(max_size=60))
def test_a_command_means_its_title_and_nothing_else(title: str) -> None:
    begun = _begun(title)
    if begun and (command := new_command(begun)):
        words = shlex.split(command)
        assert words[:3] == ["codex", "new", begun.form.kind.name]
        assert words[-1] == begun.title
        assert len(words) == (5 if "--title" in words else 4)


def test_a_page_of_wanted_notes_stays_small_however_long_their_names() -> None:
    links = [f"{'日本語' * 40} {number}" for number in range(130)]
    files = {
        f"{'claims' * 20}/{n}.md": "# A\n" + "\n".join(f"[[{link}]]" for link in links) for n in range(7)
    }
    views = views_of(codex_of(files), repository=GITHUB)
    pages = [
        view
        for address, view in views.items()
        if isinstance(view, WantedView) and address.startswith("wanted/")
    ]
    renderer = Renderer()
    assert max(len(renderer.render(page).encode()) for page in pages) < 290_000
    assert sum(len(page.rows) for page in pages) == 130
    assert all(row.write_to for page in pages for row in page.rows)
