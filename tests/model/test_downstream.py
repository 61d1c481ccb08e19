"""What rests on a note, directly or through others."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.codex import Codex
from codex_publisher.model.downstream import MAX_STEPS, chains_above
from codex_publisher.model.slugs import NotePath
from support.sites import codex_of


def codex_where(**rests_on: list[str]) -> Codex:
    """A codex of claims, each with what it depends on."""
    return codex_of(
        {
            f"claims/{name}.md": f"---\ntype: claim\ndepends_on: [{', '.join(grounds)}]\n---\n\nText.\n"
            for name, grounds in rests_on.items()
        }
    )


def above(codex: Codex, *names: str) -> list[str]:
    chains = chains_above(codex, [NotePath(f"claims/{name}.md") for name in names])
    return [
        "".join(path.removeprefix("claims/").removesuffix(".md") for path in chain.notes) for chain in chains
    ]


def test_what_rests_on_a_note_through_others_comes_with_the_way_down() -> None:
    codex = codex_where(a=[], b=["a"], c=["b"], d=["b", "a"])
    assert above(codex, "a") == ["ba", "da", "cba"]
    assert above(codex, "b") == ["cb", "db"]
    assert above(codex, "c") == []


def test_what_a_note_names_as_evidence_it_rests_on() -> None:
    codex = codex_of(
        {"claims/a.md": "A.", "claims/b.md": "B.\n\n## Evidence\n\n- [[a]]\n", "claims/c.md": "[[a]]"}
    )
    assert above(codex, "a") == ["ba"]


def test_a_circle_comes_to_an_end() -> None:
    codex = codex_where(a=["c"], b=["a"], c=["b"], d=["d"])
    assert above(codex, "a") == ["ba", "cba"]
    assert above(codex, "d") == []


def test_of_several_changed_notes_the_nearest_is_named() -> None:
    codex = codex_where(a=[], b=["a"], c=["b"])
    assert above(codex, "a", "b") == ["cb"]


def test_a_chain_has_an_end() -> None:
    names = [chr(ord("a") + n) for n in range(20)]
    codex = codex_where(**{name: names[n - 1 : n] for n, name in enumerate(names)})
    assert len(above(codex, "a")) == MAX_STEPS


graphs = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3, unique=True), min_size=1
)


@settings(deadline=None)
@given(graphs)
def test_every_step_of_a_chain_is_stated_and_no_note_is_told_twice(graph: dict[str, list[str]]) -> None:
    codex = codex_where(**graph)
    chains = above(codex, min(graph))
    assert len({chain[0] for chain in chains}) == len(chains)
    for chain in chains:
        assert chain[-1] == min(graph)
        for upper, lower in pairwise(chain):
            assert lower in graph[upper]
