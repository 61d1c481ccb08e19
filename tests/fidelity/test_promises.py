"""The promises of `support.promises` for texts that hypothesis makes; `make fuzz` tries the same ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from codex_publisher.cli.vault import Vault
from support import promises

MARKS = (
    *(
        "[[",
        "]]",
        "![[",
        "|",
        "\\|",
        "#",
        "#^",
        "^",
        "](",
        "![",
        "[x](y.md)",
        "[^1]",
        "[^1]: ",
        "---\n",
        "```\n",
    ),
    *(
        "~~~\n",
        "- [ ] ",
        "- ",
        "1. ",
        "> ",
        "> [!NOTE]\n",
        "> [!faq]- ",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "<div ",
        "<table>",
    ),
    *(
        "<td>",
        "</table>",
        "<script>",
        "</script>",
        "<a href=x>",
        "<a href='",
        "</a>",
        "<b>",
        "{}",
        '="',
        '"',
        "'",
    ),
    *(
        "javascript:",
        "codex:0",
        " data-sourcepos='1:1-2:2'",
        " id=x",
        "&#1;",
        "&lt;",
        "&nbsp;",
        "\\",
        "`",
        "**",
    ),
    *(
        "## Agent Notes\n",
        "## Curator Notes\n",
        "**a:** ",
        "PRIMARY CONNECTION: ",
        "CLAIM CANDIDATE: ",
        "B1 ",
    ),
    *(
        "title: ",
        "type: source\n",
        "source_url: https://e.org\n",
        "date: 2026/3/5\n",
        "status: Null_Result\n",
    ),
    *(
        "tags: [a, A]\n",
        "related: ['[[b.md]]']\n",
        "depends_on: b.md\n",
        "&a ",
        "*a ",
        "<<: ",
        "? ",
        "a: b\n",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "  ",
        "    ",
        "\x00",
        "\u202e",
        "\ufeff",
        "e\u0301",
        "\u4e2d",
        "\U0001f642",
        "\ud800",
    ),
    *("[[b.md]]", "[[Short Naps Help]]", "words and more", "A sentence. Another one.", "https://a.org/b?c=d"),
)
SOUP = st.lists(st.sampled_from(MARKS) | st.text(max_size=4), max_size=40).map("".join)
NOTES = st.tuples(SOUP, SOUP).map(lambda parts: f"---\n{parts[0]}\n---\n{parts[1]}") | SOUP
NAMES = st.lists(st.text("ab/. -_#|[]\u00e9\u4e2dA'\\\n\u202e", max_size=12), max_size=6)
PATHS = st.lists(st.text("ab/. -.md.pngREADME\u00e9\ud800\n", max_size=16), max_size=6)
_SETTINGS = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_SETTINGS
@given(SOUP)
@example('<div s=""{}"')
@example("> <div\n> words")
@example("<div title='x\n\nwords")
@example("[[x]]\n<div>``\n[[x]]")
def test_any_body_is_rendered_without_harm(text: str) -> None:
    promises.body_is_rendered(text)


@_SETTINGS
@given(SOUP)
def test_what_is_checked_is_what_is_shown(text: str) -> None:
    promises.outline_agrees(text)


@_SETTINGS
@given(NOTES)
def test_any_front_matter_is_read(text: str) -> None:
    promises.front_matter_is_read(text)


@_SETTINGS
@given(NOTES.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200))
def test_any_file_becomes_a_note_that_json_can_tell(raw: bytes) -> None:
    promises.note_is_read("inbox/queue/note.md", raw)


@_SETTINGS
@given(NOTES.map(lambda text: text.encode("utf-8", "replace")))
def test_a_mended_note_means_the_same_and_mending_it_twice_is_mending_it_once(raw: bytes) -> None:
    promises.mending_changes_nothing_else(raw)


@_SETTINGS
@given(
    SOUP.map(lambda text: text.replace("\ud800", "")),
    st.from_regex(r"[a-z(][a-z0-9 ()-]{0,20}[a-z0-9)]", fullmatch=True),
)
@example("[[x]]\n<div>``\n``[[x]]\n", "other name")
def test_a_renamed_target_is_what_the_link_then_names(text: str, target: str) -> None:
    promises.links_can_be_renamed(text, target)


@given(SOUP)
def test_wiki_links_of_a_text_are_in_order(text: str) -> None:
    promises.wiki_links_are_found(text)


@given(st.text())
def test_any_name_has_a_slug(text: str) -> None:
    promises.slug_is_made(text)


@given(st.text("0123456789-/.,: TZtzJanFebMarchUTC+", max_size=30) | st.text(max_size=20))
def test_any_date_is_read_or_refused(text: str) -> None:
    promises.date_is_read(text)


@_SETTINGS
@given(NAMES, st.text("ab/. -_#|\u00e9A.md", max_size=12), st.text("ab/", max_size=6))
def test_any_target_means_one_note_or_none(names: list[str], target: str, origin: str) -> None:
    promises.target_is_resolved([name for name in names if name.strip("/")], target, origin)


@_SETTINGS
@given(NAMES)
def test_any_names_get_addresses_of_their_own(names: list[str]) -> None:
    promises.addresses_are_given([name for name in names if name.strip("/")])


@_SETTINGS
@given(PATHS)
def test_any_file_names_are_told_apart(paths: list[str]) -> None:
    promises.files_are_told_apart(paths)


@pytest.fixture(scope="module")
def vault(small_codex: Path) -> Vault:
    return Vault(small_codex, small_codex, date(2026, 11, 21))


@_SETTINGS
@given(name=st.text(max_size=30) | SOUP | st.text("./~-nap sclaims\x00", max_size=30))
@example(name="")
@example(name="\x00")
@example(name="a" * 5000)
@example(name="../" * 400)
@example(name="[[short naps improve recall in adults]]")
def test_any_name_that_is_typed_means_a_note_or_is_refused(name: str, vault: Vault) -> None:
    promises.name_is_understood(vault, name)
