"""The kinds of note that can be begun from a form: their fields, in order, and their sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codex_publisher.model.facets import AGENT, CONFIDENCES, DOMAIN, FORMAT, PRIORITIES, STATUSES, TAG, Facet
from codex_publisher.model.form_bodies import (
    BELIEF_BODY,
    CLAIM_BODY,
    CONVICTION_BODY,
    ENTITY_BODY,
    MAP_BODY,
    MUSING_BODY,
    POSITION_BODY,
    SECTOR_BODY,
    SOURCE_BODY,
)
from codex_publisher.model.kinds import (
    BELIEF,
    CLAIM,
    CONVICTION,
    ENTITY,
    MAP,
    MUSING,
    POSITION,
    SECTOR,
    SOURCE,
    Kind,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the front matter."""

    name: str
    help: str = ""
    """What it is, for whoever fills it in; empty for one that is filled in by itself."""
    is_needed: bool = False
    is_asked: bool = True
    """Whether a person at a terminal is asked for it; others are there for those who name them."""
    default: str = ""
    choices: tuple[str, ...] = ()
    """The only values it may have; empty for any."""
    facet: Facet | None = None
    """The facet whose values are completed from what the codex has."""
    is_list: bool = False
    is_quoted: bool = False
    """Whether it is prose, which is put in quotes whatever it holds."""
    is_date: bool = False
    fixed: str = ""
    """The value that every new note of the kind has."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a new note of a kind is made."""

    kind: Kind
    argument: Field
    """What the command takes without an option's name."""
    fields: tuple[Field, ...]
    """In the order of the front matter, the title among them where the kind keeps it there."""
    body: str
    """The text below the front matter, with `{heading}` and `{topic}` where these go."""
    next_step: str
    """What its writer does next: a sentence."""


TITLE: Final = Field("title", "its title", is_needed=True, is_quoted=True)
_TYPE: Final = Field("type")
_CREATED: Final = Field("created", is_date=True)
_DOMAIN: Final = Field("domain", "the field that it belongs to", is_needed=True, facet=DOMAIN)
_FURTHER: Final = Field(
    "secondary_domains", "a further field that it touches", facet=DOMAIN, is_list=True, is_asked=False
)
_TAGS: Final = Field("tags", "a topic", facet=TAG, is_list=True)
_AGENT: Final = Field("agent", "the agent whose note it is", is_needed=True, facet=AGENT)
_CONFIDENCE: Final = Field(
    "confidence", "how sure it is", is_needed=True, choices=CONFIDENCES, default="experimental"
)
_DESCRIPTION: Final = Field(
    "description", "one sentence that the title does not say already", is_needed=True, is_quoted=True
)
_DEPENDS_ON: Final = Field("depends_on", "a note that it rests on", is_list=True, is_asked=False)
_ACTIVE: Final = Field("status", fixed="active")

_STAKES: Final = ("high", "medium")
_RIPENESS: Final = ("seed", "developing", "ready-to-extract")
_AGES: Final = ("emerging", "growing", "mature", "consolidating", "declining")

FORMS: Final = (
    Form(
        SOURCE,
        Field("url", "its address, http or https"),
        (
            _TYPE,
            TITLE,
            Field("author", "who wrote it; commas between several", is_quoted=True),
            Field("url"),
            Field("date", "when it was published: 2026-03-12, 2026-03 or 2026", is_needed=True, is_date=True),
            _CREATED,
            _DOMAIN,
            _FURTHER,
            Field("format", "paper, essay, report, thread and so on", facet=FORMAT),
            Field("status", fixed=STATUSES[0]),
            Field("priority", "how soon it should be read", choices=PRIORITIES, default=PRIORITIES[1]),
            _TAGS,
        ),
        SOURCE_BODY,
        "Write under “Content” what the source says, and what you make of it under “Agent Notes”.",
    ),
    Form(
        CLAIM,
        Field("title", "the claim, as a whole sentence", is_needed=True),
        (
            _TYPE,
            _DOMAIN,
            _FURTHER,
            _DESCRIPTION,
            _CONFIDENCE,
            Field("source", "what it is drawn from, in words", is_quoted=True),
            _CREATED,
            _TAGS,
            _DEPENDS_ON,
        ),
        CLAIM_BODY,
        "Write below the heading why it holds, and link under “Evidence” what it rests on.",
    ),
    Form(
        BELIEF,
        Field("title", "what is believed, as a whole sentence", is_needed=True),
        (
            _TYPE,
            _AGENT,
            _DOMAIN,
            _DESCRIPTION,
            Field("confidence", "how sure the agent is, in a word", is_needed=True),
            _DEPENDS_ON,
            _CREATED,
            _ACTIVE,
            Field("tags", "a topic", facet=TAG, is_list=True, is_asked=False),
        ),
        BELIEF_BODY,
        "Write below the heading what is meant, and link under “Grounding” the claims that it rests on.",
    ),
    Form(
        POSITION,
        Field("title", "the forecast or commitment, as a whole sentence", is_needed=True),
        (
            _TYPE,
            _AGENT,
            _DOMAIN,
            _DESCRIPTION,
            _ACTIVE,
            Field("outcome", fixed="pending"),
            Field("confidence", "how sure the agent is, in a word", is_needed=True),
            _DEPENDS_ON,
            Field("time_horizon", "until when it runs", is_quoted=True),
            Field("performance_criteria", "by what it will be judged", is_quoted=True),
            _CREATED,
            Field("tags", "a topic", facet=TAG, is_list=True, is_asked=False),
        ),
        POSITION_BODY,
        "Link under “Reasoning Chain” what it rests on, and write under “Performance Criteria” what would "
        "prove it right or wrong.",
    ),
    Form(
        ENTITY,
        Field("title", "its name", is_needed=True),
        (
            _TYPE,
            Field("entity_type", "company, person, product and so on", is_needed=True),
            Field("name", is_quoted=True),
            _DOMAIN,
            _FURTHER,
            Field("website", "its address, http or https"),
            _ACTIVE,
            Field("tracked_by", "the agent who watches it", facet=AGENT),
            _CREATED,
            _TAGS,
        ),
        ENTITY_BODY,
        "Write under “Overview” what it is, and under “Timeline” what happened when.",
    ),
    Form(
        CONVICTION,
        Field("title", "what somebody stakes their name on, as a whole sentence", is_needed=True),
        (
            _TYPE,
            _DOMAIN,
            _FURTHER,
            _DESCRIPTION,
            Field("staked_by", "who stakes their name on it", is_needed=True, is_quoted=True),
            Field("stake", "how much is staked", is_needed=True, choices=_STAKES, default=_STAKES[1]),
            Field("horizon", "when it can be judged", is_quoted=True, is_asked=False),
            Field("falsified_by", "what would prove it wrong", is_quoted=True, is_asked=False),
            _CREATED,
        ),
        CONVICTION_BODY,
        "Write below the heading why it is believed.",
    ),
    Form(
        MUSING,
        Field("title", "what it is about", is_needed=True),
        (
            _TYPE,
            _AGENT,
            Field("domain", "the field that it belongs to", facet=DOMAIN, is_asked=False),
            Field("status", "how far it is", choices=_RIPENESS, default=_RIPENESS[0]),
            _CREATED,
            _TAGS,
        ),
        MUSING_BODY,
        "Think aloud: nothing in it has to be right yet. Begin a line with `CLAIM CANDIDATE:` where it comes "
        "to a claim.",
    ),
    Form(
        SECTOR,
        Field("title", "its name", is_needed=True),
        (
            _TYPE,
            Field("name", is_quoted=True),
            _DOMAIN,
            _FURTHER,
            _DESCRIPTION,
            Field("tracked_by", "the agent who watches it", is_needed=True, facet=AGENT),
            Field("status", "how old it is", is_needed=True, choices=_AGES, default=_AGES[0]),
            _CREATED,
            _TAGS,
        ),
        SECTOR_BODY,
        "Write under “Market Thesis” where it is heading, and link under “Player Map” who is in it.",
    ),
    Form(
        MAP,
        Field("title", "the topic that it leads through", is_needed=True),
        (
            _TYPE,
            Field("domain", "the field that it belongs to", facet=DOMAIN, is_asked=False),
            Field("description", "one sentence about what is in it", is_quoted=True),
            _CREATED,
        ),
        MAP_BODY,
        "Link under “Notes” what belongs to it, with a few words on each.",
    ),
)
"""One for each kind that can be begun."""
