"""What the script of the graph page draws, as one small file of plain lists."""

from __future__ import annotations

import json
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
    """Title, address, number of the kind, number of the domain's colour."""
    links: tuple[tuple[int, int, int], ...]
    """Subject, number of the relation, object; each said once."""


def graph_of(codex: Codex) -> Graph:
    """The graph of a codex. Notes without any link are left out: they would only be dust round it."""
    paths = tuple(path for path in codex.notes if codex.edges.get(path))
    number = {path: at for at, path in enumerate(paths)}
    kinds = {kind.name: at for at, kind in enumerate(KINDS)}
    nodes, groups = [], []
    for path in paths:
        note = codex.notes[path]
        domain = domain_of(codex, path)
        title = shorten(headline(note.title), MAX_TITLE)
        nodes.append((title, codex.permalinks[path], kinds[note.kind.name], domain.colour if domain else 0))
        groups.append(domain.permalink if domain else "")
    links = {
        (number[edge.subject], RELATIONS.index(edge.relation), number[edge.object])
        for path in paths
        for edge in codex.edges[path]
    }
    return Graph(paths, tuple(groups), tuple(nodes), tuple(sorted(links)))


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
        "hues": columns[3],
        "places": [round(part * SCALE) for place in places for part in place],
        "links": [part for link in graph.links for part in link],
    }
    # All but ASCII is written as escapes, so half a character in a file's name does no harm.
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def write_graph(text: str, site: Path) -> None:
    """Put the data where the page's script looks for them."""
    if text:
        target = site / GRAPH_FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "ascii")
