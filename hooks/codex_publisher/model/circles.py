"""Circles in a graph, found in a time that grows with its arrows, and without recursion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=str)


def circles(graph: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """The groups of two nodes and more in which each leads to every other, all in the order of `graph`.

    `graph` gives for each node where its arrows lead. This is Tarjan's search for strongly connected
    components, with a stack of its own, since a chain of notes may be longer than Python may recurse.
    """
    order: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    open_nodes: list[Node] = []
    is_open: set[Node] = set()
    found: list[list[Node]] = []
    for start in graph:
        if start in order:
            continue
        path: list[tuple[Node, Iterator[Node]]] = []
        _enter(start, graph, order, lowest, open_nodes, is_open, path)
        while path:
            node, ahead = path[-1]
            following = next(ahead, None)
            if following is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    found.append(_close(node, open_nodes, is_open))
            elif following not in order:
                _enter(following, graph, order, lowest, open_nodes, is_open, path)
            elif following in is_open:
                lowest[node] = min(lowest[node], order[following])
    places = {node: place for place, node in enumerate(graph)}
    groups = [sorted(group, key=places.__getitem__) for group in found if len(group) > 1]
    return sorted(groups, key=lambda group: places[group[0]])


def _enter(
    node: Node,
    graph: Mapping[Node, Sequence[Node]],
    order: dict[Node, int],
    lowest: dict[Node, int],
    open_nodes: list[Node],
    is_open: set[Node],
    path: list[tuple[Node, Iterator[Node]]],
) -> None:
    order[node] = lowest[node] = len(order)
    open_nodes.append(node)
    is_open.add(node)
    path.append((node, iter(graph.get(node, ()))))


def _close(node: Node, open_nodes: list[Node], is_open: set[Node]) -> list[Node]:
    group = []
    while True:
        member = open_nodes.pop()
        is_open.discard(member)
        group.append(member)
        if member == node:
            return group
