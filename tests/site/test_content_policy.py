"""What pages may load and run, as they tell the browser; tests in the browser find that it suffices."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from codex_publisher.site.content_policy import policy_of
from support.browser import CHROMIUM, serving, visiting
from support.sites import build_site, write_codex

FILES: dict[str, str | bytes] = {
    "claims/naps help.md": "---\ntype: claim\naliases: [short naps]\n---\n\nThree trials agree.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("policy")
    return build_site(write_codex(root / "codex", FILES), root / "site")


def _policies(page: Path) -> list[str]:
    tree = html.parse(str(page))
    return [str(one) for one in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")]


def test_every_page_has_one_policy_that_lets_no_inline_script_run(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        (policy,) = _policies(page)
        assert policy.startswith("default-src 'none'"), page
        assert "unsafe-inline" not in policy, page
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", ""), page
        assert "http" not in policy, page


def test_the_policy_stands_before_anything_that_it_governs(site: Path) -> None:
    (first, second, *_) = html.parse(str(site / "index.html")).getroot().head
    assert first.get("charset")
    assert second.get("http-equiv") == "Content-Security-Policy"


def test_hosts_that_the_settings_take_scripts_and_styles_from_are_allowed() -> None:
    policy = policy_of(["https://cdn.example.org/x.js", "javascripts/own.js"], ["//fonts.example.org/a.css"])
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["script-src"].split() == ["'self'", "'wasm-unsafe-eval'", "https://cdn.example.org"]
    assert parts["style-src"].split() == ["'self'", "https://fonts.example.org"]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_script_that_slipped_through_would_not_run(browser: Browser, tmp_path: Path) -> None:
    """The last line of defence is tried with the first ones gone: the script is put into a finished page."""
    site = build_site(write_codex(tmp_path / "codex", FILES), tmp_path / "site")
    page_file = site / "claims" / "naps-help" / "index.html"
    attack = (
        "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
        "<script src='https://example.org/x.js'></script><svg onload='window.ran = 3'></svg></article>"
    )
    page_file.write_text(page_file.read_text("utf-8").replace("</article>", attack, 1), "utf-8")
    with serving(site) as address, visiting(browser, f"{address}claims/naps-help/") as visit:
        assert visit.page.locator("img[onerror]").count() == 1
        assert visit.page.evaluate("window.ran") is None
        assert sum("Content Security Policy" in one for one in visit.complaints) >= 4
