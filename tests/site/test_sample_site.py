"""The site of the sample codex, as a reader finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
import yaml

from codex_publisher.model.facets import CONFIDENCES, PRIORITIES, STATUSES
from support.built import Built, Page, within, words
from support.crawl import dead_links
from support.sites import PROJECT

INDEX_ROOTS = (
    *("tags/", "domains/", "priority/", "status/", "confidence/", "kinds/", "formats/", "authors/"),
    *("agents/", "years/", "queue/", "wanted/", "orphans/", "problems/", "health/", "browse/"),
    *("stale/", "duplicates/"),
)
LARGEST_PAGE = 120_000
LARGEST_MEDIAN = 30_000
OUTWARD = re.compile(r"^(?:https?:)?//")


def _note_files() -> list[Path]:
    text = re.sub(r"!ENV \[.*?\]", "null", (PROJECT / "mkdocs.yml").read_text("utf-8"))
    folders = yaml.safe_load(text)["extra"]["codex"]["notes"]
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.md"))


def _fields_of_notes(name: str) -> set[str]:
    line = re.compile(rf"^{name}: *(\S+) *$", re.MULTILINE)
    return {value for path in _note_files() for value in line.findall(path.read_text("utf-8"))}


def _all_pages_of(sample: Built, first: str) -> Iterator[Page]:
    """A list's pages, from one to the next."""
    address: str | None = first
    while address is not None:
        page = sample.page(address)
        yield page
        following = page.tree.xpath("//nav[@class='codex-pages']/a[@rel='next']")
        address = page.leads_to(following[0]) if following else None


def test_every_note_file_has_a_page_and_its_text_beside_it_byte_for_byte(sample: Built) -> None:
    pages = list(sample.note_pages())
    files = _note_files()
    assert len(pages) == len(files) > 50
    of_path = {words(page.one("codex-provenance").find("code")): page for page in pages}
    for path in files:
        page = of_path[path.relative_to(PROJECT).as_posix()]
        raw = page.links(page.one("codex-provenance"))["Markdown"]
        assert raw == f"{page.address}index.md"
        assert (sample.site / raw).read_bytes() == path.read_bytes()


def test_the_build_says_how_many_notes_it_read_and_published(sample: Built) -> None:
    number = len(_note_files())
    (line,) = [said for said in sample.said if "notes read" in said]
    assert line == f"INFO {number:,} notes read, {number:,} published"


def test_the_build_warns_of_nothing(sample: Built) -> None:
    assert not [said for said in sample.said if not said.startswith("INFO ")]


def test_no_link_of_any_page_is_dead(sample: Built) -> None:
    assert dead_links(sample.site) == []


@pytest.mark.parametrize("root", INDEX_ROOTS)
def test_every_index_is_there_and_says_where_one_is_and_how_much_there_is(root: str, sample: Built) -> None:
    page = sample.page(root)
    assert words(page.one("codex-title"))
    crumbs = list(page.links(page.one("codex-crumbs")).values())
    assert crumbs[0] == ""
    assert page.all("codex-summary") or page.all("codex-empty") or page.all("codex-count")


@pytest.mark.parametrize("root", INDEX_ROOTS)
def test_every_index_can_be_reached_from_the_front_page(root: str, sample: Built) -> None:
    front = set(sample.page("").links().values())
    assert "browse/" in front
    assert root in front | set(sample.page("browse/").links().values())


@pytest.mark.parametrize("name", ["404.html", "sitemap.xml", "sitemap.xml.gz", "search/pagefind.js"])
def test_what_servers_and_search_engines_ask_for_is_there(name: str, sample: Built) -> None:
    assert (sample.site / name).stat().st_size > 0


def test_the_sitemap_names_every_note(sample: Built) -> None:
    tree = ElementTree.parse(sample.site / "sitemap.xml")  # noqa: S314  # our own
    named = {str(element.text) for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    addresses = {address.removeprefix("http://127.0.0.1:8000/") for address in named}
    assert {page.address for page in sample.note_pages()} <= addresses


def test_the_chips_of_a_note_lead_to_indexes_that_lead_back_to_it(sample: Built) -> None:
    lists: dict[str, set[str]] = {}
    checked = 0
    for page in sample.note_pages():
        chips = [page.one("codex-chips"), *page.all("codex-tags")]
        for address in {to for group in chips for to in page.links(group).values()}:
            if address not in lists:
                pages = _all_pages_of(sample, address)
                lists[address] = {one.leads_to(row) for one in pages for row in one.all("codex-row__title")}
            assert page.address in lists[address], f"{address} does not list {page.address}"
            checked += 1
    assert checked > 300


def test_breadcrumbs_lead_home_then_to_the_kind_then_to_the_domain(sample: Built) -> None:
    for page in sample.note_pages():
        home, kind, *domain = page.links(page.one("codex-crumbs")).values()
        assert home == ""
        assert kind == page.leads_to(within(page.one("codex-chips"), "codex-chip--kind")[0])
        assert [to.startswith("domains/") for to in domain] in ([], [True])


def test_the_newer_note_of_an_older_one_is_the_note_itself(sample: Built) -> None:
    older: dict[str, str] = {}
    newer: dict[str, str] = {}
    for page in sample.note_pages():
        for link in page.tree.xpath("//nav[@class='codex-neighbours']/a"):
            found = older if link.get("rel") == "next" else newer
            found[page.address] = page.leads_to(link)
    assert len(older) > 50
    assert {(two, one) for one, two in older.items()} == set(newer.items())


def test_an_alias_leads_on_to_its_note(sample: Built) -> None:
    page = sample.page("claims/the-superposition-hypothesis/")
    to = page.leads_to(page.tree.find(".//a"))
    assert to.startswith("claims/neural-networks-store-more-features")
    refresh = page.tree.find(".//meta[@http-equiv='refresh']").get("content")
    assert refresh.endswith(f"url={page.tree.find('.//a').get('href')}")
    title = words(sample.page(to).one("codex-title"))
    assert words(page.tree.find(".//title")) == title
    assert words(page.tree.find(".//p")) == f"This note is at {title}."


def test_the_code_of_a_belief_leads_to_the_belief_from_a_tag_and_from_the_text(sample: Built) -> None:
    found: dict[str, set[tuple[str, str]]] = {"tag": set(), "text": set()}
    for page in sample.note_pages():
        if any(re.match(r"[Bb]\d+-", tag) for tag in page.texts("codex-chip--tag")):
            facts = {words(fact.find("dt")): fact for fact in page.one("codex-facts").iter("div")}
            found["tag"].update(page.links(facts["Bears on"]).items())
        body = page.links(page.one("codex-body"))
        found["text"].update((text, to) for text, to in body.items() if re.fullmatch(r"B\d", text))
    assert found["tag"]
    assert {text for text, _ in found["text"]} == {"B1", "B2", "B3"}
    for code, address in (*found["tag"], *found["text"]):
        note, _, fragment = address.partition("#")
        assert note == "agents/iris/beliefs/"
        assert words(sample.page(note).tree.get_element_by_id(fragment)).startswith(f"{code[1]}. ")


def test_every_page_has_one_title_that_its_window_shows_too(sample: Built) -> None:
    for page in sample.pages():
        if not page.tree.xpath("//meta[@http-equiv='refresh']"):
            (heading,) = page.tree.iter("h1")
            title = words(heading).removesuffix("¶")
            shown = words(page.tree.find(".//title"))
            assert page.address in ("", "404.html") or shown.startswith(f"{title} · ")


def test_titles_are_sentences_that_are_never_cut_on_their_own_page(sample: Built) -> None:
    titles = [words(page.one("codex-title")) for page in sample.note_pages()]
    assert max(len(title) for title in titles) > 100
    for title in titles:
        assert "…" not in title
        assert not title.split()[0].islower()
    style = (sample.site / "assets" / "stylesheets" / "codex.css").read_text("utf-8")
    rules = re.findall(r"[^{}]*\.codex-title[^{}]*\{[^{}]*\}", style)
    assert "text-wrap: balance" in rules[0]
    assert not re.search(r"line-clamp|ellipsis|nowrap|uppercase", "".join(rules))


def test_dates_are_as_precise_as_their_notes(sample: Built) -> None:
    page = sample.page("sources/2024-07-00-olah-circuits-updates-july/")
    assert "July 2024" in page.texts("codex-chip--date")


def test_what_is_not_written_yet_is_marked_and_is_no_link(sample: Built) -> None:
    marked = [mark for page in sample.note_pages() for mark in within(page.tree, "codex-wanted")]
    assert marked
    for mark in marked:
        assert mark.get("href") is None
        assert "not written yet" in mark.get("title").lower()


def test_the_site_asks_nothing_of_other_hosts(sample: Built) -> None:
    for page in sample.pages():
        loaded = page.tree.xpath("//@src | //@srcset | //@poster | //link[@rel!='canonical']/@href")
        assert not [address for address in loaded if OUTWARD.match(address)], page.address
        assert "<style" not in (page.tree.text or "")
    for path in sample.site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", path.read_text("utf-8")), path.name


def test_links_to_other_hosts_tell_them_nothing(sample: Built) -> None:
    outward = [
        link
        for page in sample.note_pages()
        for link in page.one("codex-note").iter("a")
        if OUTWARD.match(link.get("href") or "")
    ]
    assert len(outward) > 20
    assert all("noopener" in link.get("rel", "") and link.get("target") is None for link in outward)


def test_pages_are_small(sample: Built) -> None:
    sizes = {page: page.stat().st_size for page in sample.site.rglob("*.html")}
    assert max(sizes.values()) <= LARGEST_PAGE
    notes = [(sample.site / page.address / "index.html").stat().st_size for page in sample.note_pages()]
    assert median(notes) <= LARGEST_MEDIAN


def test_the_pages_of_the_guide_belong_to_the_site_and_notes_are_none_of_them(sample: Built) -> None:
    guide = {path.stem for path in (PROJECT / "docs").glob("*.md")}
    for name in guide:
        assert not sample.page(f"{name}/").all("codex-page")
    assert not (sample.site / "claims" / "index" / "index.html").exists()
    assert not (sample.site / "docs").exists()


def test_the_sample_shows_every_status_priority_and_confidence() -> None:
    assert set(STATUSES) <= _fields_of_notes("status")
    assert set(PRIORITIES) <= _fields_of_notes("priority")
    assert set(CONFIDENCES) <= _fields_of_notes("confidence")


def test_the_navigation_of_every_page_leads_where_it_says(sample: Built) -> None:
    wanted = {"Home": "", "Claims": "claims/", "Queue": "queue/", "Tags": "tags/", "Guide": "about/"}
    for path in sorted(sample.site.rglob("index.html")):
        address = path.relative_to(sample.site).as_posix().removesuffix("index.html")
        tabs = sample.page(address).tree.xpath("//a[@class='md-tabs__link']")
        if not tabs:  # a redirect
            continue
        led = {tab.text_content().strip(): urljoin(f"http://x/{address}", tab.get("href")) for tab in tabs}
        assert {name: led[name] for name in wanted} == {
            name: f"http://x/{to}" for name, to in wanted.items()
        }, address
