"""How a note that is wanted would be begun: as which kind, in which file, with which text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.connected import Wanted
from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.discovery import would_be_note
from codex_publisher.model.drafts import DraftError, compose, tidy_title
from codex_publisher.model.facets import AGENT, DOMAIN, Facet
from codex_publisher.model.forms import FORMS, Form
from codex_publisher.model.habits import UsualFolders, UsualTopics, usual_style
from codex_publisher.model.kinds import CLAIM, ENTITY, KINDS, MAP, PAGE, SOURCE, Kind, kind_of_folder
from codex_publisher.model.links import WantedBy
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note_names import SUFFIX, fault_of_stem, stem_of
from codex_publisher.model.relations import Relation
from codex_publisher.model.slugs import NotePath, fold

MOST_WORDS_OF_A_LABEL: Final = 3
"""In so few words hardly anything can be claimed; they name something."""
_DATED: Final = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)[-_ ]+(?=\S)", re.ASCII)
_WORD_MARKS: Final = re.compile(r"[-_]+")
_FORM_OF: Final = {form.kind: form for form in FORMS if form.kind is not MAP}
"""A map is made by somebody who has notes to put into it, not because a note names it as its topic."""
_ARGUED: Final = (Relation.DEPENDS_ON, Relation.SUPPORTS, Relation.CHALLENGED_BY, Relation.ENRICHES)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A note that might be written."""

    form: Form
    path: NotePath
    title: str
    text: str


class Beginnings:
    """Begins notes as `codex new` does, by the habits of the codex, which are asked for once."""

    def __init__(
        self, codex: Codex, today: date, only: Sequence[NotePath] = (), skipped: Iterable[str] = ()
    ) -> None:
        """Take the codex, the folders that hold its notes (none for all), and those that hold none."""
        self._codex = codex
        self._today = today
        self._only = only
        self._skipped = tuple(f"{folder}/" for folder in skipped)
        self._folders = cache(lambda kind: UsualFolders(codex, kind, only))
        self._style = cache(lambda kind: usual_style(codex, kind))
        self._topics = cache(lambda kind: UsualTopics(codex, kind))

    def of(self, wanted: Wanted) -> Beginning | None:
        """The note that a link hopes for; None when nobody can tell, or no file can be called so."""
        form = _FORM_OF.get(kind_meant(wanted))
        if form is None:
            return None
        try:
            return self._begin(form, wanted)
        except DraftError:
            return None

    def _begin(self, form: Form, wanted: Wanted) -> Beginning | None:
        day, words = _parted(wanted.title) if form.kind is SOURCE else (None, wanted.title)
        title = tidy_title(_as_title(words, form.kind))
        values = {field.name: [field.default] for field in form.fields if field.default}
        domain, agent = (self._commonest(facet, wanted) for facet in (DOMAIN, AGENT))
        values |= {"domain": [domain], "agent": [agent], "date": [day.iso if day else ""]}
        stem = stem_of(title, self._style(form.kind), day)
        if fold(stem) != fold(wanted.title) and not fault_of_stem(wanted.title):
            stem = wanted.title
        # Whoever links to it has to find it; what has no letters is found by nobody.
        if not fold(wanted.title) or fold(wanted.title) not in (fold(stem), fold(title)):
            return None
        folder = self._folders(form.kind).find(domain, agent)
        path = NotePath(f"{folder}/{stem}{SUFFIX}" if folder else f"{stem}{SUFFIX}")
        if not self._is_free(path):
            return None
        topic = self._topics(form.kind).find(domain) if domain else ""
        note = compose(form, path, title, values, self._today, topic, with_blanks=True)
        return Beginning(form, path, title, note.digest_source.decode())

    def _is_free(self, path: NotePath) -> bool:
        return (
            would_be_note(path, self._only)
            and not path.startswith(self._skipped)
            and not HIDDEN.search(path)
            and path not in self._codex.notes
        )

    def _commonest(self, facet: Facet, wanted: Wanted) -> str:
        """The value that most of the notes have that want it, as the codex spells it."""
        notes = (self._codex.notes[path] for path in dict.fromkeys(place.path for place in wanted.wanted_by))
        values = (self._codex.value(facet, one) for note in notes for one in facet.values_of(note)[:1])
        counts = Counter(value.label for value in values if value)
        return min(counts, key=lambda label: (-counts[label], label), default="")


def kind_meant(wanted: Wanted) -> Kind:
    """The kind that it probably has: by a date in its name, its folder, what links to it, else its length."""
    if _DATED.match(wanted.title):
        return SOURCE
    votes = Counter(filter(None, map(_kind_of_folder, wanted.wanted_by)))
    votes = votes or Counter(filter(None, map(_kind_of_statement, wanted.wanted_by)))
    if votes:
        return min(votes, key=lambda kind: (-votes[kind], KINDS.index(kind)))
    return ENTITY if len(_WORD_MARKS.sub(" ", wanted.title).split()) <= MOST_WORDS_OF_A_LABEL else CLAIM


def _kind_of_folder(place: WantedBy) -> Kind | None:
    """The kind that the path in a link means; a link by name alone means none."""
    parts = [part for part in place.target.split("/") if part not in ("", ".", "..")]
    folders, name = parts[:-1], "".join(parts[-1:])
    kind = kind_of_folder(folders, name.removesuffix(SUFFIX))
    return kind if folders or kind is not PAGE else None


def _kind_of_statement(place: WantedBy) -> Kind | None:
    statement = place.statement
    if statement.relation in _ARGUED:
        return CLAIM
    if statement.relation is Relation.EXTRACTED_FROM:
        return SOURCE if statement.is_subject else CLAIM
    if statement.relation is Relation.PART_OF and statement.is_subject:
        return ENTITY if place.place == "parent_entity" else MAP
    return None


def _parted(name: str) -> tuple[PartialDate | None, str]:
    """The date at the beginning of a source's name, and the rest."""
    found = _DATED.match(name)
    if found is None:
        return None, name
    try:
        day = parse_date(found[1])
    except ImpossibleDate as impossible:
        day = impossible.partial
    return day, name[found.end() :]


def _as_title(name: str, kind: Kind) -> str:
    """A name as words; what is called so by a title already stays as it is."""
    if " " in name:
        return name
    words = _WORD_MARKS.sub(" ", name).split()
    if kind is ENTITY:
        return " ".join(word[:1].upper() + word[1:] for word in words)
    text = " ".join(words)
    return text[:1].upper() + text[1:] if kind is SOURCE else text
