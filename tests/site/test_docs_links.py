"""`[[Wiki links]]` in hand-written pages: the same meaning as in notes, and none in code."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from support.built import Built, Page, listening, within, words
from support.crawl import dead_links
from support.projects import write_project

GUIDE = """\
# A guide with [[short naps]]

See [[short naps]], [[claims/short naps.md]], [[SHORT NAPS|the claim]], [[naps at noon]], [[A survey]],
[[short naps#Three trials]] and [[short naps#nowhere]]. An embedded ![[short naps]] is a link.
This is `[[short naps]]`, this is \\[[short naps]], and [[zebras & mules]] are not written yet.

| where | what |
|---|---|
| table | [[short naps\\|in a table]] |

- in a list: [[short naps]]

```markdown
[[short naps]] in a block
```

    [[short naps]] in another

[an ordinary link](deeper/page.md) and [one to the outside](https://example.org/)
"""
FILES: dict[str, str | bytes] = {
    "inbox/naps.md": "---\ntitle: A survey\n---\n\nNaps help.\n",
    "claims/short naps.md": "---\naliases: [naps at noon]\n---\n\n## Three trials\n\nThey agree.\n",
    "docs/guide.md": GUIDE,
    "docs/deeper/page.md": "# Deeper\n\n[[short naps#Three trials]]\n",
    "docs/deeper/index.md": "# Index\n\n[[short naps]]\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("project")
    settings = write_project(folder, FILES, {"notes": ["inbox", "claims"]})
    with listening() as said:
        build(load_config(str(settings)))
    return Built(folder / "site", tuple(said))


def _links(page: Page) -> list[tuple[str, str]]:
    article = page.one("md-content__inner")
    found = [(words(link), page.leads_to(link)) for link in article.iter("a") if link.get("href")]
    return [(text, to) for text, to in found if text not in ("¶", "")]


def test_wiki_links_of_a_hand_written_page_lead_to_notes_by_any_of_their_names(project: Built) -> None:
    claim = "claims/short-naps/"
    assert _links(project.page("guide/"))[:-2] == [
        ("short naps", claim),
        ("short naps", claim),
        ("claims/short naps", claim),
        ("the claim", claim),
        ("naps at noon", claim),
        ("A survey", "sources/naps/"),
        ("short naps › Three trials", f"{claim}#n-three-trials"),
        ("short naps › nowhere", claim),
        ("short naps", claim),
        ("in a table", claim),
        ("short naps", claim),
    ]


@pytest.mark.parametrize("address", ["deeper/", "deeper/page/"])
def test_wiki_links_work_from_every_depth(address: str, project: Built) -> None:
    ((_, to),) = _links(project.page(address))
    assert to.partition("#")[0] == "claims/short-naps/"


def test_in_code_and_after_a_backslash_brackets_stay_brackets(project: Built) -> None:
    page = project.page("guide/")
    assert [words(code) for code in page.tree.iter("code")] == [
        "[[short naps]]",
        "[[short naps]] in a block",
        "[[short naps]] in another",
    ]
    assert "this is [[short naps]], and" in words(page.tree)
    assert "!" not in words(page.one("md-content__inner"))


def test_a_note_that_is_not_written_yet_is_marked_and_ends_no_build(project: Built) -> None:
    (mark,) = within(project.page("guide/").tree, "codex-wanted")
    assert words(mark) == "zebras & mules"
    assert mark.get("title") == "Not written yet"
    assert mark.get("href") is None


def test_ordinary_links_of_a_hand_written_page_are_left_to_mkdocs(project: Built) -> None:
    assert _links(project.page("guide/"))[-2:] == [
        ("an ordinary link", "deeper/page/"),
        ("one to the outside", "https://example.org/"),
    ]


def test_the_build_finds_nothing_to_say_about_wiki_links(project: Built) -> None:
    assert not [said for said in project.said if "guide.md" in said or "deeper" in said]
    assert dead_links(project.site) == []


def test_the_wiki_links_of_a_guide_want_no_notes(project: Built) -> None:
    assert project.page("wanted/").all("codex-empty")


def test_with_a_codex_elsewhere_only_those_hand_written_pages_are_shown_that_the_settings_name(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {
        "docs/help.md": "# Help\n\n[[a]]\n",
        "docs/ours.md": "# About this project\n",
        "docs/claims/ours.md": "# A claim of this project\n",
        "other/claims/a.md": "# A\n",
    }
    nav = [{"Home": "index.md"}, {"Guide": [{"Help": "help.md"}, {"Ours": "ours.md"}]}, {"Us": "ours.md"}]
    settings = write_project(tmp_path, files, {"root": "other", "guide": ["help.md"]}, nav=nav)
    with listening() as said:
        build(load_config(str(settings)))
    site = Built(tmp_path / "site", tuple(said))
    assert ("a", "claims/a/") in _links(site.page("help/"))
    assert not list(site.site.rglob("ours*"))
    assert not [line for line in said if not line.startswith("INFO")]
    assert dead_links(site.site) == []
