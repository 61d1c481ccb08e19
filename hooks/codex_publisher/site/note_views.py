"""A note's page as a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from codex_publisher.markdown.fill import Address, AddressKind, fill_links
from codex_publisher.model.addresses import attachment_address
from codex_publisher.model.codex import Codex, value_key
from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.document import Link, LinkForm
from codex_publisher.model.facets import (
    AGENT,
    AUTHOR,
    CONFIDENCE,
    DOMAIN,
    FORMAT,
    KIND,
    PRIORITY,
    STATUS,
    YEAR,
    Facet,
)
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.links import Destination, Leads
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem, Severity
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.wiki_links import plain_text
from codex_publisher.site.history import Change, History
from codex_publisher.site.listing import chips_of, headline, link_to, shorten, tag_chips
from codex_publisher.site.local_graph import local_graph
from codex_publisher.site.metadata import about
from codex_publisher.site.related import Related
from codex_publisher.site.relation_views import relation_groups
from codex_publisher.site.settings import Settings
from codex_publisher.site.urls import href
from codex_publisher.site.views import (
    Chip,
    Fact,
    LinkTo,
    Neighbours,
    NoteView,
    ProblemLine,
    Provenance,
)

MAX_FACT_LINKS: Final = 12
MAX_PROBLEMS: Final = 20
PICTURE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


def note_view(
    codex: Codex,
    note: Note,
    settings: Settings,
    history: History,
    neighbours: Neighbours | None,
    related: Related | None = None,
) -> NoteView:
    """Everything that the page of `note` shows."""
    permalink = codex.permalinks[note.path]
    document = codex.documents[note.path]
    found = codex.problems_of(note)
    problems = problem_lines(found, settings, MAX_PROBLEMS)
    return NoteView(
        permalink=permalink,
        title=headline(note.title),
        crumbs=_crumbs(codex, note),
        chips=_chips(codex, note),
        tags=tag_chips(codex, note),
        standfirst=note.description,
        facts=_facts(codex, note),
        body=filled_body(codex, note, permalink),
        headings=document.headings,
        relations=tuple(relation_groups(codex, note, settings.backlinks_per_group)),
        neighbours=neighbours,
        provenance=provenance(note, permalink, settings, history.last_change(note.path)),
        problems=problems,
        problem_count=len(found),
        problems_to=problems_address(permalink) if len(found) > MAX_PROBLEMS else "",
        notice=_notice(found),
        is_empty=not note.body.strip(),
        about=about(note, history.first_change(note.path), history.last_change(note.path)),
        related=related.of(note) if related else (),
        graph=local_graph(codex, note),
    )


def filled_body(codex: Codex, note: Note, permalink: str) -> str:
    """The note's body with its links leading where they lead, seen from the page at `permalink`."""
    document = codex.documents[note.path]
    pairs = zip(document.links, codex.destinations[note.path], strict=True)
    return fill_links(document.html, [_address(codex, link, to, permalink) for link, to in pairs])


def _address(codex: Codex, link: Link, to: Destination, permalink: str) -> Address:
    match to.leads:
        case Leads.NOTE:
            return Address(href(permalink, codex.permalinks[to.path], to.fragment), AddressKind.NOTE)
        case Leads.ATTACHMENT:
            # A PDF or a film shown as a picture would be a broken picture; as a link it opens.
            is_picture = to.path.lower().endswith(PICTURE_SUFFIXES)
            kind = (
                AddressKind.ATTACHMENT if is_picture or link.form is LinkForm.MARKDOWN else AddressKind.NOTE
            )
            return Address(href(permalink, attachment_address(to.path)), kind)
        case Leads.OUTWARD:
            return Address(to.url, AddressKind.OUTWARD)
        case Leads.WANTED:
            return Address("", AddressKind.WANTED)
        case Leads.BROKEN:
            return Address("", AddressKind.REFUSED, to.why)
        case Leads.NOWHERE:
            return Address("", AddressKind.PLAIN)


def _crumbs(codex: Codex, note: Note) -> tuple[LinkTo, ...]:
    crumbs = [LinkTo(note.kind.plural.capitalize(), f"{note.kind.plural}/")]
    if note.domain and (domain := codex.value(DOMAIN, note.domain)):
        crumbs.append(LinkTo(shorten(domain.label, 60), domain.permalink))
    return tuple(crumbs)


def _chips(codex: Codex, note: Note) -> tuple[Chip, ...]:
    chips = chips_of(codex, note, (KIND, STATUS, PRIORITY, CONFIDENCE, DOMAIN))
    if note.date and (year := codex.value(YEAR, str(note.date.year))):
        chips = (*chips, Chip("date", year.slug, note.date.words, year.permalink))
    return chips


def _facts(codex: Codex, note: Note) -> tuple[Fact, ...]:
    facts = [
        Fact("Author", _facet_links(codex, note, AUTHOR)),
        Fact("Source", (LinkTo(_host(note.url), outward=note.url),) if note.url else ()),
        Fact("Format", _facet_links(codex, note, FORMAT)),
        Fact("Agent" if note.kind is not SOURCE else "Processed by", _facet_links(codex, note, AGENT)),
        *(
            Fact(label, (LinkTo(_readable(value)),))
            for label, name in _TEXT_FACTS
            if isinstance(value := note.fields.get(name), str) and not _is_shown_already(note, name)
        ),
        Fact("Bears on", _belief_links(codex, note)),
        *_reference_facts(codex, note),
        Fact("Also called", tuple(LinkTo(shorten(alias, 200)) for alias in note.aliases[:MAX_FACT_LINKS])),
    ]
    return tuple(fact for fact in facts if fact.values)


_TEXT_FACTS: Final = (
    ("Evidence", "source"),
    ("Type", "entity_type"),
    ("Founded", "founded"),
    ("Processed", "processed_date"),
    ("Last evaluated", "last_evaluated"),
    ("Outcome", "outcome"),
    ("Time horizon", "time_horizon"),
    ("Judged by", "performance_criteria"),
    ("Part of the set", "linked_set"),
    ("Notes", "notes"),
)
"""Fields without an index of their own that a reader still wants to see."""


def _readable(value: str) -> str:
    try:
        date = parse_date(value)
    except ImpossibleDate as impossible:
        date = impossible.partial
    return date.words if date else shorten(plain_text(value), 300)


def _is_shown_already(note: Note, name: str) -> bool:
    return name == "source" and note.url != "" and note.fields.get("source") == note.url


def _facet_links(codex: Codex, note: Note, facet: Facet) -> tuple[LinkTo, ...]:
    chips = chips_of(codex, note, (facet,))
    return tuple(LinkTo(one.text, one.to) for one in chips[:MAX_FACT_LINKS])


def _host(url: str) -> str:
    return shorten(url.split("://", 1)[-1].removeprefix("www.").rstrip("/"), 60)


def _belief_links(codex: Codex, note: Note) -> tuple[LinkTo, ...]:
    beliefs = (codex.links.beliefs.of_tag(tag, note) for tag in note.tags)
    return tuple(
        LinkTo(f"{one.code}: {one.title}", codex.permalinks[one.path], one.heading_id)
        for one in dict.fromkeys(one for one in beliefs if one)
    )


_WANTED_FACTS: Final[Mapping[str, str]] = {
    "depends_on": "Rests on, not written yet",
    "claims_extracted": "Extracted, not written yet",
    "enrichments": "Enriched, not written yet",
    "enrichments_applied": "Enriched, not written yet",
    "challenged_by": "Disputed by, not written yet",
    "parent_entity": "Part of, not written yet",
}


def _reference_facts(codex: Codex, note: Note) -> Iterable[Fact]:
    """What the front matter names and nobody has written, and disputes that are told in prose."""
    wanted: dict[str, list[LinkTo]] = {}
    for reference, to in zip(note.references, codex.reference_destinations[note.path], strict=True):
        if to.leads is Leads.WANTED and reference.field in _WANTED_FACTS:
            wanted.setdefault(_WANTED_FACTS[reference.field], []).append(
                LinkTo(shorten(reference.text, 250), is_wanted=True)
            )
        elif to.leads is Leads.NOWHERE and reference.field == "challenged_by":
            wanted.setdefault("Disputed by", []).append(LinkTo(shorten(reference.target, 600)))
    for label, links in wanted.items():
        yield Fact(label, tuple(links[:MAX_FACT_LINKS]))


def provenance(note: Note, permalink: str, settings: Settings, change: Change | None) -> Provenance:
    """Where the note comes from, with links into its repository when that is known."""
    base = settings.repository
    place = f"{quote(settings.branch)}/{quote(settings.prefix + note.path, errors='surrogateescape')}"
    return Provenance(
        HIDDEN.sub("\ufffd", note.path),
        f"{permalink}index.md",
        change.date.words if change else "",
        change.author if change else "",
        change.commit[:7] if change else "",
        f"{base}/blob/{place}" if base else "",
        f"{base}/edit/{place}" if base else "",
        f"{base}/commit/{change.commit}" if base and change else "",
    )


def problems_address(permalink: str) -> str:
    """Where all problems of a note are told when there are too many for its page."""
    return f"{permalink}problems/"


def problem_lines(
    problems: Iterable[Problem], settings: Settings, limit: int | None = None
) -> tuple[ProblemLine, ...]:
    """Problems as they are told on a page, the most severe first; at most `limit`."""
    ordered = sorted(
        problems, key=lambda problem: (problem.severity.rank, problem.line, problem.column, problem.code)
    )
    return tuple(
        ProblemLine(
            problem.code,
            problem.severity.value,
            problem.message,
            problem.hint,
            problem.line,
            _line_url(problem, settings),
        )
        for problem in ordered[:limit]
    )


def _line_url(problem: Problem, settings: Settings) -> str:
    if not settings.repository:
        return ""
    place = f"{quote(settings.branch)}/{quote(settings.prefix + problem.path, errors='surrogateescape')}"
    return f"{settings.repository}/blob/{place}?plain=1#L{problem.line}"


def _notice(problems: Iterable[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not errors:
        return ""
    first = errors[0]
    others = len(errors) - 1
    more = f" There {'is' if others == 1 else 'are'} {others} more below." if others else ""
    return f"Line {first.line}: {first.message}{more}"


def neighbours_of(codex: Codex) -> Mapping[NotePath, Neighbours]:
    """For every note the newer and the older one of its domain, or of its kind where it has no domain."""
    found: dict[NotePath, Neighbours] = {}
    for facet in (KIND, DOMAIN):
        for value in codex.values(facet).values():
            label = value.label if facet is DOMAIN else codex.notes[value.notes[0]].kind.plural
            index = LinkTo(shorten(label, 60), value.permalink)
            members = [
                path for path in value.notes if facet is KIND or _is_primary(codex.notes[path], value.label)
            ]
            for newer, path, older in zip((None, *members), members, (*members[1:], None), strict=False):
                found[path] = Neighbours(
                    index,
                    link_to(codex, codex.notes[newer]) if newer else None,
                    link_to(codex, codex.notes[older]) if older else None,
                )
    return found


def _is_primary(note: Note, label: str) -> bool:
    return bool(note.domain) and value_key(note.domain) == value_key(label)
