"""Notes are written by strangers: whatever stands in them, names and fields are shown and never run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from mkdocs.config.defaults import MkDocsConfig

from codex_publisher.site.pages import CodexPage
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import View
from support.built import Built, Page, built, words
from support.sites import write_codex
from support.small_codex import PIXEL

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ config }}'
README = r'"\>\<script>alert(1)\</script>\<img src=x onerror=alert(1)>{{ config }}'
"""The same as text of Markdown: a repository's own paper, from which the front page may take its words."""
IN_A_NAME = HOSTILE.replace("/", "")
"""The same for a file's name, which has no slash."""

FIELDS = (
    *("title", "name", "description", "summary", "author", "source", "source_url", "website", "date"),
    *("created", "domain", "status", "priority", "confidence", "format", "source_type", "agent"),
    *("processed_by", "tracked_by", "processed_date", "last_evaluated", "entity_type", "founded"),
    *("outcome", "time_horizon", "notes", "performance_criteria", "linked_set", "parent_entity"),
    *("challenged_by", "template", "icon", "keywords", "image", "robots", "canonical", "unheard of"),
)
LISTS = (
    *("secondary_domains", "domains", "tags", "aliases"),
    *("depends_on", "claims_extracted", "enrichments", "hide"),
)
BODY = f"""
# {HOSTILE}

[{HOSTILE}](javascript:alert(1)) ![{HOSTILE}](<{IN_A_NAME}.png>) [[{HOSTILE}]] [[x|{HOSTILE}]]
<a href="javascript:alert(1)" onclick="alert(1)">a link</a> <javascript:alert(1)>

{HOSTILE}

## In a heading `<script>alert(1)</script>`

## And \\<script>alert(1)\\</script> \\<img src=x onerror=alert(1)>

## &lt;script>alert(1)&lt;/script> {{{{ config }}}}
"""


def _note(kind: str, **fields: str) -> str:
    """A note with the hostile text, and the field's name before it, in every field."""
    lines = [f"type: '{kind}'", "url: 'javascript:alert(1)'", "search: [1]"]
    lines += [f"{field}: {value}" for field, value in fields.items()]
    lines += [f"'{field}': '{field} {HOSTILE}'" for field in FIELDS if field not in fields]
    lines += [f"{field}: ['{field} {HOSTILE}', '{HOSTILE}']" for field in LISTS]
    return "\n".join(("---", *lines, "---", BODY))


CODEX: dict[str, str | bytes] = {
    "inbox/queue/source.md": _note("source", status="unprocessed", priority="high", date="2026-03-01"),
    "inbox/queue/other.md": _note("source"),
    "claims/claim.md": _note("claim"),
    "entities/entity.md": _note("entity"),
    "odd/kind.md": _note(HOSTILE),
    "broken/fields.md": f"---\ntitle: broken {HOSTILE}\ntags: ['{HOSTILE}'\n  : [\n---\n{BODY}",
    f"claims/{HOSTILE}.md": BODY.replace("# ", ""),
    f"claims/{IN_A_NAME}.md": BODY.replace("# ", ""),
    f"agents/{IN_A_NAME}/beliefs.md": f"---\ndomain: d\n---\n### 1. {HOSTILE}\n",
    f"{IN_A_NAME}/page.md": "[[claim]]\n",
    f"images/{IN_A_NAME}.png": PIXEL,
    "README.md": f"# About\n\n{README}\n",
}


@dataclass(frozen=True)
class Hostile:
    built: Built
    metas: dict[str, dict[str, Any]]
    """What templates could see of each page beside its content, by address."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    folder = tmp_path_factory.mktemp("hostile")
    metas: dict[str, dict[str, Any]] = {}
    with pytest.MonkeyPatch.context() as patch:
        put_on = CodexPage.put_on

        def remembered(page: CodexPage, view: View, config: MkDocsConfig, renderer: Renderer) -> None:
            put_on(page, view, config, renderer)
            metas[page.url] = dict(page.meta)

        patch.setattr(CodexPage, "put_on", remembered)
        site = built(write_codex(folder / "codex", CODEX), folder / "site")
    return Hostile(site, metas)


@pytest.fixture(scope="module")
def trees(hostile: Hostile) -> dict[str, ElementTree.Element]:
    """Every page as a browser reads it."""
    site = hostile.built.site
    return {path.relative_to(site).as_posix(): _parse(path) for path in site.rglob("*.html")}


def _parse(path: Path) -> ElementTree.Element:
    tree: ElementTree.Element = html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)
    return tree


def _scripts(tree: ElementTree.Element) -> int:
    """How many scripts a browser runs or Material reads; what machines read of a note is data."""
    return sum(1 for script in tree.iter("script") if script.get("type") != "application/ld+json")


def _attributes(tree: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter():
        yield from ((str(name).lower(), value) for name, value in element.attrib.items())


def _page(hostile: Hostile, of: str) -> Page:
    """The page of the note at a path."""
    pages = hostile.built.note_pages()
    return next(page for page in pages if words(page.one("codex-provenance")).startswith(of))


def test_a_page_of_hostile_notes_has_no_script_that_an_ordinary_page_has_not(
    trees: dict[str, ElementTree.Element], small: Built
) -> None:
    (note, *_) = small.note_pages()
    ordinary = {
        _scripts(_parse(small.site / address / "index.html")) for address in ("", "tags", note.address)
    }
    assert len(ordinary) == 1
    redirects = {
        name for name, tree in trees.items() if tree.find(".//meta[@http-equiv='refresh']") is not None
    }
    # Explore and the graph have a script more, which they have in every codex.
    own = {"explore/index.html", "graph/index.html"}
    for name in own:
        assert _scripts(trees[name]) == _scripts(_parse(small.site / name))
    assert {_scripts(trees[name]) for name in trees.keys() - redirects - own} == ordinary
    assert {_scripts(trees[name]) for name in redirects} == {0}


def test_what_a_page_tells_machines_is_data_that_ends_where_it_should(
    trees: dict[str, ElementTree.Element],
) -> None:
    told = [
        script.text or ""
        for tree in trees.values()
        for script in tree.iter("script")
        if script.get("type") == "application/ld+json"
    ]
    assert len(told) >= 10
    for text in told:
        assert json.loads(text)["@context"] == "https://schema.org"
        assert "<" not in text


def test_no_attribute_of_a_page_runs_anything(trees: dict[str, ElementTree.Element]) -> None:
    for name, tree in trees.items():
        for attribute, value in _attributes(tree):
            assert not attribute.startswith("on"), f"{name}: {attribute}={value}"
            scheme = value.strip().lower().partition(":")[0]
            assert scheme not in ("javascript", "vbscript", "data"), f"{name}: {attribute}={value}"


def test_no_page_has_elements_that_load_or_embed_what_a_note_says(
    trees: dict[str, ElementTree.Element],
) -> None:
    for name, tree in trees.items():
        found = Counter(str(element.tag) for element in tree.iter())
        assert not found.keys() & {"iframe", "object", "embed", "base", "frame", "style", "math"}, name
        sources = [element.get("src") or "" for element in tree.iter("img")]
        # The guide's own pictures, and attachments of notes.
        shown = [source for source in sources if not source.startswith("../images/")]
        assert not [source for source in shown if "/files/" not in f"/{source}"], name


def test_titles_are_intact_on_the_page_in_its_heading_and_in_its_window(hostile: Hostile) -> None:
    page = _page(hostile, "claims/claim.md")
    title = f"Title {HOSTILE}"
    assert words(page.one("codex-title")) == title
    assert (
        words(page.tree.find(".//title")) == f"{title} · {words(hostile.built.page('').one('codex-title'))}"
    )
    assert words(page.all("md-header__topic")[1]) == title


def test_the_words_of_a_readme_are_intact_on_the_front_page(hostile: Hostile) -> None:
    page = hostile.built.page("")
    assert words(page.one("codex-standfirst")) == HOSTILE
    assert page.tree.find(".//meta[@name='description']").get("content") == HOSTILE


def test_a_file_name_is_intact_as_a_title(hostile: Hostile) -> None:
    assert words(_page(hostile, f"claims/{IN_A_NAME}.md").one("codex-title")) == IN_A_NAME
    below_a_folder = HOSTILE.rpartition("/")[2].capitalize()
    assert words(_page(hostile, f"claims/{HOSTILE}.md").one("codex-title")) == below_a_folder


@pytest.mark.parametrize(
    "facet", ["tags", "domains", "status", "priority", "confidence", "authors", "agents"]
)
def test_a_value_is_intact_in_the_list_of_its_facet(facet: str, hostile: Hostile) -> None:
    shown = " ".join(hostile.built.page(f"{facet}/").texts("codex-value__text"))
    assert "<script>alert(1)</script>" in shown or "<script>alert(1)<script>" in shown


def test_template_syntax_is_shown_as_text(hostile: Hostile) -> None:
    assert "{{ config }}" in words(_page(hostile, "claims/claim.md").one("codex-body"))
    for path in hostile.built.site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "config_file_path" not in text
        assert "&lt;mkdocs" not in text


def test_of_a_note_only_what_the_publisher_computed_reaches_the_theme(hostile: Hostile) -> None:
    assert len(hostile.metas) > len(CODEX)
    for address, meta in hostile.metas.items():
        assert meta.keys() <= {"hide", "codex"}, address
        assert "<" not in json.dumps(meta), address


def test_every_hostile_note_is_published_beside_its_text(hostile: Hostile) -> None:
    published = [path.read_bytes() for path in hostile.built.site.rglob("index.md")]
    notes = [text.encode() for name, text in CODEX.items() if isinstance(text, str) and name != "README.md"]
    assert sorted(published) == sorted(notes)
    assert any(said.startswith("INFO 10 notes read, 10 published") for said in hostile.built.said)


def test_a_name_for_the_site_is_shown_as_text(tmp_path: Path, small_codex: Path) -> None:
    name = 'Tom & "Jerry" <b>sleep</b>'
    site = built(small_codex, tmp_path / "site", name=name, description=name)
    page = site.page("tags/")
    assert words(page.all("md-header__topic")[0]) == name
    assert words(page.tree.find(".//title")) == f"Tags · {name}"
    assert {logo.get("aria-label") for logo in page.all("md-logo")} == {name}
    assert words(site.page("").one("codex-title")) == words(site.page("").one("codex-standfirst")) == name
