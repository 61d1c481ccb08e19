"""What the script of the graph page draws, as one small file of plain lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import DOMAIN, FacetValue
from codex_publisher.model.graph import layout
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.relations import Relation
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.listing import headline, shorten

GRAPH_FILE: Final = "assets/codex-graph.json"
MAX_TITLE: Final = 160
MAX_NAME: Final = 40
RELATIONS: Final = tuple(Relation)
SCALE: Final = 10
"""Places are whole numbers of tenths."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Notes that are linked to at least one other, and the links between them. Plain data."""

    paths: tuple[NotePath, ...]
    groups: tuple[str, ...]
    """For each note its domain's address, or nothing."""
    nodes: tuple[tuple[str, str, int, int], ...]
    """Title, address, number of the kind, number of the domain or -1."""
    links: tuple[tuple[int, int, int], ...]
    """Subject, number of the relation, object; each said once."""
    domains: tuple[tuple[str, int], ...]
    """Name and colour, in the order of the page's list."""
    alone: tuple[tuple[str, str], ...] = ()
    """Title and address of each note without a link, so that a search can say why it is not drawn."""


def graph_of(codex: Codex) -> Graph:
    """The graph of a codex. Notes without any link are left out: they would only be dust round it."""
    paths = tuple(path for path in codex.notes if codex.edges.get(path))
    number = {path: at for at, path in enumerate(paths)}
    kinds = {kind.name: at for at, kind in enumerate(KINDS)}
    groups = tuple(domain.permalink if (domain := domain_of(codex, path)) else "" for path in paths)
    domains = domains_of(codex, groups)
    number_of = {domain.permalink: at for at, domain in enumerate(domains)}
    nodes = tuple(
        (*_named(codex, path), kinds[codex.notes[path].kind.name], number_of.get(group, -1))
        for path, group in zip(paths, groups, strict=True)
    )
    links = {
        (number[edge.subject], RELATIONS.index(edge.relation), number[edge.object])
        for path in paths
        for edge in codex.edges[path]
    }
    return Graph(
        paths,
        groups,
        nodes,
        tuple(sorted(links)),
        tuple((shorten(domain.label, MAX_NAME), domain.colour) for domain in domains),
        tuple(_named(codex, path) for path in codex.notes if not codex.edges.get(path)),
    )


def _named(codex: Codex, path: NotePath) -> tuple[str, str]:
    return shorten(headline(codex.notes[path].title), MAX_TITLE), codex.permalinks[path]


def domains_of(codex: Codex, groups: Iterable[str]) -> list[FacetValue]:
    """The domains that have notes in the picture, the largest first."""
    used = set(groups)
    return [value for value in codex.values(DOMAIN).values() if value.permalink in used]


def domain_of(codex: Codex, path: NotePath) -> FacetValue | None:
    """The domain that a note belongs to first of all."""
    name = codex.notes[path].domain
    return codex.value(DOMAIN, name) if name else None


def graph_json(graph: Graph) -> str:
    """The graph with a place for each note, as the page's script reads it."""
    places = layout(graph.paths, graph.groups, [(one, other) for one, _, other in graph.links])
    columns = list(zip(*graph.nodes, strict=True)) or [(), (), (), ()]
    data = {
        "titles": columns[0],
        "addresses": columns[1],
        "kinds": columns[2],
        "domainOf": columns[3],
        "domains": graph.domains,
        "places": [round(part * SCALE) for place in places for part in place],
        "links": [part for link in graph.links for part in link],
        "alone": {"titles": [one[0] for one in graph.alone], "addresses": [one[1] for one in graph.alone]},
    }
    # All but ASCII is written as escapes, so half a character in a file's name does no harm.
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def write_graph(text: str, site: Path) -> None:
    """Put the data where the page's script looks for them."""
    if text:
        target = site / GRAPH_FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "ascii")
