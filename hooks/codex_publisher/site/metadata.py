"""What a page tells machines about itself: Open Graph for cards, JSON-LD for search engines and programs.

Made of plain data, cleaned and escaped here, since titles and names are written by strangers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from codex_publisher.model.kinds import CLAIM, ENTITY, MAP, Kind
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note import Note
from codex_publisher.repository.git_log import Change
from codex_publisher.site.listing import shorten
from codex_publisher.site.views import HomeView, LinkTo, NoteAbout, NoteView, View

IMAGE: Final = "assets/images/codex-512.png"
MAX_TITLE: Final = 160
MAX_NAME: Final = 80
MAX_ADDRESS: Final = 300
"""Longer addresses are left out: half of one leads nowhere, and some run to thousands of characters."""
MAX_LISTED: Final = 4
MAX_TAGS: Final = 3
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104  # names, to be told apart
_TYPES: Final[Mapping[Kind, str]] = {CLAIM: "Claim", ENTITY: "CreativeWork", MAP: "CollectionPage"}
_IN_SCRIPT: Final = str.maketrans(
    {mark: f"\\u{ord(mark):04x}" for mark in ("<", ">", "&", "\u2028", "\u2029")}
)
Json = str | int | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of a site say alike."""

    name: str
    address: str
    """Where it is published, with a trailing slash; empty when that is nowhere that others can reach."""

    def whole(self, permalink: str) -> str:
        """The whole address of a page or a file; empty when the site has none."""
        return f"{self.address}{quote(permalink)}" if self.address else ""


def site_of(name: str, site_url: str | None) -> Site:
    """The site that MkDocs' settings speak of. Its name may be escaped already."""
    return Site(name.unescape() if isinstance(name, Markup) else name, public_address(site_url))


def public_address(site_url: str | None) -> str:
    """The address of a site as others reach it; empty for one on this machine."""
    try:
        host = urlsplit(site_url or "").hostname
    except ValueError:
        return ""
    return f"{(site_url or '').rstrip('/')}/" if host and host not in _LOCAL else ""


def about(note: Note, first: Change | None, last: Change | None) -> NoteAbout:
    """What a note's page tells machines besides what it shows."""
    published = note.date or (first.date if first else None)
    return NoteAbout(
        sort=_TYPES.get(note.kind, "Article"),
        authors=tuple(_name(author) for author in note.authors[:MAX_LISTED]),
        published=published.iso if published else "",
        modified=last.date.iso if last else "",
        tags=tuple(_name(tag) for tag in note.tags[:MAX_TAGS]),
        citation=note.url if len(note.url) <= MAX_ADDRESS and note.url.startswith("http") else "",
    )


def head_of(view: View, description: str, site: Site) -> str:
    """The HTML of a page's `<head>` that machines read."""
    lines = [_description(description), *(_property(*pair) for pair in open_graph(view, site))]
    lines.append(Markup('<meta name="twitter:card" content="summary">'))
    graph = json_ld(view, site)
    if graph:
        lines.append(Markup('<script type="application/ld+json">{}</script>').format(in_script(graph)))
    return "\n".join(lines)


def _description(text: str) -> str:
    # One element for both readings: `name` for search engines, `property` for cards.
    return Markup('<meta name="description" property="og:description" content="{}">').format(_clean(text))


def _property(name: str, content: str) -> str:
    return Markup('<meta property="{}" content="{}">').format(name, content)


def open_graph(view: View, site: Site) -> Iterable[tuple[str, str]]:
    """The properties of a page, as ogp.me names them; those that need whole addresses where there are any."""
    yield "og:title", _title(view.title)
    yield "og:type", "article" if isinstance(view, NoteView) else "website"
    yield "og:site_name", _name(site.name)
    if site.address:
        yield "og:url", site.whole(view.permalink)
        yield "og:image", site.whole(IMAGE)
    if isinstance(view, NoteView):
        if view.about.published:
            yield "article:published_time", view.about.published
        if view.about.modified:
            yield "article:modified_time", view.about.modified
        yield from (("article:tag", tag) for tag in view.about.tags)


def json_ld(view: View, site: Site) -> Json:
    """The page in the words of schema.org; empty where there is nothing to say."""
    graph: list[Json] = []
    if isinstance(view, NoteView):
        graph.append(_note(view, site))
    elif isinstance(view, HomeView):
        graph.append(_with({"@type": "WebSite", "name": _title(site.name)}, url=site.address))
    crumbs = () if isinstance(view, HomeView) else view.crumbs
    if site.address and crumbs:
        graph.append(_breadcrumbs(crumbs, site))
    return {"@context": "https://schema.org", "@graph": graph} if graph else {}


def _note(view: NoteView, site: Site) -> Json:
    told = view.about
    # Its own address is told by `og:url` and the canonical link already.
    named: dict[str, Json] = {"@type": told.sort, "headline": _title(view.title)}
    authors: list[Json] = [{"@type": "Person", "name": name} for name in told.authors]
    first = _related(view, "extracted-from", site)[:1]
    return _with(
        named,
        author=authors,
        datePublished=told.published,
        dateModified=told.modified,
        citation=told.citation,
        isBasedOn=_related(view, "rests-on", site),
        firstAppearance={"@type": "Article", "url": first[0]} if first and told.sort == "Claim" else "",
    )


def _related(view: NoteView, group: str, site: Site) -> list[Json]:
    items = (item for one in view.relations if one.id == group for item in one.items)
    addresses = (site.whole(item.to) for item in items)
    found: list[Json] = [address for address in addresses if address and len(address) <= MAX_ADDRESS]
    return found[:MAX_LISTED]


def _breadcrumbs(crumbs: Iterable[LinkTo], site: Site) -> Json:
    trail = list(crumbs)
    # A trail has two steps at least; the shorter, the better, for it stands on every page.
    steps: list[Json] = [
        {"@type": "ListItem", "position": number, "name": _name(crumb.text), "item": site.whole(crumb.to)}
        for number, crumb in enumerate(trail if len(trail) > 1 else [LinkTo("Home", ""), *trail], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _with(known: dict[str, Json], **more: Json) -> Json:
    return {**known, **{name: value for name, value in more.items() if value}}


def in_script(value: Json) -> Markup:
    """JSON that no text in it can break out of: it holds no `<`, and so neither ends nor opens anything."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_IN_SCRIPT))  # noqa: S704  # nothing is left in it that HTML knows


def _clean(text: str) -> str:
    return " ".join(HIDDEN.sub(" ", text).split())


def _title(text: str) -> str:
    return shorten(_clean(text), MAX_TITLE)


def _name(text: str) -> str:
    return shorten(_clean(text), MAX_NAME)
