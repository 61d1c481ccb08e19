"""New notes are read back as they were meant, by this project and by any other reader of YAML."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from codex_publisher.model.drafts import DraftError, compose, tidy, tidy_title
from codex_publisher.model.forms import FORMS, Form
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath
from support.sites import codex_of

TODAY = date(2026, 3, 12)
BY_NAME = {form.kind.name: form for form in FORMS}
VALUES = {
    "url": ["https://example.org/a?b=c:d#e"],
    "date": ["2026-03"],
    "domain": ["sleep"],
    "author": ["Jane Smith"],
    "agent": ["iris"],
    "description": ["Rests on three trials"],
    "confidence": ["likely"],
    "entity_type": ["company"],
    "priority": ["high"],
    "staked_by": ["Jane Smith"],
    "stake": ["high"],
    "tracked_by": ["iris"],
}
HARD_TITLES = (
    "Naps: a survey",
    'He said "no" twice',
    "it's \\ a backslash",
    "# not a comment",
    "a # comment",
    "[[a link]] and more",
    "*stars* and _lines_ and `code`",
    "<script>alert(1)</script>",
    "&amp; and &anchor",
    "- an item",
    "{a: b}",
    "null",
    "2026-03-12",
    "--- title",
    "C #",
    "~",
    "{heading} {topic}",
    "زنبور",
    "🐝 bees",
)
titles = st.one_of(st.text(min_size=1, max_size=120), st.sampled_from(HARD_TITLES))


def _tidied(text: str) -> str:
    try:
        return tidy_title(text)
    except DraftError:
        assume(False)
        raise


def _draft(form: Form, title: str, **values: list[str]) -> Note:
    return compose(form, NotePath("a.md"), title, {**VALUES, **values}, TODAY)


@given(st.sampled_from(FORMS), titles)
def test_any_title_is_read_back_and_leaves_nothing_wrong(form: Form, text: str) -> None:
    title = _tidied(text)
    note = _draft(form, title)
    assert note.title == title
    assert note.kind is form.kind
    problems = codex_of({"a.md": note.digest_source}).problems
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]


@given(titles)
def test_any_prose_is_read_back_by_other_readers_of_yaml_too(text: str) -> None:
    prose = _tidied(text)
    note = _draft(BY_NAME["claim"], "bees sleep", description=[prose], tags=[prose], source=[prose])
    assert note.fields["description"] == prose
    assert note.fields["source"] == prose
    front_matter = note.digest_source.decode().removeprefix("---\n").partition("\n---\n")[0]
    elsewhere = yaml.safe_load(front_matter)
    assert elsewhere["description"] == prose
    assert elsewhere["tags"] == [prose]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c&d=[e]#f",
        "https://example.org/a:",
        "https://example.org/it's",
        "https://example.org/a\\b",
        "https://example.org/{a}|`b`",
        "https://example.org/睡眠",
    ],
)
def test_an_address_is_read_back(url: str) -> None:
    assert _draft(BY_NAME["source"], "Naps", url=[url]).url == url


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind.name)
@pytest.mark.parametrize("title", HARD_TITLES)
def test_a_hard_title_is_shown_once_on_the_page(form: Form, title: str) -> None:
    title = tidy_title(title)
    note = _draft(form, title)
    document = codex_of({"a.md": note.digest_source}).documents[note.path]
    assert not [heading for heading in document.headings if heading.level == 1]
    assert document.fallback == ""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind.name)
def test_a_new_note_has_its_fields_in_order_and_nothing_but_its_text_to_mend(form: Form) -> None:
    note = _draft(form, "bees sleep", tags=["sleep", "bees"], depends_on=["bees dream"])
    # All that is wrong with what argues is that nothing stands below its headings yet.
    is_argument = form.kind.name in ("claim", "belief", "position", "conviction")
    assert [problem.code for problem in note.problems] == (["N103"] if is_argument else [])
    order = [field.name for field in form.fields]
    assert list(note.fields) == sorted(note.fields, key=order.index)
    first = "## Content\n" if form.kind.name == "source" else "# bees sleep\n"
    assert note.body.lstrip("\n").startswith(first)


def test_a_claim_is_written_like_this() -> None:
    form = BY_NAME["claim"]
    note = compose(
        form, NotePath("a.md"), "bees sleep", {**VALUES, "depends_on": ["bees dream"]}, TODAY, "sleep"
    )
    assert note.digest_source.decode() == (
        "---\ntype: claim\ndomain: sleep\n"
        'description: "Rests on three trials"\nconfidence: likely\ncreated: 2026-03-12\n'
        'depends_on:\n  - "[[bees dream]]"\n---\n\n# bees sleep\n\n## Evidence\n\n## Challenges\n\n---\n\n'
        "Relevant Notes:\n\nTopics:\n- [[sleep]]\n"
    )


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\u202eb", "a\u200bb", "a\x00b", "a\ud800b", "a\uffffb"])
def test_what_nobody_could_see_is_refused_by_its_number(text: str) -> None:
    with pytest.raises(DraftError, match=r"Character 2 is U\+[0-9A-F]{4,}"):
        tidy(text)


def test_letters_that_need_a_joiner_keep_it() -> None:
    text = "می\u200cخوابند"
    assert tidy(text) == text
    assert unicodedata.category(text[2]) == "Cf"


@pytest.mark.parametrize("text", ["", "   ", "a" * 501])
def test_a_title_that_would_not_be_read_is_refused(text: str) -> None:
    with pytest.raises(DraftError):
        tidy_title(text)


def test_fields_that_are_too_long_to_be_read_are_refused() -> None:
    with pytest.raises(DraftError, match="16,384"):
        _draft(BY_NAME["claim"], "bees sleep", description=["long " * 4000])
