"""Every relation, its direction, and the place that states it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.relations import Relation, statement_of_section
from codex_publisher.model.slugs import NotePath
from support.notes import edges_of, with_fields
from support.sites import codex_of

A = "docs/claims/a.md"
B = "docs/claims/b.md"
SOURCE = "inbox/archive/s.md"
MAP = "maps/m.md"
BELIEFS = "agents/leo/beliefs.md"
ENTITY = "entities/e.md"

FIELDS = [
    (A, "depends_on", B, (A, "depends_on", B)),
    (A, "challenged_by", B, (A, "challenged_by", B)),
    (A, "challenges", B, (B, "challenged_by", A)),
    (A, "supports", B, (A, "supports", B)),
    (SOURCE, "claims_extracted", A, (A, "extracted_from", SOURCE)),
    (A, "extracted_from", SOURCE, (A, "extracted_from", SOURCE)),
    (SOURCE, "enrichments", A, (SOURCE, "enriches", A)),
    (SOURCE, "enrichments_applied", A, (SOURCE, "enriches", A)),
    (A, "parent_entity", ENTITY, (A, "part_of", ENTITY)),
    (A, "part_of", ENTITY, (A, "part_of", ENTITY)),
    (A, "related", B, (A, "mentions", B)),
    (A, "whatever", B, (A, "mentions", B)),
]


@pytest.mark.parametrize(("origin", "field", "target", "edge"), FIELDS)
def test_a_field_states_a_relation_in_one_direction(
    origin: str, field: str, target: str, edge: tuple[str, str, str]
) -> None:
    codex = codex_of({origin: with_fields("title: t", f'{field}: ["[[{target}|it]]"]'), target: "x"})
    assert edges_of(codex) == {edge}
    (stated,) = codex.edges[NotePath(origin)]
    assert codex.edges[NotePath(target)] == (stated,)
    assert (stated.stated_in, stated.place, stated.line, str(stated.citation)) == (origin, field, 3, "it")
    assert stated.other_end(NotePath(origin)) == target
    assert stated.other_end(NotePath(target)) == origin


BODIES = [
    (A, "Text.\n\n## Evidence\n\n- [[{}]] says so", B, (B, "supports", A)),
    (A, "**Grounding:**\n- [[{}]] says so", B, (B, "supports", A)),
    (A, "## Supporting evidence\n\n[[{}]]", B, (B, "supports", A)),
    (A, "### 2. Evidence chain\n\n[[{}]]", B, (B, "supports", A)),
    (BELIEFS, "### 1. One\n\n**Grounding:**\n- [[{}]] — so", B, (B, "supports", BELIEFS)),
    (BELIEFS, "## grounding\n\n- [[{}]]", B, (B, "supports", BELIEFS)),
    (BELIEFS, "## Evidence\n\n- [[{}]]", B, (BELIEFS, "mentions", B)),
    (SOURCE, "## Evidence\n\n- [[{}]]", B, (SOURCE, "mentions", B)),
    (A, "Topics:\n- [[{}]]", MAP, (A, "part_of", MAP)),
    (A, "## Topics\n\n[[{}]]", MAP, (A, "part_of", MAP)),
    (A, "**Topic:** [[{}]]", MAP, (A, "part_of", MAP)),
    (MAP, "Any words about [[{}]].", A, (A, "part_of", MAP)),
    (MAP, "## Evidence\n\n[[{}]]", A, (A, "part_of", MAP)),
    (A, "Relevant Notes:\n- [[{}]]", B, (A, "mentions", B)),
    (A, "## Evident things\n\n[[{}]]", B, (A, "mentions", B)),
    (A, "## No evidence\n\n[[{}]]", B, (A, "mentions", B)),
    (A, "In passing, [[{}]].", B, (A, "mentions", B)),
    (SOURCE, "**KB connections:** [[{}]]", A, (SOURCE, "mentions", A)),
    (A, "![[{}]]", B, (A, "mentions", B)),
]


@pytest.mark.parametrize(("origin", "body", "target", "edge"), BODIES)
def test_a_section_states_a_relation_in_one_direction(
    origin: str, body: str, target: str, edge: tuple[str, str, str]
) -> None:
    assert edges_of(codex_of({origin: body.format(target), target: "x"})) == {edge}


def test_a_relative_markdown_link_relates_notes_as_a_wiki_link_does() -> None:
    assert edges_of(codex_of({A: "## Evidence\n\n[it](b.md)", B: "x"})) == {(B, "supports", A)}


def test_a_relation_shows_the_sentence_that_states_it() -> None:
    codex = codex_of({A: "## Why\n\nFirst. Then [[b|it]] follows, we think. Last.", B: "x"})
    (edge,) = codex.edges[NotePath(B)]
    assert (edge.relation, edge.place, edge.line) == (Relation.MENTIONS, "Why", 3)
    assert (edge.citation.before, edge.citation.words) == ("Then ", "it")
    assert str(edge.citation).strip() == "Then it follows, we think."


def test_a_note_states_each_relation_once_at_its_first_place() -> None:
    codex = codex_of({A: "One [[b]].\n\nTwo [[b]], [b](b.md) and ![[b]].", B: "x"})
    (edge,) = codex.edges[NotePath(B)]
    assert edge.line == 1


def test_a_mere_mention_gives_way_to_what_the_same_note_states_besides() -> None:
    text = with_fields("type: claim", "depends_on: [b]", body="See [[b]].\n\n## Evidence\n\n[[b]]")
    assert edges_of(codex_of({A: text, B: "x"})) == {(A, "depends_on", B), (B, "supports", A)}


def test_two_notes_that_link_to_each_other_state_two_relations() -> None:
    codex = codex_of({A: "[[b]]", B: with_fields("type: claim", "depends_on: [a]")})
    assert edges_of(codex) == {(A, "mentions", B), (B, "depends_on", A)}
    assert codex.edges[NotePath(A)] == codex.edges[NotePath(B)]


def test_both_ends_may_state_one_relation() -> None:
    codex = codex_of({A: with_fields("extracted_from: [s]"), SOURCE: with_fields("claims_extracted: [a]")})
    assert edges_of(codex) == {(A, "extracted_from", SOURCE)}
    assert [edge.stated_in for edge in codex.edges[NotePath(A)]] == [A, SOURCE]


@pytest.mark.parametrize(
    "text",
    ["[[a]] and [a](a.md) and [[#Top]]", "[[nobody]]", "`[[b]]`", "<!-- [[b]] -->", "[[b", "![x](b.md)"],
)
def test_a_link_to_itself_to_nobody_or_in_code_relates_nothing(text: str) -> None:
    assert edges_of(codex_of({A: text, B: "x"})) == set()


@pytest.mark.parametrize(
    ("section", "relation"),
    [
        ("Evidence", "supports"),
        ("EVIDENCE:", "supports"),
        ("Supporting Evidence", "supports"),
        ("Evidence (strong)", "supports"),
        ("Grounding", "supports"),
        ("Topics", "part_of"),
        ("topic", "part_of"),
        ("Topics of old", "mentions"),
        ("Counter-evidence", "mentions"),
        ("", "mentions"),
    ],
)
def test_a_heading_says_what_the_links_below_it_mean(section: str, relation: str) -> None:
    assert statement_of_section(section).relation == relation


_PATHS = ["docs/claims/a.md", "inbox/b.md", "maps/c.md", "entities/d.md", "agents/leo/beliefs.md"]
_WRITTEN = st.sampled_from([f"[[{path}]]" for path in [*_PATHS, "gone"]])
_TEXTS = st.builds(
    lambda field, one, section, two: with_fields(f"{field}: '{one}'", body=f"## {section}\n\n{two}\n"),
    st.sampled_from(["depends_on", "claims_extracted", "challenges", "part_of", "x"]),
    _WRITTEN,
    st.sampled_from(["Evidence", "Topics", "Notes"]),
    _WRITTEN,
)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from(_PATHS), _TEXTS))
def test_every_relation_is_known_at_both_ends_and_joins_two_notes_that_exist(files: dict[str, str]) -> None:
    codex = codex_of(files)
    for path, edges in codex.edges.items():
        assert path in codex.notes
        for edge in edges:
            assert path in (edge.subject, edge.object)
            assert edge.subject != edge.object
            assert edge.stated_in in (edge.subject, edge.object)
            assert edge in codex.edges[edge.other_end(path)]
            assert 1 <= edge.line <= files[edge.stated_in].count("\n") + 1
        assert len({(e.subject, e.relation, e.object, e.stated_in) for e in edges}) == len(edges)
