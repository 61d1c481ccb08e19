"""The site of hostile notes in a browser: no script runs, no other host is asked, nothing is refused.

Most pages are served without their Content Security Policy, so that a script that got past all else runs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from security.test_hostile_site import KINDS_OF_PAGES, names_of_pages
from support.browser import CHROMIUM, QuietHandler, serving
from support.built import Built
from support.graph import canvas_of
from support.hostile.payloads import CANARY_HOST, PAYLOADS, SIGN, WORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
NOTE_OF_VIOLATIONS: Final = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", event => {
    window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
"""


class _WithoutPolicy(QuietHandler):
    """Serves pages as if they forbade nothing."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The file, whose policy is taken out where it is a page."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        content = POLICY.sub(b"", path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


@dataclass
class Watched:
    """A window in which everything is noted that should not happen."""

    page: Page
    home: str
    happened: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Look at a page, and see whether a script has left its sign there."""
        self.page.goto(self.home + quote(address))
        self.look(address)

    def look(self, where: str) -> None:
        """See whether a script has left its sign in the window, or was kept from running."""
        if self.page.evaluate(f"() => window.{SIGN} !== undefined"):
            self.happened.append(f"{where}: a script ran")
        self.happened.extend(f"{where}: {one}" for one in self.page.evaluate("() => window.violations"))


@contextmanager
def watched(browser: Browser, home: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(NOTE_OF_VIOLATIONS)
    page = context.new_page()
    found = Watched(page, home)
    note = found.happened.append

    def answer(dialog: Dialog) -> None:
        note(f"{page.url}: a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", answer)
    page.on("pageerror", lambda error: note(f"{page.url}: {error}"))
    page.on("console", lambda told: note(f"{page.url}: {told.text}") if told.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith((home, "data:")) else note(asked.url))
    page.on("popup", lambda other: note(f"{page.url}: opened {other.url}"))
    page.on("download", lambda file: note(f"{page.url}: downloaded {file.url}"))
    try:
        yield found
    finally:
        context.close()


@pytest.fixture(scope="module")
def home(hostile: Built) -> Iterator[str]:
    with serving(hostile.site) as address:
        yield address


@pytest.fixture(scope="module")
def unprotected(hostile: Built) -> Iterator[str]:
    with serving(hostile.site, _WithoutPolicy) as address:
        yield address


def _pages(hostile: Built, pattern: str) -> list[str]:
    return [name for name in names_of_pages(hostile.site) if re.match(pattern, name)]


def test_no_policy_is_needed_on_any_kind_of_page(browser: Browser, home: str, hostile: Built) -> None:
    with watched(browser, home) as window:
        for kind, pattern in KINDS_OF_PAGES.items():
            window.open(_pages(hostile, pattern)[0])
            assert window.happened == [], kind


def test_nothing_happens_on_a_redirect(browser: Browser, home: str, hostile: Built) -> None:
    aliases = _pages(hostile, rf"sources/{WORD}\d+")
    assert len(aliases) > 200
    with watched(browser, home) as window:
        for name in aliases[::40]:
            window.page.goto(home + quote(name), wait_until="commit")
            window.page.wait_for_url(re.compile(r"/sources/2026-[^/]+/$"))
            window.look(name)
        assert window.happened == []


GATHERED: Final = 24
"""So many notes are shown on one page, since each page takes its time."""


@pytest.mark.parametrize(
    "notes",
    [
        r"claims/2026-03-01-body-\d+/index\.html",
        r"sources/.*source-\d+/index\.html",
        rf"claims/{WORD}[^/]*/index\.html",
        r"(?!queue/).*/2026-03-03-m\d+/index\.html",
    ],
    ids=["bodies", "fields", "names", "lists"],
)
def test_no_payload_does_anything_where_nothing_is_forbidden(
    notes: str, browser: Browser, unprotected: str, hostile: Built
) -> None:
    """Every payload in every place of a body and in every field."""
    shell = (hostile.site / "claims" / "anchor" / "index.html").read_text("utf-8")
    pages = [(hostile.site / name).read_text("utf-8") for name in _pages(hostile, notes)]
    # Some are redirects.
    pieces = [_own_part(page) for page in pages if "codex-title" in page]
    assert len(pieces) == len(PAYLOADS)
    with watched(browser, unprotected) as window, _one_more(hostile.site / "claims" / "gathered") as page:
        for at in range(0, len(pieces), GATHERED):
            page.write_text(shell.replace(_own_part(shell), "".join(pieces[at : at + GATHERED])), "utf-8")
            window.open("claims/gathered/")
            assert window.page.locator("h1.codex-title").count() == len(pieces[at : at + GATHERED])
        assert window.happened == []


def _own_part(page: str) -> str:
    """A note's title, facts, body, relations and problems, as they stand on its page."""
    before, title, after = page.partition('<h1 class="codex-title"')
    own, footer, _ = after.partition('<footer class="codex-provenance">')
    assert before
    assert footer
    return title + own


@contextmanager
def _one_more(folder: Path) -> Iterator[Path]:
    """A page that is there for a while."""
    folder.mkdir()
    try:
        yield folder / "index.html"
    finally:
        (folder / "index.html").unlink(missing_ok=True)
        folder.rmdir()


def test_what_is_found_is_only_shown(browser: Browser, unprotected: str) -> None:
    with watched(browser, unprotected) as window:
        window.open("")
        field = window.page.get_by_role("searchbox", name="Search the notes")
        for words in (
            SIGN,
            "script",
            "onerror",
            f"{WORD}10044",
            "__proto__",
            "constructor",
            "<img src=x onerror",
        ):
            field.fill(words)
            expect(window.page.locator(".codex-found__status")).to_contain_text(re.compile("notes?|No note"))
            expect(window.page.locator(".codex-found")).to_contain_text(re.compile(r"\d|No note"))
            window.look(f"search for {words}")
        expect(window.page.locator(".codex-found .codex-row").first).to_be_visible()
        assert window.happened == []


def test_exploring_with_filters_only_shows(browser: Browser, unprotected: str, hostile: Built) -> None:
    with watched(browser, unprotected) as window:
        window.open("explore/")
        results = window.page.locator(".codex-explore__results .codex-hit")
        expect(results.first).to_be_visible()
        for facet in ("domain", "tag", "author", "status"):
            box = window.page.locator(f"details[data-facet={facet}]")
            box.evaluate("element => { element.open = true; }")
            box.locator(".codex-explore__all").click()
            choice = box.locator("input[type=checkbox]").nth(5)
            choice.check()
            expect(window.page.locator(".codex-explore__chosen .codex-chip").first).to_be_visible()
            window.look(f"a {facet}")
            window.page.locator(".codex-explore__chosen .codex-chip").first.click()
            expect(window.page.locator(".codex-explore__chosen .codex-chip")).to_have_count(0)
        for query in (
            f"?q={SIGN}&tag=<img src=x onerror={SIGN}=1>",
            "?domain=__proto__&tag=constructor&sort=x",
        ):
            window.page.goto(f"{unprotected}explore/{query}")
            status = window.page.locator(".codex-explore__results [role=status]")
            expect(status).to_contain_text(re.compile("first|fits"))
            window.look(query)
        assert window.happened == []


def test_the_graph_only_names_what_is_pointed_at(browser: Browser, unprotected: str) -> None:
    with watched(browser, unprotected) as window:
        window.open("graph/")
        canvas = canvas_of(window.page)
        told = window.page.locator(".codex-graph__told")
        for payload in PAYLOADS[:200:20]:
            window.page.get_by_label("Find a note").fill(f"{WORD}{payload.number + 100}44")
            window.page.keyboard.press("Enter")
            expect(told).to_contain_text(f"{payload.number + 100}44")
        canvas.focus()
        for _ in range(10):
            window.page.keyboard.press("n")
        box = canvas.bounding_box()
        assert box
        for share in (0.3, 0.5, 0.7):
            canvas.hover(position={"x": box["width"] * share, "y": box["height"] * share})
        window.look("the graph")
        assert window.happened == []


def test_a_preview_of_a_hostile_note_shows_words_only(browser: Browser, unprotected: str) -> None:
    with watched(browser, unprotected) as window:
        window.open("claims/anchor/")
        links = window.page.locator(".codex-relation__title")
        assert links.count() >= 5
        for number in range(min(links.count(), 12)):
            links.nth(number).hover()
            card = window.page.get_by_role("tooltip")
            expect(card).to_be_visible()
            assert (
                card.locator("a, img, script, svg, iframe, form, [id], [href], [src], [style]").count() == 0
            )
            window.look(f"preview {number}")
            window.page.mouse.move(0, 0)
            expect(card).to_have_count(0)
        assert window.happened == []


def test_no_name_in_a_note_takes_the_place_of_one_that_scripts_ask_for(
    browser: Browser, unprotected: str, hostile: Built
) -> None:
    """Material's script and ours find what they look for on a page with clobbering names as on any other."""
    asked = """() => ["__config", "__search", "__drawer", "__palette_0", "codex-find", "codex-main"].map(id =>
      [document.getElementById(id)?.outerHTML, document.querySelectorAll(`[id="${id}"]`).length])"""
    builtin = """() => [typeof document.getElementById, typeof document.querySelector, typeof document.cookie,
      typeof document.currentScript, typeof window.__md_get, String(window.__md_scope), typeof localStorage,
      document.forms.length, Object.keys(document.forms).length]"""
    clobbering = [one.number for one in PAYLOADS if one.attack == "Clobbered names"]
    with watched(browser, unprotected) as window:
        window.open("claims/anchor/")
        config, *others = window.page.evaluate(asked)
        expected = window.page.evaluate(builtin)
        for number in clobbering:
            window.open(_pages(hostile, rf"claims/.*body-{number}/index\.html")[0])
            assert window.page.evaluate(asked) == [config, *others], PAYLOADS[number].text
            assert window.page.evaluate(builtin) == expected, PAYLOADS[number].text
        assert window.happened == []


def test_the_way_to_a_strange_name_is_no_error(browser: Browser, unprotected: str, hostile: Built) -> None:
    """Material's script makes a selector of the address's fragment."""
    (number,) = (one.number for one in PAYLOADS if one.text.startswith("<a id='x\"y'>"))
    with watched(browser, unprotected) as window:
        window.open(_pages(hostile, rf"claims/.*body-{number}/index\.html")[0])
        window.page.locator(".codex-body a[href^='#n-x']").first.click()
        window.page.evaluate("() => new Promise(done => setTimeout(done, 0))")
        window.look("the fragment")
        assert window.happened == []


def test_a_script_that_got_past_all_else_would_be_noticed(
    browser: Browser, hostile: Built, home: str, unprotected: str
) -> None:
    """The control: the same looks, at a page into which attacks were put as they stand."""
    attack = (
        f"<img src=x onerror={SIGN}=1><img src=//{CANARY_HOST}/1><script>alert(1)</script>"
        "<script>console.error('told'); throw new Error('thrown')</script>"
    )
    ordinary = (hostile.site / "claims" / "anchor" / "index.html").read_text("utf-8")
    with _one_more(hostile.site / "claims" / "controlled") as page:
        page.write_text(ordinary.replace("</article>", f"{attack}</article>"), "utf-8")
        with watched(browser, unprotected) as window:
            window.open("claims/controlled/")
            happened = "\n".join(window.happened)
            for sign in ("a script ran", f"//{CANARY_HOST}/1", "a dialog: 1", "told", "thrown"):
                assert sign in happened
        with watched(browser, home) as window:
            window.open("claims/controlled/")
            happened = "\n".join(window.happened)
            assert "a script ran" not in happened
            for sign in ("script-src-elem: inline", "script-src-attr: inline", "img-src: http"):
                assert sign in happened
