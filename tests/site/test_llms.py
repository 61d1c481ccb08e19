"""`llms.txt` by the rules of llmstxt.org, and the whole text beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

from codex_publisher.site.exports import llms
from support.built import Built
from support.exports import HOSTILE_CODEX, SITE, exported, published
from support.small_codex import SMALL_CODEX

TEXTS = {path: text for path, text in SMALL_CODEX.items() if path.endswith(".md") and path != "README.md"}
ITEM = re.compile(r"- \[(?P<title>[^\]]+)\]\((?P<url>[^)\s]+)\)(?:: (?P<notes>.+))?")


def _sections(text: str) -> dict[str, list[re.Match[str]]]:
    """The file lists of an llms.txt by their headings; fails where the form is not kept."""
    head, *parts = text.split("\n## ")
    assert re.fullmatch(r"# [^\n]+\n\n(> [^\n]+\n\n)?[^#>\n][^\n]+(\n\n[^#>\n][^\n]+)*\n", head), head[:300]
    found = {}
    for part in parts:
        title, _, rest = part.partition("\n\n")
        items = [ITEM.fullmatch(line) for line in rest.strip("\n").split("\n")]
        assert all(items), rest[:300]
        found[title] = [item for item in items if item]
    return found


def _urls(text: str) -> list[str]:
    return [item["url"] for items in _sections(text).values() for item in items]


@pytest.mark.parametrize("files", [TEXTS, HOSTILE_CODEX, {}], ids=["small", "hostile", "empty"])
def test_it_keeps_to_its_form_and_names_the_markdown_of_every_note(
    files: Mapping[str, str | bytes], tmp_path: Path
) -> None:
    made = published(files, name="A codex\n## Forged", description="About\n> this <script>")
    site = exported(tmp_path, made)
    text = (site / "llms.txt").read_bytes().decode("utf-8")
    urls = _urls(text)
    assert {url for url in urls if url.endswith("/index.md")} == {
        made.note_address(note, "index.md") for note in made.codex.notes.values()
    }
    assert all(url.startswith(SITE) for url in urls)
    assert "<script>" not in text


def test_it_says_what_each_note_says_claims_before_sources(tmp_path: Path) -> None:
    sections = _sections((exported(tmp_path, published(TEXTS)) / "llms.txt").read_text("utf-8"))
    assert list(sections) == ["Maps", "Claims", "Entities", "Pages", "Sources", "Optional"]
    assert [(item["title"], item["notes"]) for item in sections["Claims"]] == [
        ("Long naps harm recall", "One trial only"),
        ("Short naps improve recall in adults", "Rests on three trials with adults"),
    ]


def test_its_links_lead_to_files_of_the_site(small: Built) -> None:
    urls = _urls((small.site / "llms.txt").read_text("utf-8"))
    assert len(urls) > 10
    assert [url for url in urls if not (small.site / unquote(url)).is_file()] == []


def test_a_codex_too_large_for_it_has_its_maps_and_indexes_listed_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llms, "MAX_BYTES", 6000)
    files = {f"claims/{number}.md": "---\ntype: claim\ndomain: sleep\n---\n" for number in range(200)}
    files |= {f"maps/{number}.md": f"---\ntype: map\n---\n{'word ' * 60}" for number in range(30)}
    text = (exported(tmp_path, published(files)) / "llms.txt").read_text("utf-8")
    assert len(text.encode()) <= 6000
    sections = _sections(text)
    assert 1 < len(sections["Maps"]) < 30
    assert [item["url"] for item in sections["Domains"]] == [f"{SITE}domains/sleep/"]
    assert f"{SITE}claims/" in [item["url"] for item in sections["Kinds"]]
    assert "too many notes to list all of them here" in text
    assert "too many" not in llms.llms(published(TEXTS))


def test_the_full_text_holds_the_text_of_every_note_in_path_order(tmp_path: Path) -> None:
    files = {**TEXTS, **HOSTILE_CODEX}
    made = published(files)
    text = (exported(tmp_path, made) / "llms-full.txt").read_bytes().decode("utf-8")
    places = [text.index(f"\nFile: {llms._line(path)}\n") for path in sorted(TEXTS)]
    assert places == sorted(places)
    for note in made.codex.notes.values():
        assert note.body.strip("\n") in text
    assert text.count("\nAddress: ") == len(files)


def test_no_title_or_description_makes_a_link_of_its_own(tmp_path: Path) -> None:
    """Who shows the file as Markdown would show a stranger's link as the codex's own."""
    told = "[x](javascript:alert(1)) ![y](//other.example/z.png) [w][v] <b>"
    note = f"---\ntype: claim\ntitle: '{told}'\ndescription: '{told}'\n---\n\nWords.\n"
    text = (exported(tmp_path, published({"claims/note.md": note})) / "llms.txt").read_text("utf-8")
    assert "javascript:alert" in text
    assert [url for url in re.findall(r"\]\(([^)]*)\)", text) if not url.startswith(SITE)] == []
    assert not re.search(r"\]\[|<[a-z]", text)
