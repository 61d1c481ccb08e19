"""What was measured to go wrong in stock MkDocs and Material: seen by the same looks, and not so here."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from codex_publisher.model import rules
from support.built import Built, built
from support.hostile.figures import stock_lets_through
from support.hostile.inspection import Finding, Inspector, inspector_of
from support.hostile.payloads import ATTACKS
from support.projects import write_project
from support.sites import codex_of, write_codex

ATTACK = "<script>window.__pwned=1</script>"
Files = Mapping[str, str | bytes]


def stock(folder: Path, files: Files) -> Path:
    """The site that MkDocs and Material make of the same files, with no settings but their own."""
    write_codex(folder / "docs", {"index.md": "# Home\n", **files})
    (folder / "mkdocs.yml").write_text(
        "site_name: Stock\ntheme: {name: material, font: false}\nplugins: [search]\n"
    )
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"))
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    build(config)
    return folder / "site"


def scripts_in(site: Path, page: str) -> list[Finding]:
    """What of the attack a page holds as an element or a handler."""
    path = next(path for path in sorted(site.rglob("*.html")) if path.parent.name == page)
    found = Inspector(site, "").inspect_text(page, path.read_text("utf-8"))
    return [finding for finding in found if "__pwned" in finding.told]


def test_material_prints_fields_as_they_stand_and_this_does_not(tmp_path: Path) -> None:
    fields = ("title", "description", "author", "status")
    files = {
        f"claims/a-{field}.md": f"---\ntype: claim\n{field}: '\">{ATTACK}'\n---\n\nWords.\n"
        for field in fields
    }
    site = stock(tmp_path / "stock", files)
    ours = _site(tmp_path, files)
    for field in fields:
        assert scripts_in(site, f"a-{field}"), field
        assert not scripts_in(ours.site, f"a-{field}"), field
    assert not inspector_of(ours.site).inspect_all()


def test_a_heading_reaches_the_title_of_a_stock_page_and_a_name_its_navigation(tmp_path: Path) -> None:
    name = "<img src=x onerror=__pwned=1>"
    files: Files = {
        f"claims/{name}.md": "Words.\n",
        "claims/other.md": "# A `</title>" + ATTACK + "`\n\nWords.\n",
    }
    site = stock(tmp_path / "stock", files)
    assert scripts_in(site, "other")
    ours = _site(tmp_path, files)
    assert not inspector_of(ours.site).inspect_all()


def test_a_body_runs_on_a_stock_page_whatever_the_attack() -> None:
    """Of each kind of attack on HTML, stock Markdown lets some through, and the inspection sees it."""
    counted = stock_lets_through()
    for attack in ATTACKS:
        if attack not in ("Templates", "Characters"):
            assert counted[attack] > 0, attack


ENDING = {
    "an icon": "---\nicon: no/such\n---\n",
    "a template": "---\ntemplate: no-such.html\n---\n",
    "search": "---\nsearch: [1]\n---\n",
    "an invalid byte": b"---\ntitle: caf\xe9\n---\n",
}


@pytest.mark.parametrize("what", ENDING)
def test_what_ends_a_stock_build_does_not_end_this(what: str, tmp_path: Path) -> None:
    text = ENDING[what]
    files: Files = {"claims/note.md": text if isinstance(text, bytes) else f"{text}\nWords.\n"}
    with pytest.raises((Exception, SystemExit)):  # each ends it in another way
        stock(tmp_path / "stock", files)
    site = _site(tmp_path, files)
    assert site.page("claims/note/").one("codex-note") is not None


def test_an_impossible_date_costs_a_stock_page_all_its_fields_and_this_nothing(tmp_path: Path) -> None:
    files = {"claims/note.md": "---\ntitle: A good title\ndate: 2024-02-30\n---\n\nWords.\n"}
    site = stock(tmp_path / "stock", files)
    # The fields have become a part of the text.
    assert "date: 2024-02-30" in (site / "claims" / "note" / "index.html").read_text("utf-8")
    page = _site(tmp_path, files).page("claims/note/")
    assert page.texts("codex-title") == ["A good title"]
    assert rules.BAD_DATE.code in " ".join(page.texts("codex-problem"))


def test_what_crashes_or_stalls_the_yaml_library_does_neither_here() -> None:
    bomb = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}, *a{n - 1}], k{n}: 1}}\n" for n in range(1, 12)
    )
    codex = codex_of(
        {
            "claims/deep.md": f"---\ntitle: {'[' * 100_000}\n---\n\nWords.\n",
            "claims/bomb.md": f"---\n{bomb}title: A bomb\n---\n\nWords.\n",
        }
    )
    assert {note.path for note in codex.notes.values()} == {"claims/deep.md", "claims/bomb.md"}
    assert all(codex.problems_of(note) for note in codex.notes.values())
    crash = "import yaml; yaml.load('[' * 100_000, yaml.CSafeLoader)"
    found = subprocess.run([sys.executable, "-c", crash], capture_output=True, check=False)
    assert found.returncode != 0


def test_two_fields_of_one_name_are_told_of() -> None:
    codex = codex_of({"claims/note.md": "---\ntitle: One\ntitle: Two\n---\n\nWords.\n"})
    (note,) = codex.notes.values()
    assert any(
        "title" in problem.message and problem.rule.code.startswith("F")
        for problem in codex.problems_of(note)
    )


STRAY = (
    "page.html",
    "script.js",
    "CNAME",
    "_headers",
    "_redirects",
    ".htaccess",
    "picture.svg",
    "sw.js",
    "x.xml",
)


def test_stray_files_and_symbolic_links_are_published_by_stock_and_not_by_this(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("A secret\n")
    files: dict[str, str | bytes] = {f"claims/{name}": ATTACK for name in STRAY}
    files["claims/note.md"] = "---\ntype: claim\n---\n\n" + " ".join(
        f"[x]({name}) ![]({name})" for name in STRAY
    )
    write_codex(tmp_path / "stock" / "docs", files)
    (tmp_path / "stock" / "docs" / "claims" / "link.md").symlink_to(secret)
    site = stock(tmp_path / "stock", files)
    assert (site / "claims" / "page.html").is_file()
    assert (site / "claims" / "link" / "index.html").is_file()
    # As notes of a codex, and as notes below the folder that MkDocs itself copies.
    write_codex(tmp_path / "codex", files)
    (tmp_path / "codex" / "claims" / "link.md").symlink_to(secret)
    (tmp_path / "codex" / "claims" / "out.png").symlink_to(secret)
    inside = write_project(
        tmp_path / "project",
        {f"docs/{name}": text for name, text in files.items()},
        {"notes": ["docs/claims"]},
        site_dir=str(tmp_path / "inside"),
    )
    (tmp_path / "project" / "docs" / "claims" / "link.md").symlink_to(secret)
    build(load_config(str(inside)))
    for ours in (built(tmp_path / "codex", tmp_path / "site").site, tmp_path / "inside"):
        names = {path.name for path in ours.rglob("*") if path.is_file()}
        assert not names & set(STRAY)
        assert not any(b"A secret" in path.read_bytes() for path in ours.rglob("*") if path.is_file())
        assert (ours / "claims" / "note" / "index.html").is_file()


def _site(folder: Path, files: Files) -> Built:
    return built(write_codex(folder / "codex", dict(files)), folder / "site")
