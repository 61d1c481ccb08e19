"""Feeds: valid, readable away from the site, and telling what changed when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import pytest
from lxml import etree

from codex_publisher.site.exports import feeds
from codex_publisher.site.history import History
from support.built import built
from support.exports import HOSTILE_CODEX, SITE, exported, published, read_json
from support.sites import write_codex
from support.small_codex import NAPS, PIXEL, SMALL_CODEX
from support.views import history

ATOM = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "support" / "atom.rng"))
TEXTS = {path: text for path, text in SMALL_CODEX.items() if path.endswith(".md") and path != "README.md"}
NAPS_URL = f"{SITE}claims/short-naps-improve-recall-in-adults/"
MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")


CONTENT = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content"


def _claim(number: int, *lines: str, day: str = "2026-01-01", body: str = "Text.") -> str:
    head = "\n".join(("---", "type: claim", f"created: {day}", f"title: Claim {number}", *lines, "---"))
    return f"{head}\n{body}\n"


def _feeds(site: Path) -> dict[str, tuple[Any, Any]]:
    """Every feed as a reader of feeds sees it, and as JSON, by its address without suffix."""
    found = {}
    for path in sorted(site.rglob("feed.xml")):
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        name = path.relative_to(site).as_posix().removesuffix(".xml")
        found[name] = parsed, read_json(path.with_suffix(".json"))
    return found


def _faults(site: Path) -> list[str]:
    """What is against the standards in any feed."""
    found = [
        f"{path}: {ATOM.error_log.last_error}"
        for path in sorted(site.rglob("feed.xml"))
        if not ATOM.validate(etree.fromstring(path.read_bytes()))
    ]
    for name, (atom, json) in _feeds(site).items():
        if json["version"] != "https://jsonfeed.org/version/1.1" or not json["title"].strip():
            found.append(f"{name}: a JSON Feed needs version and title")
        ids = [item["id"] for item in json["items"]]
        if len(set(ids)) != len(ids) or ids != [entry.id for entry in atom.entries]:
            found.append(f"{name}: ids")
        for item in json["items"]:
            if ("content_html" in item) == ("content_text" in item):
                found.append(f"{name}: {item['id']} needs one content")
            days = (item["date_modified"], item.get("date_published", item["date_modified"]))
            found.extend(f"{name}: {day}" for day in days if not MIDNIGHT.fullmatch(day))
        for part in (atom.feed, *atom.entries):
            # RFC 4287: no two alternates of one type; a feed names itself.
            kinds = [(link.rel, link.get("type")) for link in part.links]
            if len(set(kinds)) != len(kinds) or (part is atom.feed) != ("self" in dict(kinds)):
                found.append(f"{name}: {kinds}")
    return found


def _html(text: str) -> Any:
    return lxml.html.fromstring(f"<div>{text}</div>")


@pytest.mark.parametrize("files", [TEXTS, HOSTILE_CODEX, {}], ids=["small", "hostile", "empty"])
def test_every_feed_is_valid(files: Mapping[str, str | bytes], tmp_path: Path) -> None:
    site = exported(
        tmp_path, published(files, name="A <b>codex</b> & more\u0001", description="\u0002 of ]]>")
    )
    assert _faults(site) == []
    assert {"feed", "queue/feed", "claims/feed"} <= set(_feeds(site))


def test_the_check_of_feeds_notices_what_is_wrong(tmp_path: Path) -> None:
    site = exported(tmp_path, published(TEXTS))
    feed = (site / "feed.xml").read_text("utf-8")
    for wrong in (
        feed.replace("T00:00:00Z</updated>", "</updated>", 1),
        re.sub("<title>.*?</title>", "<title> </title>", feed, count=1),
        re.sub("<id>.*?</id>", "", feed, count=1),
        feed.replace("</feed>", "<script/></feed>"),
    ):
        assert not ATOM.validate(etree.fromstring(wrong.encode()))


def test_there_is_a_feed_of_everything_the_queue_claims_each_domain_and_each_tag(tmp_path: Path) -> None:
    found = _feeds(exported(tmp_path, published(TEXTS)))
    assert set(found) == {
        *("feed", "queue/feed", "claims/feed", "domains/sleep/feed", "domains/ageing/feed"),
        *("tags/memory/feed", "tags/b1-support/feed", "tags/caffeine/feed", "tags/a/feed", "tags/b/feed"),
    }
    titles = {name: [entry.title for entry in atom.entries] for name, (atom, _) in found.items()}
    assert titles["tags/memory/feed"] == ["Naps and recall: a survey"]
    assert titles["queue/feed"] == ["Naps and recall: a survey", "Coffee and sleep"]
    assert found["tags/memory/feed"][0].feed.title == "memory · A codex"


def test_every_feed_tells_the_whole_text_with_whole_addresses(tmp_path: Path) -> None:
    words = """href="x" `<a class="x" href="y">`"""
    body = "\n## Here\n[[two]] ![[x.png]] [out](https://example.com/?a=1&b=2) [down](#here) [[gone]] "
    files = {
        "one.md": _claim(1, "tags: [t]", "domain: d", "description: In short", body=body + words),
        "claims/two.md": _claim(2, day="2020"),
    }
    made = published(files)
    site = exported(tmp_path, made)
    found = _feeds(site)
    atom, json = found["feed"]
    html = json["items"][0]["content_html"]
    assert _html(atom.entries[0].content[0].value).text_content().split() == (
        _html(html).text_content().split()
    )
    assert _html(html).xpath("//a/@href") == [
        f"{SITE}claims/two/",
        "https://example.com/?a=1&b=2",
        f"{SITE}claims/one/#n-here",
    ]
    assert words.replace("`", "") in _html(html).text_content()
    assert not _html(html).xpath("//@class|//@id")
    assert "¶" not in html
    for name in ("claims/feed", "domains/d/feed", "tags/t/feed"):
        of_this, as_json = found[name]
        assert as_json["items"][0] == json["items"][0]
        assert of_this.entries[0].content == atom.entries[0].content


def test_nothing_in_a_text_ends_the_section_that_it_stands_in(tmp_path: Path) -> None:
    body = "One ]]> `]]>` &amp; `&lt;` [two](https://example.com/?]]>)\n\n```\n<![CDATA[ ]]]]>\n```\n"
    atom, json = _feeds(exported(tmp_path, published({"claims/one.md": _claim(1, body=body)})))["feed"]
    html = json["items"][0]["content_html"]
    assert "]]>" in _html(html).text_content()
    assert etree.fromstring((tmp_path / "feed.xml").read_bytes()).findtext(CONTENT) == html
    assert _html(atom.entries[0].content[0].value).text_content() == _html(html).text_content()


def test_pictures_in_a_feed_are_asked_for_at_the_site(tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", {"one.md": _claim(1, body="![[brain.png]]"), "brain.png": PIXEL})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE)
        site = built(codex, tmp_path / "site").site
    html = read_json(site / "feed.json")["items"][0]["content_html"]
    (image,) = _html(html).iter("img")
    assert (site / image.get("src").removeprefix(SITE)).read_bytes() == PIXEL


def test_nothing_hostile_runs_in_a_reader_of_feeds(tmp_path: Path) -> None:
    site = exported(tmp_path, published(HOSTILE_CODEX))
    for atom, json in _feeds(site).values():
        for item in json["items"]:
            tree = _html(item.get("content_html", ""))
            assert not tree.xpath("//script|//iframe|//@onerror|//@onclick")
            assert not [link for link in tree.xpath("//@href|//@src") if not link.startswith("https:")]
        for entry in atom.entries:
            assert all(link.href.startswith("https://example.org/") for link in entry.links)


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:8000/", "https://example.org/notes"])
def test_feeds_have_whole_addresses_whatever_the_site_is_called(url: str | None, tmp_path: Path) -> None:
    base = "http://127.0.0.1:8000/" if url != "https://example.org/notes" else SITE
    for name, (atom, json) in _feeds(exported(tmp_path, published(TEXTS, url))).items():
        assert json["feed_url"] == f"{base}{name}.json"
        assert json["home_page_url"] == f"{base}{name.removesuffix('feed')}"
        addresses = [
            link.href for part in (atom.feed, *atom.entries) for link in part.links if link.rel != "via"
        ]
        assert all(address.startswith(base) for address in addresses)


def test_ids_are_addresses_where_the_site_has_one(tmp_path: Path) -> None:
    atom, json = _feeds(exported(tmp_path, published(TEXTS)))["tags/memory/feed"]
    assert atom.feed.id == f"{SITE}tags/memory/feed.xml"
    assert [(entry.id, entry.link) for entry in atom.entries] == [
        (item["url"], item["url"]) for item in json["items"]
    ]


@pytest.mark.parametrize("url", [None, "", "http://localhost:8000/"])
def test_without_an_address_ids_are_the_same_in_every_build_and_of_no_other_codex(
    url: str | None, tmp_path: Path
) -> None:
    def ids(name: str, url: str | None, folder: str) -> list[str]:
        feeds = _feeds(exported(tmp_path / folder, published(TEXTS, url, name=name)))
        return [
            *(atom.feed.id for atom, _ in feeds.values()),
            *(entry.id for entry in feeds["feed"][0].entries),
        ]

    here, again, elsewhere = ids("A", url, "1"), ids("A", None, "2"), ids("B", url, "3")
    assert here == again
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in here)
    assert len({*here, *elsewhere}) == 2 * len(here)


def test_a_note_keeps_its_id_when_it_moves_to_another_folder(tmp_path: Path) -> None:
    text = "---\ntype: source\ntitle: A\ndate: 2026-01-01\nstatus: unprocessed\n---\n"
    told = [
        read_json(exported(tmp_path / folder, published({f"inbox/{folder}/a.md": text})) / "feed.json")
        for folder in ("queue", "archive")
    ]
    assert [feed["items"][0]["id"] for feed in told] == [f"{SITE}sources/a/"] * 2


def test_entries_are_dated_by_git_else_by_the_note_and_never_by_the_build(tmp_path: Path) -> None:
    files = {
        "claims/month.md": _claim(1, day="2026-02-00"),
        "claims/undated.md": "Nobody knows when.\n",
        "claims/future.md": _claim(2, day="2026-04-01"),
        NAPS: TEXTS[NAPS],
    }
    known = history({NAPS: ("2026-03-01", "2026-03-30")})
    atom, json = _feeds(exported(tmp_path, published(files, history=known)))["feed"]
    assert [(entry.id, entry.updated) for entry in atom.entries] == [
        (NAPS_URL, "2026-03-30T00:00:00Z"),
        (f"{SITE}claims/month/", "2026-02-01T00:00:00Z"),
    ]
    assert atom.feed.updated == "2026-03-30T00:00:00Z"
    assert [item.get("date_published") for item in json["items"]] == ["2026-03-01T00:00:00Z", None]


def test_a_feed_without_news_is_of_long_ago(tmp_path: Path) -> None:
    atom, json = _feeds(exported(tmp_path, published({})))["queue/feed"]
    assert (atom.feed.updated, json["items"]) == ("1970-01-01T00:00:00Z", [])


def test_a_feed_has_the_newest_twenty(tmp_path: Path) -> None:
    files = {f"claims/{number}.md": _claim(number, day=f"2026-01-{number:02}") for number in range(1, 29)}
    atom, json = _feeds(exported(tmp_path, published(files)))["claims/feed"]
    assert [entry.title for entry in atom.entries] == [f"Claim {number}" for number in range(28, 8, -1)]
    assert len(json["items"]) == 20


def test_of_notes_that_changed_long_ago_the_description_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MAX_IN_FULL", 2)
    files = {
        f"claims/{number}.md": _claim(
            number, "description: In short", "tags: [t]", day=f"2026-01-{number:02}"
        )
        for number in range(1, 4)
    }
    for name in ("feed", "claims/feed", "tags/t/feed"):
        _, json = _feeds(exported(tmp_path, published(files)))[name]
        assert [item.get("content_text") for item in json["items"]] == [None, None, "In short"]


def test_a_feed_stays_within_its_bytes_by_fewer_entries(tmp_path: Path) -> None:
    body = "\n\n".join(["word & " * 1000] * 12)
    files = {f"claims/{number}.md": _claim(number, body=body) for number in range(10)}
    site = exported(tmp_path, published(files))
    atom, _ = _feeds(site)["claims/feed"]
    assert 1 < len(atom.entries) < 10
    assert (site / "claims/feed.xml").stat().st_size < feeds.MAX_BYTES + 5000


def test_a_note_too_long_for_a_feed_is_told_by_its_summary(tmp_path: Path) -> None:
    long = _claim(1, "description: In short", body="\n\n".join(["word " * 1000] * 110))
    site = exported(tmp_path, published({"claims/long.md": long, "claims/short.md": _claim(2)}))
    items = read_json(site / "claims/feed.json")["items"]
    assert [item.get("content_text") for item in items] == ["In short", None]


def test_the_source_of_a_source_is_named(tmp_path: Path) -> None:
    atom, json = _feeds(exported(tmp_path, published(TEXTS)))["queue/feed"]
    assert [link.href for link in atom.entries[0].links if link.rel == "via"] == ["https://example.org/naps"]
    assert json["items"][0]["external_url"] == "https://example.org/naps"
    assert [author["name"] for author in json["items"][0]["authors"]] == ["Ann Smith", "Bo Chen"]


def test_two_exports_are_byte_identical(tmp_path: Path) -> None:
    ways = (published(TEXTS, history=History()), published(dict(reversed(TEXTS.items()))))
    sites = [exported(tmp_path / str(number), way) for number, way in enumerate(ways)]
    first, second = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*.*")} for site in sites
    )
    assert first == second
