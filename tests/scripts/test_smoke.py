"""Looking over a built site before it is published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.sites import PROJECT, build_site, write_codex
from support.small_codex import SMALL_CODEX

SMOKE = PROJECT / "scripts" / "smoke.py"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("smoke")
    return build_site(write_codex(folder / "codex", SMALL_CODEX), folder / "site")


def look_over(site: Path) -> tuple[int, str]:
    found = subprocess.run([sys.executable, SMOKE, site], capture_output=True, text=True, check=False)
    return found.returncode, found.stdout


def with_page(site: Path, tmp_path: Path, html: str) -> Path:
    copy = tmp_path / "site"
    subprocess.run(["cp", "-R", str(site), str(copy)], check=True)
    (copy / "page.html").write_text(html, "utf-8")
    return copy


def test_a_built_site_is_whole(site: Path) -> None:
    assert look_over(site) == (0, "The site is whole.\n")


def test_a_site_below_a_folder_of_its_host_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GitHub publishes most sites so, and the page for what is not found links from the root.
    codex = write_codex(tmp_path / "codex", SMALL_CODEX)
    environment = {"CODEX_ROOT": str(codex), "CODEX_SITE": str(tmp_path / "site")}
    for name, value in {**environment, "SITE_URL": "https://ann.example/some-codex/"}.items():
        monkeypatch.setenv(name, value)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=PROJECT, check=True, capture_output=True
    )
    assert 'href="/some-codex/' in (tmp_path / "site" / "404.html").read_text("utf-8")
    assert look_over(tmp_path / "site") == (0, "The site is whole.\n")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="nowhere/">x</a>', "page.html: this leads nowhere: nowhere/"),
        (
            '<a href="claims/#no-such-place">x</a>',
            "page.html: there is no such place on that page: claims/#no-such-place",
        ),
        ('<a href="http://[x">x</a>', "page.html: this is no address: http://[x"),
        (
            '<script src="https://example.org/x.js"></script>',
            "loaded from another host: https://example.org/x.js",
        ),
        (
            '<link rel="stylesheet" href="//example.org/x.css">',
            "loaded from another host: //example.org/x.css",
        ),
    ],
)
def test_what_is_wrong_with_a_page_is_said(site: Path, tmp_path: Path, html: str, said: str) -> None:
    code, told = look_over(with_page(site, tmp_path, html))
    assert code == 1
    assert said in told


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org/">x</a>',
        '<a href="mailto:a@example.org">x</a>',
        '<a href="./#x" id="x">x</a>',
    ],
)
def test_what_is_well_is_not_complained_of(site: Path, tmp_path: Path, html: str) -> None:
    code, told = look_over(with_page(site, tmp_path, html.replace("./#x", "page.html#x")))
    assert (code, told) == (0, "The site is whole.\n")


@pytest.mark.parametrize("name", ["404.html", "sitemap.xml", "index.html"])
def test_what_every_site_has_must_be_there(site: Path, tmp_path: Path, name: str) -> None:
    copy = with_page(site, tmp_path, "")
    (copy / name).unlink()
    assert look_over(copy) == (1, f"{name} is not there.\n1 things are not as they should be.\n")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert look_over(tmp_path / "none")[0] == 2
