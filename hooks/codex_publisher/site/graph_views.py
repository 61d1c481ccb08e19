"""The graph page as a view: what its script can switch, and the picture's facts in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import DOMAIN
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.relations import Relation
from codex_publisher.site.graph_data import RELATIONS, Graph, domains_of, graph_of
from codex_publisher.site.listing import count_of, link_to, shorten
from codex_publisher.site.views import GraphView, Linked, LinkTo, ValueRow

GRAPH: Final = LinkTo("Graph", "graph/")
MAX_LINKED: Final = 25
MAX_CROSSINGS: Final = 20
MAX_DOMAINS: Final = 24
WORDS: Final = {
    Relation.DEPENDS_ON: ("Rests on", "rests on {}", "{} rest on it"),
    Relation.CHALLENGED_BY: ("Disputed by", "disputed by {}", "disputes {}"),
    Relation.SUPPORTS: ("Supports", "supports {}", "supported by {}"),
    Relation.EXTRACTED_FROM: ("Extracted from", "extracted from {}", "{} extracted from it"),
    Relation.ENRICHES: ("Enriches", "enriches {}", "enriched by {}"),
    Relation.PART_OF: ("Part of", "part of {}", "contains {}"),
    Relation.MENTIONS: ("Mentions", "mentions {}", "mentioned by {}"),
}
"""Each relation as the legend calls it, and as a count of links out of a note and into it."""


def graph_view(codex: Codex) -> GraphView:
    """The page of the whole graph."""
    graph = graph_of(codex)
    drawn = len(graph.paths)
    kinds = sorted({node[2] for node in graph.nodes})
    relations = sorted({link[1] for link in graph.links})
    domains = domains_of(codex, graph.groups)
    return GraphView(
        GRAPH.to,
        GRAPH.text,
        (LinkTo("Browse", "browse/"),),
        _summary(drawn, len(graph.links), len(codex.notes) - drawn),
        tuple((str(number), KINDS[number].plural.capitalize()) for number in kinds),
        tuple((str(number), WORDS[RELATIONS[number]][0]) for number in relations),
        tuple(
            ValueRow(
                shorten(value.label, 60),
                value.permalink,
                graph.groups.count(value.permalink),
                "domain",
                value.slug,
                value.colour,
            )
            for value in domains[:MAX_DOMAINS]
        ),
        _most_linked(codex, graph),
        f"The {count_of(min(drawn, MAX_LINKED), 'note')} with the most links, of {drawn:,} with any.",
        _crossings(codex, graph),
        "" if drawn else "No note links to another yet. Write [[the title of a note]] in another one.",
    )


def _summary(drawn: int, links: int, left_out: int) -> str:
    said = f"{count_of(drawn, 'note')} and {count_of(links, 'link')} between them."
    if left_out:
        verb = "is" if left_out == 1 else "are"
        said += f" {count_of(left_out, 'note')} without a link to or from another {verb} not drawn."
    return said


def _most_linked(codex: Codex, graph: Graph) -> tuple[Linked, ...]:
    out: dict[int, Counter[int]] = defaultdict(Counter)
    into: dict[int, Counter[int]] = defaultdict(Counter)
    total: Counter[int] = Counter()
    for subject, relation, object_ in graph.links:
        out[subject][relation] += 1
        into[object_][relation] += 1
        total.update((subject, object_))
    most = sorted(total, key=lambda node: (-total[node], graph.paths[node]))[:MAX_LINKED]
    return tuple(
        Linked(
            link_to(codex, codex.notes[graph.paths[node]]),
            count_of(total[node], "link"),
            ", ".join(
                WORDS[name][way].format(f"{counts[number]:,}")
                for number, name in enumerate(RELATIONS)
                for way, counts in ((1, out[node]), (2, into[node]))
                if counts[number]
            ),
        )
        for node in most
    )


def _crossings(codex: Codex, graph: Graph) -> tuple[tuple[LinkTo, LinkTo, int], ...]:
    """Pairs of domains by the number of links between them, the most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for subject, _, object_ in graph.links:
        one, other = sorted((graph.groups[subject], graph.groups[object_]))
        if one and one != other:
            counts[one, other] += 1
    labels = {value.permalink: shorten(value.label, 60) for value in codex.values(DOMAIN).values()}
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_CROSSINGS]
    return tuple(
        (LinkTo(labels[one], one), LinkTo(labels[other], other), count) for (one, other), count in most
    )
