"""The sanitiser takes nothing away that is safe, and what it takes away has a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from codex_publisher.markdown import render
from support.notes import note_of
from support.sites import PROJECT, REAL_CODEX, script

SURVEY = script("sanitiser_survey")
GOLDEN = sorted((PROJECT / "tests" / "markdown" / "golden").glob("*.md"))


def _surveyed(root: Path) -> Any:
    notes = [note_of(str(path.relative_to(root)), path.read_bytes()) for path in sorted(root.rglob("*.md"))]
    found = SURVEY.survey(notes)
    assert found.notes == len(notes) > 0
    assert found.behind["sanitiser"].total() > found.notes
    return found


def _unexplained(found: Any) -> list[str]:
    return [line for line in SURVEY.table(found) if SURVEY.NO_REASON in line]


def test_nothing_safe_goes_in_the_sample() -> None:
    assert not _unexplained(_surveyed(PROJECT / "docs"))


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not here")
def test_nothing_safe_goes_in_a_real_codex() -> None:
    found = _surveyed(REAL_CODEX)
    assert not _unexplained(found)
    for stage in ("scrubber", "sanitiser"):
        assert not [what for what in found.removed(stage) if " " not in what], f"{stage} took tags away"


def test_the_survey_sees_what_goes() -> None:
    note = note_of("a.md", "<font color=red>a</font> <nonsense> <b onclick=x class=y>b</b> <!-- c -->\n")
    found = SURVEY.survey([note])
    assert found.removed("raw HTML") == {"nonsense": 1, "comment": 1}
    scrubbed = found.removed("scrubber")
    assert {"font", "font color", "b onclick", "b class", "b .y"} == set(scrubbed)
    assert SURVEY.why_removed("scrubber", "b onclick")
    assert not SURVEY.why_removed("scrubber", "b title")
    assert not SURVEY.why_removed("sanitiser", "p")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "- [ ] open\n- [x] done\n",
            r'<input type="checkbox" disabled=""><span class="task-list-indicator">',
        ),
        ("- [x] done\n", r'<li class="task-list-item">.*<input type="checkbox" disabled="" checked="">'),
        ("a[^1]\n\n[^1]: b\n", r'<sup><a href="#n-fn-1" id="n-fnref-1" class="footnote-ref">1</a></sup>'),
        ("a[^1]\n\n[^1]: b\n", r'<section class="footnote">\s*<ol>\s*<li id="n-fn-1">'),
        ("a[^1]\n\n[^1]: b\n", r'<a href="#n-fnref-1" class="footnote-backref" aria-label="[^"]+">'),
        ("## Some heading\n", r'<h2 id="n-some-heading">Some heading'),
        ("## Über die Güte\n", r'<h2 id="n-über-die-güte">'),
        ("## 中文 标题\n", r'<h2 id="n-中文-标题">'),
        ("```python\nx = 1\n```\n", r'<div class="language-python highlight">.*<span class="n">x</span>'),
        ("```c++\nint x;\n```\n", r'<div class="language-c\+\+ highlight">'),
        ("```unheard-of\nx\n```\n", r'<div class="language-unheard-of highlight">.*<code>x'),
        ("| a | b |\n|:-:|--:|\n| 1 | 2 |\n", r'<th align="center">a</th>\s*<th align="right">b</th>'),
        ("3. three\n", r'<ol start="3">'),
        ("> [!WARNING]\n> Careful.\n", r'<div class="admonition warning">\s*<p class="admonition-title">'),
        ("a ^mark\n", r'<p id="n-block-mark">a</p>'),
        (
            "~~gone~~ **bold** *em* `code`\n",
            r"<del>gone</del> <strong>bold</strong> <em>em</em> <code>code</",
        ),
        ('<abbr title="for example">e.g.</abbr>\n', r'<abbr title="for example">e\.g\.</abbr>'),
        (
            "<details open><summary>More</summary>Words</details>\n",
            r'<details open=""><summary>More</summary>',
        ),
        ('<ruby>漢<rp>(</rp><rt>kan</rt></ruby> <bdo dir="rtl">x</bdo>\n', r'<rt>kan</rt>.*<bdo dir="rtl">'),
        ('<p dir="auto" lang="ar">x</p>\n', r'<p dir="auto" lang="ar">x</p>'),
        ('<ol type="a" reversed><li value="4">x</ol>\n', r'<ol type="a" reversed=""><li value="4">'),
        ('<table><tr><td colspan="2" rowspan="3">x</table>\n', r'<td colspan="2" rowspan="3">'),
        (
            "<kbd>Ctrl</kbd> H<sub>2</sub>O x<sup>2</sup> <mark>m</mark>\n",
            r"<kbd>.*<sub>2</sub>.*<sup>2</sup>",
        ),
        ('<time datetime="2026-03-12">12 March</time>\n', r'<time datetime="2026-03-12">'),
        ('<ins datetime="2026-03-12">new</ins>\n', r'<ins datetime="2026-03-12">new</ins>'),
        ('<a id="place"></a>text\n', r'<a id="n-place"></a>text'),
    ],
)
def test_what_is_safe_stays_whole(text: str, wanted: str) -> None:
    assert re.search(wanted, render(text).html, re.DOTALL)


@pytest.mark.parametrize("note", GOLDEN, ids=lambda note: note.stem)
def test_the_last_step_takes_nothing_from_the_notes_with_everything_in_them(note: Path) -> None:
    found = SURVEY.survey([note_of("golden.md", note.read_text("utf-8"))])
    assert not [what for what in found.removed("sanitiser") if not SURVEY.why_removed("sanitiser", what)]
