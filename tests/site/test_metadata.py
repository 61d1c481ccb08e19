"""What pages tell machines about themselves, against what schema.org and ogp.me ask for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config

from codex_publisher.model.slugs import NotePath
from codex_publisher.site.metadata import Site, head_of, in_script, public_address, site_of
from codex_publisher.site.render import THEME
from codex_publisher.site.views import NoteView
from support.built import Built, Element, Page
from support.repositories import commit_files
from support.sites import PROJECT, codex_of, write_codex
from support.small_codex import NAPS, SMALL_CODEX
from support.views import history, note_view_of, views_of

ADDRESS = "https://ann.example/notes/"
SITE = Site("A codex", ADDRESS)
NOWHERE = Site("A codex", "")
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 \u202e \"quoted\" 'x' {{ 7 * 7 }}"
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FACTS: dict[str, dict[str, type]] = {
    "Claim": {"headline": str},
    "Article": {"headline": str},
    "CreativeWork": {"headline": str},
    "CollectionPage": {"headline": str},
    "WebSite": {"name": str, "url": str},
    "BreadcrumbList": {"itemListElement": list},
}
"""What a thing of each type has at least."""
KNOWN = {
    *("@type", "headline", "name", "url", "author", "datePublished", "dateModified", "citation"),
    *("isBasedOn", "firstAppearance", "itemListElement"),
}


def _head(view: NoteView, site: Site = SITE, description: str = "") -> Element:
    return lxml.html.fromstring(f"<head>{head_of(view, description, site)}</head>")


def _properties(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        if name := element.get("property"):
            found.setdefault(name, []).append(element.get("content"))
    return found


def _graph(tree: Element) -> dict[str, dict[str, Any]]:
    """The things that a page describes, by type, each of which is what schema.org knows."""
    scripts = tree.xpath("//script[@type='application/ld+json']")
    if not scripts:
        return {}
    (script,) = scripts
    data = json.loads(script.text_content())
    assert data["@context"] == "https://schema.org"
    things = {thing["@type"]: thing for thing in data["@graph"]}
    assert len(things) == len(data["@graph"])
    return things


def _check(things: dict[str, dict[str, Any]]) -> None:
    for sort, thing in things.items():
        assert set(thing) <= KNOWN
        for name, kind in FACTS[sort].items():
            assert isinstance(thing[name], kind), f"{sort} has no {name}"
        for name in ("datePublished", "dateModified"):
            assert ISO.fullmatch(thing.get(name, "2026"))
        for author in thing.get("author", []):
            assert author["@type"] == "Person"
            assert author["name"]
        for address in (thing.get("url", ADDRESS), *thing.get("isBasedOn", [])):
            assert address.startswith(ADDRESS)
        assert urlsplit(thing.get("citation", "https://x.example")).scheme in ("http", "https")
        for position, step in enumerate(thing.get("itemListElement", []), start=1):
            assert (step["@type"], step["position"]) == ("ListItem", position)
            assert step["item"].startswith(ADDRESS)
            assert step["name"]


def _note(path: str, site: Site = SITE) -> Element:
    codex = codex_of(SMALL_CODEX)
    past = history({path: ("2026-01-02", "2026-03-04")})
    view = views_of(codex, past)[codex.permalinks[NotePath(path)]]
    assert isinstance(view, NoteView)
    return _head(view, site)


def test_a_claim_says_when_it_was_made_on_what_it_rests_and_where_it_first_appeared() -> None:
    things = _graph(_note(NAPS))
    _check(things)
    claim = things["Claim"]
    assert claim["headline"] == "Short naps improve recall in adults"
    assert (claim["datePublished"], claim["dateModified"]) == ("2026-04-01", "2026-03-04")
    assert claim["isBasedOn"] == [f"{ADDRESS}sources/2026-03-12-smith-naps-and-recall/"]
    assert claim["firstAppearance"] == {"@type": "Article", "url": f"{ADDRESS}sources/dreams/"}
    steps = things["BreadcrumbList"]["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Claims", f"{ADDRESS}claims/"),
        ("sleep", f"{ADDRESS}domains/sleep/"),
    ]


def test_a_source_says_who_wrote_it_when_and_where_it_is() -> None:
    head = _note("inbox/queue/2026-03-12-smith-naps-and-recall.md")
    source = _graph(head)["Article"]
    _check(_graph(head))
    assert [author["name"] for author in source["author"]] == ["Ann Smith", "Bo Chen"]
    assert source["datePublished"] == "2026-03-12"
    assert source["citation"] == "https://example.org/naps"
    told = _properties(head)
    assert told["article:published_time"] == ["2026-03-12"]
    assert told["article:modified_time"] == ["2026-03-04"]
    assert told["article:tag"] == ["memory", "B1-support"]


def test_a_date_of_which_only_the_month_is_known_says_no_more() -> None:
    assert _graph(_note("inbox/queue/coffee-and-sleep.md"))["Article"]["datePublished"] == "2025-06"


def test_a_site_that_nobody_can_reach_gives_no_addresses_of_its_own() -> None:
    head = _note(NAPS, NOWHERE)
    assert set(_graph(head)) == {"Claim"}
    assert not {"isBasedOn", "firstAppearance"} & set(_graph(head)["Claim"])
    assert not {"og:url", "og:image"} & set(_properties(head))


@pytest.mark.parametrize(
    ("configured", "address"),
    [
        ("https://ann.example/notes", "https://ann.example/notes/"),
        ("https://ann.example/notes/", "https://ann.example/notes/"),
        ("http://127.0.0.1:8000/", ""),
        ("http://localhost/x/", ""),
        ("http://[::1]:8000/", ""),
        ("http://[x/", ""),
        ("", ""),
        (None, ""),
        ("/notes/", ""),
    ],
)
def test_only_an_address_that_others_can_reach_is_one(configured: str | None, address: str) -> None:
    assert public_address(configured) == address


def _hostile(text: str) -> NoteView:
    quoted = json.dumps(text)
    fields = [f"{name}: {quoted}" for name in ("title", "author", "domain", "description")]
    note = "\n".join(
        ["---", "type: claim", *fields, f"tags: [{quoted}]", "url: 'https://x.example/</script>'", "---"]
    )
    return note_view_of({"claims/a.md": note}, "claims/a.md")


def test_no_note_breaks_out_of_what_machines_read() -> None:
    html = head_of(_hostile(HOSTILE), HOSTILE, Site(HOSTILE, ADDRESS))
    tree: Element = lxml.html.fromstring(f"<html><head>{html}</head><body></body></html>")
    assert [element.get("type") for element in tree.iter("script")] == ["application/ld+json"]
    assert {element.tag for element in tree.find("head").iter()} == {"head", "meta", "script"}
    assert not list(tree.find("body"))
    _check(_graph(tree))
    assert "alert(1)" in _graph(tree)["Claim"]["headline"]
    assert "\u202e" not in html
    assert "\u2028" not in html


@given(st.text(st.characters(categories=[], include_characters="<>&\"'/\\!-sScriptT]\u2028\u2029é\n{}")))
def test_json_in_a_script_element_says_what_was_put_in_and_ends_nothing(text: str) -> None:
    written = str(in_script({"x": text}))
    assert json.loads(written) == {"x": text}
    assert not set("<>&\u2028\u2029") & set(written)


def test_texts_of_any_length_come_to_a_kilobyte_or_two() -> None:
    long = _hostile("word " * 2_000)
    assert len(head_of(long, "word " * 60, SITE).encode()) < 3_000


def test_a_lone_surrogate_does_not_end_the_build() -> None:
    head_of(_hostile("\\ud800 x"), "\ud800", SITE).encode()


def test_a_name_that_is_escaped_already_is_not_escaped_twice() -> None:
    assert site_of(escape("Sleep & rest"), None).name == "Sleep & rest"


# Whole sites


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small codex as it is published at an address of its own."""
    folder: Path = tmp_path_factory.mktemp("public")
    commit_files(write_codex(folder / "codex", SMALL_CODEX), {}, on="2026-10-01")
    config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(folder / "site"), site_url=ADDRESS)
    config.extra["codex"] = {**config.extra["codex"], "root": str(folder / "codex"), "name": "Sleep & rest"}
    build(config)
    return Built(folder / "site", ())


def _is_page(page: Page) -> bool:
    return page.address != "404.html" and not page.tree.xpath("//meta[@http-equiv='refresh']")


def test_every_page_has_what_a_card_needs_and_its_own_address(public: Built) -> None:
    for page in filter(_is_page, public.pages()):
        told = _properties(page.tree)
        for name in ("og:title", "og:type", "og:url", "og:image", "og:site_name"):
            assert len(told[name]) == 1, f"{page.address}: {name}"
            assert told[name][0]
        assert told["og:site_name"] == ["Sleep & rest"]
        (canonical,) = page.tree.xpath("//link[@rel='canonical']/@href")
        assert told["og:url"] == [canonical]
        image = told["og:image"][0].removeprefix(ADDRESS)
        assert (public.site / image).read_bytes().startswith(b"\x89PNG")
        _check(_graph(page.tree))


def test_the_front_page_names_the_site(public: Built) -> None:
    things = _graph(public.page("").tree)
    assert things == {"WebSite": {"@type": "WebSite", "name": "Sleep & rest", "url": ADDRESS}}


def test_every_breadcrumb_leads_to_a_page(public: Built) -> None:
    for page in filter(_is_page, public.pages()):
        for step in _graph(page.tree).get("BreadcrumbList", {}).get("itemListElement", []):
            assert (public.site / step["item"].removeprefix(ADDRESS) / "index.html").is_file()


def test_a_site_on_this_machine_names_no_address(small: Built) -> None:
    for page in filter(_is_page, small.pages()):
        assert not {"og:url", "og:image"} & set(_properties(page.tree))
        assert not page.tree.xpath("//link[@rel='canonical']")
        assert "127.0.0.1" not in lxml.html.tostring(page.tree.find("head"), encoding="unicode")


def test_the_mark_is_the_sites_own_and_is_there(small: Built) -> None:
    page = small.page("claims/short-naps-improve-recall-in-adults/")
    icons = page.tree.xpath("//link[contains(@rel, 'icon')]")
    assert [link.get("type") or link.get("sizes") or link.get("rel") for link in icons] == [
        "32x32",
        "image/svg+xml",
        "apple-touch-icon",
    ]
    for link in icons:
        assert (small.site / page.leads_to(link)).is_file()
    drawing = (THEME / ".icons" / "codex" / "mark.svg").read_text("utf-8")
    (shown,) = page.tree.xpath("//header//a[contains(@class, 'md-logo')]//svg/path/@d")
    assert f'd="{shown}"' in drawing
    assert f'd="{shown}"' in (small.site / "assets" / "images" / "favicon.svg").read_text("utf-8")
    sizes = {"favicon.png": 32, "apple-touch-icon.png": 180, "codex-512.png": 512}
    for name, size in sizes.items():
        header = (small.site / "assets" / "images" / name).read_bytes()[16:24]
        assert header == size.to_bytes(4) * 2
