"""How a note that is wanted would be begun: its kind, its file, its text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codex_publisher.model.beginnings import Beginning, Beginnings, kind_meant
from codex_publisher.model.codex import Codex
from codex_publisher.model.connected import Wanted
from codex_publisher.model.document import Citation
from codex_publisher.model.links import WantedBy
from codex_publisher.model.note import read_note
from codex_publisher.model.relations import MENTIONS
from codex_publisher.model.resolver import Resolver
from codex_publisher.model.slugs import NotePath, Slug
from support.notes import with_fields
from support.sites import codex_of

TODAY = date(2026, 3, 31)
CLAIM = with_fields("type: claim", "domain: sleep", body="# A claim\n")
CODEX = {f"domains/sleep/short naps improve recall {number}.md": CLAIM for number in range(3)}
CODEX["maps/tour.md"] = with_fields("type: map")
SENTENCE = "naps lower the pressure of blood"


def _codex(text: str) -> Codex:
    return codex_of({**CODEX, "domains/sleep/of this.md": text})


def _begun(text: str) -> Beginning | None:
    codex = _codex(text)
    (wanted,) = codex.wanted
    return Beginnings(codex, TODAY).of(wanted)


def wanted_called(title: str) -> Wanted:
    """A note of this name that one claim mentions."""
    place = WantedBy("x", NotePath(next(iter(CODEX))), 1, 1, Citation("", "", ""), "", MENTIONS)
    return Wanted(title, Slug("x"), (place,), (), 1.0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (with_fields("type: claim", 'depends_on: ["[[naps]]"]'), "claim"),
        (with_fields("type: claim", 'challenged_by: ["[[naps]]"]'), "claim"),
        (with_fields("type: claim", body="## Evidence\n\n- [[naps]]\n"), "claim"),
        (with_fields("type: source", 'claims_extracted: ["naps"]'), "claim"),
        (with_fields("type: claim", 'extracted_from: "[[naps of old]]"'), "source"),
        (with_fields("type: entity", 'parent_entity: "[[naps of the old and the new]]"'), "entity"),
        (with_fields("type: claim", body="Topics:\n- [[naps of the old and the new]]\n"), "map"),
        (with_fields("type: claim", body=f"[[{SENTENCE}]]\n"), "claim"),
        (with_fields("type: claim", body="[[nap-institute]]\n"), "entity"),
        (with_fields("type: claim", body="[[2026-03-12-smith-on-naps-and-recall]]\n"), "source"),
        (with_fields("type: claim", body="[[entities/the whole society of nappers]]\n"), "entity"),
        (with_fields("type: claim", body="[[agents/iris/positions/naps]]\n"), "position"),
        (with_fields("type: claim", body="[[sleep/_map]]\n"), "map"),
    ],
)
def test_the_kind_is_told_by_what_links_to_it_else_by_its_name(text: str, kind: str) -> None:
    (wanted,) = _codex(text).wanted
    assert kind_meant(wanted).name == kind


def test_a_claim_goes_where_its_like_are_with_what_is_known_filled_in() -> None:
    begun = _begun(with_fields("type: claim", "domain: sleep", body=f"[[{SENTENCE}]]\n"))
    assert begun
    assert begun.path == f"domains/sleep/{SENTENCE}.md"
    assert begun.text.split("\n## ")[0] == (
        "---\ntype: claim\ndomain: sleep\ndescription:\nconfidence: experimental\ncreated: 2026-03-31\n"
        f"---\n\n# {SENTENCE}\n"
    )


def test_a_slug_becomes_words_and_the_date_of_a_source_a_field() -> None:
    lab = _begun("[[nap-institute]]\n")
    assert lab
    assert (lab.title, lab.path) == ("Nap Institute", "entities/nap-institute.md")
    source = _begun("[[2026-03-12-smith-on-naps-and-recall]]\n")
    assert source
    assert source.path == "inbox/queue/2026-03-12-smith-on-naps-and-recall.md"
    assert source.title == "Smith on naps and recall"
    assert "\ndate: 2026-03-12\n" in source.text


def test_what_has_no_form_or_cannot_be_called_so_is_not_begun() -> None:
    assert _begun("[[sleep/_map]]\n") is None
    beginnings = Beginnings(codex_of(CODEX), TODAY)
    for title in ("x" * 10_000, "naps \u202e are turned round", "naps \ud800 are broken", "???"):
        assert beginnings.of(wanted_called(title)) is None, title
    assert Beginnings(codex_of(CODEX), TODAY, (NotePath("elsewhere"),)).of(wanted_called(SENTENCE)) is None


BEGINNINGS = Beginnings(codex_of(CODEX), TODAY)


@example('naps "help" & value=1 </textarea><script>')
@example("2026-13-45-naps-of-no-day")
@example("naps-and-a-name-in-a-slug")
@given(st.text(min_size=1, max_size=120))
def test_a_link_to_what_was_begun_leads_there_and_it_is_read_as_it_was_meant(title: str) -> None:
    begun = BEGINNINGS.of(wanted_called(title))
    if begun is None:
        return
    note = read_note(begun.path, begun.text.encode())
    assert (note.title, note.kind) == (begun.title, begun.form.kind)
    found = Resolver([note]).resolve(title, NotePath(next(iter(CODEX))))
    assert found
    assert found.path == begun.path


def test_links_that_name_nothing_do_not_end_the_search() -> None:
    codex = codex_of({**CODEX, "a.md": "[[/]] [[..]] [[.md]] [[ / / ]] [[//x]]\n"})
    assert codex.wanted
    for wanted in codex.wanted:
        Beginnings(codex, TODAY).of(wanted)
