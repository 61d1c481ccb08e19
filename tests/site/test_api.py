"""The codex as JSON: what every program may rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from jsonschema import Draft202012Validator

from codex_publisher.repository.loading import load_codex
from codex_publisher.site.exports.addresses import site_address
from codex_publisher.site.exports.published import Published
from codex_publisher.site.exports.schema_bundles import SCHEMAS
from codex_publisher.site.history import History
from support.built import Built, built, contents
from support.exports import HOSTILE_CODEX, SITE, exported, faults, published, read_json
from support.sites import PROJECT, REAL_CODEX, write_codex
from support.small_codex import NAPS, SMALL_CODEX
from support.views import history, settings

FILES = ("notes", "graph", "tags", "facets", "graph-data", "claims-context")
TEXTS = {path: text for path, text in SMALL_CODEX.items() if path.endswith(".md") and path != "README.md"}


def _api(site: Path) -> dict[str, Any]:
    return {name: read_json(site / "api" / f"{name}.json") for name in FILES}


def _beside_pages(site: Path) -> dict[str, Any]:
    return {path.parent.relative_to(site).as_posix(): read_json(path) for path in site.rglob("index.json")}


def _all_faults(site: Path) -> list[str]:
    found = [f"{name}: {fault}" for name, content in _api(site).items() for fault in faults(name, content)]
    notes = _beside_pages(site)
    return found + [f"{name}: {fault}" for name, note in notes.items() for fault in faults("note", note)]


def _note(site: Path, path: str) -> Any:
    return next(note for note in _beside_pages(site).values() if note["path"] == path)


@pytest.mark.parametrize("files", [TEXTS, HOSTILE_CODEX, {}], ids=["small", "hostile", "empty"])
@pytest.mark.parametrize("url", [SITE, None])
def test_every_file_is_as_its_schema_says(
    files: Mapping[str, str | bytes], url: str | None, tmp_path: Path
) -> None:
    site = exported(tmp_path, published(files, url))
    assert _all_faults(site) == []
    assert len(_beside_pages(site)) == len(_api(site)["notes"]["notes"]) == len(files)


def test_schemas_are_schemas_and_lie_beside_the_data(small: Built) -> None:
    published_with = small.site / "api" / "schemas"
    assert {path.name for path in published_with.iterdir()} == {
        f"{name}.schema.json" for name in (*FILES, "note")
    }
    for path in published_with.iterdir():
        Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def test_a_published_schema_needs_no_other_file(small: Built) -> None:
    for name in FILES:
        alone = json.loads((small.site / "api" / "schemas" / f"{name}.schema.json").read_text("utf-8"))
        validator = Draft202012Validator(alone)
        data = read_json(small.site / "api" / f"{name}.json")
        assert [error.message for error in validator.iter_errors(data)] == []
        assert not validator.is_valid({})


def test_a_schema_refuses_what_it_does_not_describe(tmp_path: Path) -> None:
    notes = _api(exported(tmp_path, published(TEXTS)))["notes"]
    notes["notes"][0]["surprise"] = 1
    notes["notes"][1]["kind"] = "surprise"
    assert len(faults("notes", notes)) == 2


def test_the_record_of_a_note_tells_what_its_page_tells(tmp_path: Path) -> None:
    known = history({NAPS: ("2026-03-01", "2026-03-30")})
    notes = {
        note["path"]: note
        for note in _api(exported(tmp_path, published(TEXTS, history=known)))["notes"]["notes"]
    }
    assert list(notes) == sorted(notes)
    naps = notes[NAPS]
    assert naps["url"] == f"{SITE}claims/short-naps-improve-recall-in-adults/"
    assert (naps["kind"], naps["title"]) == ("claim", "Short naps improve recall in adults")
    assert (naps["date"], naps["added"], naps["changed"]) == ("2026-04-01", "2026-03-01", "2026-03-30")
    assert (naps["confidence"], naps["domain"], naps["tags"]) == ("likely", "sleep", ["memory"])
    assert naps["counts"]["backlinks"] == 5
    source = notes["inbox/queue/2026-03-12-smith-naps-and-recall.md"]
    assert source["authors"] == ["Ann Smith", "Bo Chen"]
    assert source["counts"]["wanted"] == 1
    assert notes["inbox/queue/coffee-and-sleep.md"]["date"] == "2025-06"


def test_a_notes_own_file_tells_links_relations_and_problems(tmp_path: Path) -> None:
    site = exported(tmp_path, published(TEXTS))
    harm = _note(site, "claims/long naps harm recall.md")
    (dispute,) = [one for one in harm["relations"] if one["type"] == "challenged_by"]
    assert (dispute["this_note"], dispute["other"]["path"], dispute["place"]) == (
        "subject",
        NAPS,
        "challenged_by",
    )
    assert harm["fields"]["secondary_domains"] == ["ageing"]
    source = _note(site, "inbox/queue/2026-03-12-smith-naps-and-recall.md")
    found = {link["target"]: link for link in source["links"]}
    assert found["short naps improve recall in adults"]["path"] == NAPS
    assert found["naps in old age"]["leads"] == "wanted"
    assert "url" not in found["naps in old age"]
    cited = [one for one in _note(site, NAPS)["relations"] if one["other"]["path"] == source["path"]]
    assert [one["sentence"] for one in cited if one["type"] == "mentions"] == [
        "People who nap remember more. short naps improve recall in adults would follow."
    ]
    broken = _note(site, "notes/broken.md")
    assert [(one["code"], one["line"]) for one in broken["problems"]][:1] == [("F102", 3)]


def test_each_relation_stands_once_in_the_graph_and_at_both_of_its_ends(tmp_path: Path) -> None:
    site = exported(tmp_path, published({**TEXTS, **HOSTILE_CODEX}))
    graph = _api(site)["graph"]
    nodes = [node["id"] for node in graph["nodes"]]
    edges = [(edge["source"], edge["type"], edge["target"], edge["stated_in"]) for edge in graph["edges"]]
    assert len(set(nodes)) == len(nodes)
    assert len(set(edges)) == len(edges)
    ends = []
    for note in _beside_pages(site).values():
        for one in note["relations"]:
            is_subject = one["this_note"] == "subject"
            pair = (
                (note["path"], one["other"]["path"]) if is_subject else (one["other"]["path"], note["path"])
            )
            stated = "source" if one["stated_in"] == pair[0] else "target"
            ends.append((pair[0], one["type"], pair[1], stated))
    assert sorted(ends) == sorted(edges * 2)
    assert {end for edge in edges for end in (edge[0], edge[2])} <= set(nodes)


def test_slugs_in_records_are_those_of_the_facets(tmp_path: Path) -> None:
    api = _api(exported(tmp_path, published({**TEXTS, **HOSTILE_CODEX})))
    facets = {
        facet["name"]: {one["slug"]: one for one in facet["values"]} for facet in api["facets"]["facets"]
    }
    for name in ("status", "priority", "confidence"):
        used = {note[name] for note in api["notes"]["notes"]} - {""}
        assert used == set(facets[name])
    tags = [tag for note in api["notes"]["notes"] for tag in note["tags"]]
    assert {slug: one["count"] for slug, one in facets["tag"].items()} == {
        tag: tags.count(tag) for tag in tags
    }
    assert api["tags"]["tags"] == list(facets["tag"].values())


def test_names_that_are_not_utf_8_stay_apart(tmp_path: Path) -> None:
    site = exported(tmp_path, published(HOSTILE_CODEX))
    paths = [note["path"] for note in _api(site)["notes"]["notes"]]
    assert r"domains/odd/latin\xe8.md" in paths
    assert r"domains/odd/latin\xe9.md" in paths
    assert _note(site, r"domains/odd/latin\xe9.md")["fields"]["type"] == "claim"


@pytest.mark.parametrize(
    ("url", "start"),
    [(SITE, SITE), ("https://example.org/notes", SITE), (None, ""), ("http://127.0.0.1:8000/", "")],
)
def test_addresses_are_whole_where_the_site_has_one_and_else_seen_from_its_root(
    url: str | None, start: str, tmp_path: Path
) -> None:
    api = _api(exported(tmp_path, published(TEXTS, url)))
    for name in ("notes", "graph"):
        for node in api[name].get("notes", api[name].get("nodes")):
            assert node["url"].startswith(start)
            assert ":" not in node["url"].removeprefix(start)
    assert api["notes"]["site"]["url"] == start


def test_every_address_in_the_data_leads_to_a_file_of_the_site(small: Built) -> None:
    root = f"{small.site.as_uri()}/"

    def addresses(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value[name] for name in ("url", "feed", "markdown") if value.get(name)]
            return own + [one for item in value.values() for one in addresses(item)]
        return [one for item in value for one in addresses(item)] if isinstance(value, list) else []

    files = [*_api(small.site).values(), *_beside_pages(small.site).values()]
    found = {address for file in files for address in addresses(file) if "://" not in address}
    assert len(found) > 20
    for address in found:
        path = Path(unquote(urljoin(root, address).removeprefix("file://").partition("#")[0]))
        assert (path / "index.html" if address.partition("#")[0].endswith("/") else path).is_file(), address


def test_pages_name_their_data_and_their_feeds(small: Built) -> None:
    def alternates(address: str) -> list[str]:
        links = small.page(address).tree.xpath("//link[normalize-space(@rel)='alternate']")
        return [small.page(address).leads_to(link) for link in links]

    note = "claims/short-naps-improve-recall-in-adults/"
    assert alternates(note) == [f"{note}index.md", f"{note}index.json"]
    for page in ("", "queue/", "claims/", "domains/sleep/", "tags/memory/"):
        assert alternates(page) == [f"{page}feed.xml", f"{page}feed.json"]
        links = small.page(page).links(small.page(page).one("codex-feeds"))
        assert links == {"Feed": f"{page}feed.xml", "as JSON": f"{page}feed.json"}
        assert all((small.site / address).is_file() for address in links.values())
    assert alternates("new/") == alternates("")
    assert alternates("authors/") == alternates("about/") == []


def test_a_build_of_hostile_notes_writes_every_file_whatever_their_order(tmp_path: Path) -> None:
    site = built(write_codex(tmp_path / "codex", HOSTILE_CODEX), tmp_path / "site").site
    assert _all_faults(site) == []
    assert contents(exported(tmp_path / "one", published(HOSTILE_CODEX))) == contents(
        exported(tmp_path / "two", published(dict(reversed(HOSTILE_CODEX.items()))))
    )


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="there is no real codex here")
def test_a_real_codex_is_as_its_schemas_say(tmp_path: Path) -> None:
    codex = load_codex(REAL_CODEX, (), frozenset(), ())
    site = exported(tmp_path, Published(codex, settings(), History(), site_address(SITE)))
    assert _all_faults(site) == []
    assert len(_api(site)["notes"]["notes"]) == len(codex.notes)


def test_the_guide_explains_every_file_and_every_member(sample: Built) -> None:
    guide = (PROJECT / "docs" / "for-programs.md").read_text("utf-8")
    for name in (*FILES, "note"):
        text = (SCHEMAS / f"{name}.schema.json").read_text("utf-8")
        assert f"api/schemas/{name}.schema.json" in guide
        if name in ("notes", "note", "graph", "facets"):
            members = set(_members(json.loads(text)))
            assert {
                member for member in members if f"`{member}`" not in guide and f'"{member}"' not in guide
            } == set()
    for name in FILES:
        assert f"`api/{name}.json`" in guide
    assert sample.page("for-programs/").all("md-content")


def _members(schema: Any) -> Iterator[str]:
    """The name of every member that a schema describes, however deep."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _members(part)
