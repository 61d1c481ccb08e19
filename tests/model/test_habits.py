"""Where a codex keeps notes, how it names them, and what they belong to."""

from __future__ import annotations

import pytest

from codex_publisher.model.habits import usual_folder, usual_style, usual_topic
from codex_publisher.model.kinds import BELIEF, CLAIM, ENTITY, POSITION, SOURCE
from codex_publisher.model.note_names import NameStyle
from codex_publisher.model.slugs import NotePath
from support.notes import with_fields
from support.sites import codex_of


def _claim(domain: str) -> str:
    return with_fields("type: claim", f"domain: {domain}")


def _source(status: str, domain: str = "sleep") -> str:
    return with_fields("type: source", f"domain: {domain}", f"status: {status}")


BY_DOMAIN = {
    "domains/sleep/a.md": _claim("sleep"),
    "domains/sleep/b.md": _claim("sleep"),
    "foundations/c.md": _claim("sleep"),
    "domains/diet/d.md": _claim("diet"),
}


def test_a_claim_goes_where_most_of_its_domain_are() -> None:
    assert usual_folder(codex_of(BY_DOMAIN), CLAIM, "sleep") == "domains/sleep"


def test_a_claim_of_a_new_domain_gets_a_folder_named_as_the_others_are() -> None:
    assert usual_folder(codex_of(BY_DOMAIN), CLAIM, "Deep Work") == "domains/deep-work"


def test_what_an_agent_holds_goes_into_that_agents_folder() -> None:
    belief = with_fields("type: belief", "domain: sleep")
    codex = codex_of({"agents/iris/beliefs/a.md": belief, "agents/iris/beliefs/b.md": belief})
    assert usual_folder(codex, BELIEF, "sleep", "iris") == "agents/iris/beliefs"
    assert usual_folder(codex, BELIEF, "diet", "otto") == "agents/otto/beliefs"


def test_a_source_goes_where_others_wait_and_not_where_most_are_kept() -> None:
    codex = codex_of(
        {
            "inbox/queue/a.md": _source("unprocessed"),
            **{f"inbox/archive/{name}.md": _source("processed") for name in "bcd"},
            **{f"inbox/archive/{name}.md": _source("unprocessed") for name in "efg"},
        }
    )
    assert usual_folder(codex, SOURCE, "sleep") == "inbox/queue"


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        (SOURCE, "inbox/queue"),
        (CLAIM, "claims"),
        (BELIEF, "beliefs"),
        (POSITION, "positions"),
        (ENTITY, "entities"),
    ],
)
def test_an_empty_codex_begins_as_the_documentation_advises(kind: object, folder: str) -> None:
    assert usual_folder(codex_of({}), kind, "sleep", "iris") == folder  # type: ignore[arg-type]


def test_notes_that_may_only_be_in_some_folders_begin_there() -> None:
    only = (NotePath("inbox"), NotePath("docs/claims"), NotePath("docs/entities"))
    empty = codex_of({})
    assert usual_folder(empty, SOURCE, only=only) == "inbox/queue"
    assert usual_folder(empty, CLAIM, only=only) == "docs/claims"
    assert usual_folder(empty, ENTITY, only=only) == "docs/entities"
    assert usual_folder(empty, BELIEF, only=only) == "inbox"


def test_a_flat_vault_stays_flat() -> None:
    flat = codex_of({"Naps.md": "Naps.\n", "Sleep.md": "Sleep.\n"})
    assert usual_folder(flat, CLAIM, "sleep") == ""
    assert usual_folder(codex_of({"Naps.md": _claim("sleep"), "x/y.md": "Y.\n"}), CLAIM, "sleep") == ""


def test_sources_are_named_by_date_unless_the_codex_does_otherwise() -> None:
    text = _source("unprocessed")
    assert usual_style(codex_of({}), SOURCE) == NameStyle(is_dated=True, is_sentence=False)
    dated = {"inbox/2026-03-12-smith-naps.md": text, "inbox/2026-03-smith-sleep.md": text}
    assert usual_style(codex_of(dated), SOURCE) == NameStyle(is_dated=True, is_sentence=False)
    plain = {"Sources/Naps and Recall.md": text, "Sources/Sleep.md": text}
    assert usual_style(codex_of(plain), SOURCE) == NameStyle(is_dated=False, is_sentence=True)


def test_claims_are_named_by_their_sentence_unless_the_codex_has_slugs() -> None:
    text = _claim("sleep")
    assert usual_style(codex_of({}), CLAIM).is_sentence
    assert usual_style(codex_of({"claims/bees sleep.md": text}), CLAIM).is_sentence
    assert not usual_style(codex_of({"claims/bees-sleep.md": text}), CLAIM).is_sentence


def test_a_topic_is_what_notes_of_the_domain_say_they_are_part_of() -> None:
    part = with_fields("type: claim", "domain: sleep", body="Text.\n\nTopics:\n- [[sleep]]\n")
    codex = codex_of({"claims/a.md": part, "claims/b.md": _claim("sleep"), "maps/sleep.md": "# Sleep\n"})
    assert usual_topic(codex, CLAIM, "sleep") == "sleep"
    assert usual_topic(codex, CLAIM, "diet") == ""


def test_a_topic_that_shares_its_name_is_linked_by_its_path() -> None:
    part = with_fields("type: claim", "domain: sleep", body="Text.\n\nTopics:\n- [[domains/sleep/_map]]\n")
    maps = {f"domains/{name}/_map.md": "# Map\n" for name in ("sleep", "diet")}
    assert usual_topic(codex_of({"claims/a.md": part, **maps}), CLAIM, "sleep") == "domains/sleep/_map"
