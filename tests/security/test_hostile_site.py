"""Whole sites, of hostile notes and of others: every page and file is read as its readers do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from support.built import Built, built
from support.hostile.codex import BODY_PLACES, FIELDS, PLACE_NAMES, hostile_codex, placements
from support.hostile.files import file_findings, fragment_findings
from support.hostile.inspection import Finding, inspector_of
from support.hostile.payloads import ATTACKS, PAYLOADS, WORD, mark_of
from support.sites import REAL_CODEX

KINDS_OF_PAGES = {
    "note": r"claims/2026|sources/.*source-\d+/index.html",
    "home": r"index\.html",
    "tag": r"tags/payload\d+",
    "domain": r"domains/payload\d+",
    "author": r"authors/payload\d+",
    "agent": r"agents/payload[^/]+/index\.html",
    "format": r"formats/payload\d+",
    "status": r"status/payload\d+",
    "priority": r"priority/payload\d+",
    "confidence": r"confidence/payload\d+",
    "kind": r"kinds/|claims/index\.html",
    "year": r"years/2026",
    "queue": r"queue/index\.html",
    "part of the queue": r"queue/.+/index\.html",
    "wanted": r"wanted/",
    "problems": r"problems/",
    "problems of a note": r"claims/.+/problems/index\.html",
    "stale": r"stale/",
    "duplicates": r"duplicates/",
    "orphans": r"orphans/",
    "health": r"health/",
    "what is new": r"new/",
    "browse": r"browse/",
    "explore": r"explore/",
    "graph": r"graph/",
    "what links here": r"claims/anchor/mentioned-by/|claims/anchor/[a-z-]+/index",
    "not found": r"404\.html",
    "guide": r"writing-notes/",
}


@lru_cache
def names_of_pages(site: Path) -> tuple[str, ...]:
    """Every page of a site by its path; walking through some ten thousand files takes its time."""
    return tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")))


def test_no_page_of_hostile_notes_holds_anything_that_is_not_ours(
    hostile: Built, findings: list[Finding]
) -> None:
    assert len(names_of_pages(hostile.site)) > len(PAYLOADS) * 20
    assert [str(finding) for finding in findings[:20]] == []


def test_no_file_for_programs_holds_anything_that_does_harm(hostile: Built) -> None:
    assert [str(finding) for finding in list(file_findings(hostile.site))[:20]] == []


def test_the_sample_site_holds_only_what_is_ours(sample: Built) -> None:
    assert [str(finding) for finding in inspector_of(sample.site).inspect_all()[:20]] == []
    assert [str(finding) for finding in list(file_findings(sample.site))[:20]] == []


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not here")
def test_the_site_of_the_real_codex_holds_only_what_is_ours(tmp_path: Path) -> None:
    site = built(REAL_CODEX, tmp_path / "site")
    assert [str(finding) for finding in inspector_of(site.site).inspect_all()[:20]] == []
    assert [str(finding) for finding in list(file_findings(site.site))[:20]] == []


@pytest.mark.parametrize("kind", KINDS_OF_PAGES)
def test_there_is_a_page_of_each_kind_to_look_at(kind: str, hostile: Built) -> None:
    pattern = re.compile(KINDS_OF_PAGES[kind])
    assert any(pattern.match(name) for name in names_of_pages(hostile.site)), kind


@pytest.mark.parametrize("kind", KINDS_OF_PAGES.keys() - {"not found", "guide", "health", "kind", "explore"})
def test_payloads_stand_on_pages_of_each_kind(kind: str, hostile: Built) -> None:
    pattern = re.compile(KINDS_OF_PAGES[kind])
    pages = (hostile.site / name for name in names_of_pages(hostile.site) if pattern.match(name))
    assert any(WORD in page.read_text("utf-8").lower() for page in pages), kind


def test_every_note_is_published_and_payloads_come_where_they_were_put(hostile: Built) -> None:
    notes = sum(1 for name in hostile_codex() if name.endswith(".md") and name != "README.md")
    assert any(f"{notes:,} notes read, {notes:,} published" in said for said in hostile.said)
    # A comment is on no page, and a picture's name has no word before it.
    hidden = {"comment", "name of a picture"}
    wanted = {
        mark_of(payload.number, place) for payload, place in placements() if PLACE_NAMES[place] not in hidden
    }
    missing = wanted - set(_marks(hostile.site))
    # An attack may swallow the rest of its own note, and of nothing else.
    assert len(missing) / len(wanted) < 0.02


def _marks(site: Path) -> Iterator[int]:
    for pattern in ("*.html", "*.json"):
        for path in site.rglob(pattern):
            yield from map(int, re.findall(rb"[Pp]ayload(\d{5})", path.read_bytes()))


def test_payloads_stand_in_every_field_that_the_publisher_reads() -> None:
    assert {"title", "author", "domain", "tags", "url", "date", "agent", "claims_extracted"} <= set(FIELDS)
    files = {name: text for name, text in hostile_codex(PAYLOADS[:1]).items() if isinstance(text, str)}
    (source,) = (text for name, text in files.items() if name.startswith("inbox/"))
    (musing,) = (text for name, text in files.items() if name.startswith("agents/"))
    for field in FIELDS:
        assert f"\n{field}: " in source
    assert "\ntitle: " in musing
    assert "\nkeywords: " in musing
    assert "\ntags: " not in musing


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(PAYLOADS) >= 250
    assert len({payload.text for payload in PAYLOADS}) == len(PAYLOADS)
    assert {payload.attack for payload in PAYLOADS} == set(ATTACKS)
    assert len(PLACE_NAMES) == len(BODY_PLACES) + 9


def test_the_parser_of_the_inspection_reads_pages_as_another_does(hostile: Built) -> None:
    """Lexbor, which is quick, against html5lib, which follows the standard to the letter."""
    pages = [path for path in sorted(hostile.site.rglob("*.html")) if "body" in path.parent.name][::16]
    assert len(pages) > 10
    for page in pages:
        text = page.read_text("utf-8")
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        theirs = [
            (str(one.tag).rpartition("}")[2].lower(), len(one.attrib))
            for one in tree.iter()
            if isinstance(one.tag, str)
        ]
        root = LexborHTMLParser(text).root
        assert root is not None
        ours = [(str(node.tag).lower(), len(node.attributes)) for node in root.traverse(include_text=False)]
        assert [one for one in ours if one[0] != "-comment"] == theirs, page


DANGEROUS = (
    "Event handlers",
    "SVG and MathML",
    "The document itself",
    "Frames and plug-ins",
    "Forms",
    "Styles",
    "Changing on being read again",
)


def test_the_inspection_finds_what_is_put_into_a_finished_page(hostile: Built) -> None:
    """The control: a page into which an attack was put as it stands, and found in all but the harmless."""
    inspector = inspector_of(hostile.site)
    name = "claims/anchor/index.html"
    page = (hostile.site / name).read_text("utf-8")
    assert not list(inspector.inspect_text(name, page))
    missed = []
    for payload in (one for one in PAYLOADS if one.attack in DANGEROUS and "<" in one.text):
        attacked = page.replace('<div class="codex-body">', f'<div class="codex-body">{payload.at(0)}', 1)
        assert attacked != page
        if not list(inspector.inspect_text(name, attacked)):
            missed.append(payload.text)
    # What browsers take for words or comments, or what is allowed: there is nothing to be found.
    assert missed == HARMLESS


HARMLESS = [
    # The handler is a part of the address.
    "<IMG/SRC=x/ONERROR=RUN>",
    # A second frameset is nothing to a browser.
    "<frameset onload=RUN><frame src='javascript:RUN'></frameset>",
    # Words, and a title.
    "<!DOCTYPE x [<!ENTITY y '<img src=x onerror=RUN>'>]>&y;",
    "<p title='--><img src=x onerror=RUN>'>x",
    "<img src=x title='&quot;&gt;&lt;img src=x onerror=RUN&gt;'>",
]
NOT_LEADING_OUT = {"%6Aavascript:RUN", "\u00a0javascript:RUN"}
"""Addresses on the site itself, as browsers read them."""


def test_the_inspection_finds_a_dangerous_address_in_a_finished_page(hostile: Built) -> None:
    inspector = inspector_of(hostile.site)
    name = "claims/anchor/index.html"
    page = (hostile.site / name).read_text("utf-8")
    missed = set()
    for payload in (one for one in PAYLOADS if one.attack == "Dangerous addresses" and "<" not in one.text):
        for tag in ("<a href='{}'>x</a>", "<img src='{}'>"):
            put = tag.format(payload.at(0).replace("'", "&#39;"))
            attacked = page.replace('<div class="codex-body">', f'<div class="codex-body">{put}', 1)
            found = list(inspector.inspect_text(name, attacked))
            # A link may lead anywhere on the web; an image may not.
            if not found and not (tag.startswith("<a") and payload.text.startswith("https:")):
                missed.add(payload.text)
    assert missed == NOT_LEADING_OUT


def test_what_is_hidden_in_a_feed_would_be_found() -> None:
    for html in (
        "<script>x</script>",
        "<p onclick=x>y</p>",
        "<a href='java\nscript:x'>y</a>",
        "<img src='//other.example/x.png'>",
        "<p style='color:red'>x</p>",
    ):
        assert list(fragment_findings("feed", html)), html
    assert not list(fragment_findings("feed", "<p>x <a href='https://ok.example/'>y</a></p>"))
