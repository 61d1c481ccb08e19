"""Circles are found whole, each once, however long they are."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.circles import circles

GRAPHS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), max_size=4), max_size=8
)


def test_each_circle_is_found_once_in_the_order_of_the_nodes() -> None:
    graph = {"a": ["b"], "b": ["c", "a"], "c": ["d"], "d": ["e"], "e": ["f"], "f": ["d"], "g": ["g"]}
    assert circles(graph) == [["a", "b"], ["d", "e", "f"]]


def test_what_only_leads_to_a_circle_or_away_from_it_is_no_part_of_it() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": []}) == [["b", "c"]]


@settings(deadline=None)
@given(graph=GRAPHS)
def test_two_nodes_are_in_one_circle_exactly_if_each_leads_to_the_other(graph: dict[str, list[str]]) -> None:
    nodes = sorted({*graph, *itertools.chain(*graph.values())})
    graph = {node: graph.get(node, []) for node in nodes}
    reach = {node: set(graph[node]) for node in nodes}
    for middle, start in itertools.product(nodes, nodes):
        if middle in reach[start]:
            reach[start] |= reach[middle]
    together = {
        (one, other)
        for one, other in itertools.permutations(nodes, 2)
        if other in reach[one] and one in reach[other]
    }
    found = {pair for group in circles(graph) for pair in itertools.permutations(group, 2)}
    assert found == together


def test_a_chain_and_a_circle_of_many_thousands_are_no_matter_of_depth() -> None:
    many = 20_000
    chain = {str(number): [str(number + 1)] for number in range(many)}
    assert circles(chain) == []
    assert [len(group) for group in circles({**chain, str(many): ["0"]})] == [many + 1]
