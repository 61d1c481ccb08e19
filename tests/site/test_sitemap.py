"""The sitemap names every page, in files that are no larger than the protocol allows."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from codex_publisher.site import sitemap
from codex_publisher.site.sitemap import write_sitemap
from support.sites import PROJECT

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _named(file: Path) -> list[str]:
    tree = ElementTree.parse(file)  # noqa: S314  # our own
    return [str(element.text) for element in tree.iter(f"{NAMESPACE}loc")]


def test_addresses_are_whole_and_percent_encoded(tmp_path: Path) -> None:
    write_sitemap(
        ["", "claims/bees-&-ants/", "claims/bienenschläfchen/"], "https://example.org/notes", tmp_path
    )
    assert _named(tmp_path / "sitemap.xml") == [
        "https://example.org/notes/",
        "https://example.org/notes/claims/bees-%26-ants/",
        "https://example.org/notes/claims/bienenschl%C3%A4fchen/",
    ]
    assert (
        gzip.decompress((tmp_path / "sitemap.xml.gz").read_bytes()) == (tmp_path / "sitemap.xml").read_bytes()
    )


def test_more_pages_than_a_file_may_name_are_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 2)
    write_sitemap(["a/", "b/", "c/", "d/", "e/"], "https://example.org", tmp_path)
    parts = _named(tmp_path / "sitemap.xml")
    assert parts == [f"https://example.org/sitemap-{number}.xml" for number in (1, 2, 3)]
    pages = [page for part in parts for page in _named(tmp_path / part.rpartition("/")[2])]
    assert pages == [f"https://example.org/{letter}/" for letter in "abcde"]


@pytest.mark.parametrize("address", [None, "https://example.org/"])
def test_a_site_without_an_address_has_no_sitemap(
    address: str | None, small_codex: Path, tmp_path: Path
) -> None:
    config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(tmp_path / "site"), site_url=address or "")
    config.extra["codex"] = {**config.extra["codex"], "root": str(small_codex)}
    build(config)
    assert (tmp_path / "site" / "sitemap.xml").exists() == bool(address)
