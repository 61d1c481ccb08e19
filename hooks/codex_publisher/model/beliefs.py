"""Belief codes: `B2` in a domain's notes means the second belief of that domain's agent."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.document import Document
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, fold

_NUMBERED: Final = re.compile(r"^(\d{1,2})[.)]\s+(.+)$")
_TAG_CODE: Final = re.compile(r"^B([1-9]\d?)(?:[-_ ]|$)", re.IGNORECASE)
MAX_BELIEF_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Belief:
    """A numbered belief of an agent."""

    code: str
    title: str
    agent: str
    path: NotePath
    heading_id: str


class BeliefCodes:
    """Finds the belief that a code means, by the domain of the note that uses it."""

    def __init__(self, notes: Iterable[Note], documents: Mapping[NotePath, Document]) -> None:
        """Read the agents' numbered beliefs and find out which agent keeps which domain."""
        notes = list(notes)
        self._of_agent: dict[str, dict[str, Belief]] = {}
        for note in notes:
            if (agent := agent_of_beliefs_file(note.path)) is not None:
                self._of_agent[fold(agent)] = _numbered_beliefs(
                    note, agent, documents.get(note.path, Document(""))
                )
        self._agent_of_domain = _agents_of_domains(notes, self._of_agent.keys())

    def is_same(self, other: BeliefCodes) -> bool:
        """Whether each code means the same belief in both."""
        ours, theirs = (self._of_agent, self._agent_of_domain), (other._of_agent, other._agent_of_domain)
        return ours == theirs

    def find(self, code: str, note: Note) -> Belief | None:
        """The belief that `code` (such as `B4`) means in this note.

        A note in an agent's own folder means that agent's beliefs; any other its primary domain's agent's.
        """
        parts = note.path.split("/")
        own = parts[parts.index("agents") + 1] if "agents" in parts[:-2] else ""
        agent = fold(own) if fold(own) in self._of_agent else self._agent_of_domain.get(fold(note.domain), "")
        return self._of_agent.get(agent, {}).get(code.upper())

    def of_tag(self, tag: str, note: Note) -> Belief | None:
        """The belief that a tag such as `B1-disconfirmation` speaks of."""
        match = _TAG_CODE.match(tag)
        return self.find(f"B{match[1]}", note) if match else None


def agent_of_beliefs_file(path: NotePath) -> str | None:
    """The agent whose numbered beliefs a file `agents/<name>/beliefs.md` holds; None for any other file."""
    parts = path.split("/")
    is_one = len(parts) >= 3 and parts[-3] == "agents" and parts[-1].casefold() == "beliefs.md"
    return parts[-2] if is_one else None


def _numbered_beliefs(note: Note, agent: str, document: Document) -> dict[str, Belief]:
    beliefs: dict[str, Belief] = {}
    for heading in document.headings:
        if match := _NUMBERED.match(heading.text):
            code = f"B{int(match[1])}"
            belief = Belief(code, match[2][:MAX_BELIEF_TITLE], agent, note.path, heading.id)
            beliefs.setdefault(code, belief)
    return beliefs


def _agents_of_domains(notes: Iterable[Note], agents: Iterable[str]) -> Mapping[str, str]:
    """For each domain the agent with numbered beliefs that is named most often in its notes."""
    known = frozenset(agents)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        if not note.domain:
            continue
        weight = 100 if "agents/" in note.path else 1
        for agent in note.agents:
            if fold(agent) in known:
                votes[fold(note.domain)][fold(agent)] += weight
    return {
        domain: min(counts.items(), key=lambda item: (-item[1], item[0]))[0]
        for domain, counts in votes.items()
    }
