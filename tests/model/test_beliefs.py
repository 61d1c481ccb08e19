"""`B2` in a note means the second belief of its domain's agent."""

from __future__ import annotations

import pytest

from codex_publisher.model.beliefs import MAX_BELIEF_TITLE, Belief
from codex_publisher.model.codex import Codex
from codex_publisher.model.links import Destination, Leads
from codex_publisher.model.slugs import NotePath
from support.notes import edges_of, note_of, with_fields
from support.sites import codex_of

VIDA = """# Vida's Beliefs

## Active Beliefs

### 1. Prevention comes first

Words.

### 2. Data is care

### Not numbered

### 12) Twelve
"""
THESEUS = "# Beliefs\n\n### 1. Alignment is coordination\n\n### 2) Oversight fails\n"
FILES = {
    "agents/vida/beliefs.md": VIDA,
    "agents/theseus/beliefs.md": THESEUS,
    "agents/vida/musings/m.md": with_fields("type: musing", "agent: vida", "domain: health"),
    "domains/ai/c.md": with_fields("type: claim", "domain: AI alignment", "agent: Theseus"),
    "inbox/queue/s.md": with_fields("type: source", "domain: health"),
}


def codex_with(path: str = "inbox/queue/new.md", *fields: str) -> Codex:
    return codex_of({**FILES, path: with_fields(*(fields or ("type: source",)))})


def found(code: str, path: str, *fields: str) -> Belief | None:
    codex = codex_with(path, *fields)
    return codex.links.beliefs.find(code, codex.notes[NotePath(path)])


@pytest.mark.parametrize(
    ("code", "domain", "title"),
    [
        ("B1", "health", "Prevention comes first"),
        ("B2", "health", "Data is care"),
        ("b2", "Health", "Data is care"),
        ("B12", "health", "Twelve"),
        ("B1", "ai-alignment", "Alignment is coordination"),
        ("B2", "AI_Alignment", "Oversight fails"),
    ],
)
def test_a_code_means_a_belief_of_the_domains_agent(code: str, domain: str, title: str) -> None:
    belief = found(code, "inbox/queue/new.md", "type: source", f"domain: {domain}")
    assert belief is not None
    assert (belief.code, belief.title) == (code.upper(), title)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("B3", ("domain: health",)),
        ("B13", ("domain: health",)),
        ("B1", ("domain: history",)),
        ("B1", ("title: x",)),
        ("B", ("domain: health",)),
    ],
)
def test_a_code_without_such_a_belief_means_nothing(code: str, fields: tuple[str, ...]) -> None:
    assert found(code, "inbox/queue/new.md", *fields) is None


def test_in_an_agents_own_folder_a_code_means_its_own_belief() -> None:
    belief = found("B1", "agents/theseus/musings/x.md", "type: musing", "domain: health")
    assert belief is not None
    assert (belief.agent, belief.path) == ("theseus", "agents/theseus/beliefs.md")


def test_only_the_primary_domain_counts() -> None:
    belief = found("B1", "inbox/queue/new.md", "domain: health", "secondary_domains: [ai-alignment]")
    assert belief is not None
    assert belief.agent == "vida"


def test_a_domains_agent_is_the_one_named_most_often_in_its_notes() -> None:
    files = {f"domains/ai/{n}.md": with_fields("domain: health", "agent: theseus") for n in range(3)}
    codex = codex_of({"agents/vida/beliefs.md": VIDA, "agents/theseus/beliefs.md": THESEUS, **files})
    belief = codex.links.beliefs.find("B1", note_of("inbox/x.md", with_fields("domain: health")))
    assert belief is not None
    assert belief.agent == "theseus"


def test_a_belief_leads_to_its_heading() -> None:
    codex = codex_with()
    belief = codex.links.beliefs.find("B2", codex.notes[NotePath("inbox/queue/s.md")])
    assert belief is not None
    ids = {heading.text: heading.id for heading in codex.documents[belief.path].headings}
    assert belief.heading_id == ids["2. Data is care"]


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("B1-disconfirmation", "B1"),
        ("b2_support", "B2"),
        ("B2 evidence", "B2"),
        ("B12", "B12"),
        ("B1disconfirmation", None),
        ("B0-x", None),
        ("B100-x", None),
        ("vitamin-B1", None),
        ("B9-x", None),
        ("B", None),
    ],
)
def test_a_tag_may_speak_of_a_belief(tag: str, code: str | None) -> None:
    codex = codex_with()
    belief = codex.links.beliefs.of_tag(tag, codex.notes[NotePath("inbox/queue/s.md")])
    assert (belief and belief.code) == code


def test_a_code_in_a_text_leads_to_the_belief_and_stays_a_word_where_there_is_none() -> None:
    codex = codex_of({**FILES, "inbox/new.md": with_fields("domain: health", body="On B2, and on B9.\n")})
    note = codex.notes[NotePath("inbox/new.md")]
    belief = codex.links.beliefs.find("B2", note)
    assert belief is not None
    assert codex.destinations[note.path] == (
        Destination(Leads.NOTE, NotePath("agents/vida/beliefs.md"), belief.heading_id),
        Destination(Leads.NOWHERE),
    )
    assert edges_of(codex) == {(note.path, "mentions", belief.path)}
    assert codex.wanted == ()


def test_a_number_that_is_given_twice_means_the_first_and_a_long_title_is_cut() -> None:
    text = f"### 1. First\n\n### 1. Second\n\n### 2. {'x' * 300}\n"
    codex = codex_of({"agents/leo/beliefs.md": text, "agents/leo/a.md": "x"})
    beliefs = [
        codex.links.beliefs.find(code, codex.notes[NotePath("agents/leo/a.md")]) for code in ("B1", "B2")
    ]
    assert [belief and belief.title for belief in beliefs] == ["First", "x" * MAX_BELIEF_TITLE]


@pytest.mark.parametrize(
    "path", ["beliefs.md", "agents/beliefs.md", "docs/leo/beliefs.md", "agents/leo/x.md"]
)
def test_only_the_beliefs_file_of_an_agent_numbers_beliefs(path: str) -> None:
    codex = codex_of({path: "### 1. One\n", "agents/leo/a.md": with_fields("domain: d", "agent: leo")})
    assert codex.links.beliefs.find("B1", codex.notes[NotePath("agents/leo/a.md")]) is None


@pytest.mark.parametrize("root", ["", "docs/", "some/where/"])
def test_agents_may_live_in_any_folder(root: str) -> None:
    codex = codex_of({f"{root}agents/leo/Beliefs.md": "### 1. One\n", f"{root}agents/leo/deep/a.md": "x"})
    belief = codex.links.beliefs.find("B1", codex.notes[NotePath(f"{root}agents/leo/deep/a.md")])
    assert belief is not None
    assert belief.title == "One"
