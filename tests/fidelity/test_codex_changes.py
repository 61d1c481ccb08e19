"""What stays true of a codex whose notes come, go and change their names."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codex_publisher.model.addresses import permalinks
from codex_publisher.model.codex import Codex
from codex_publisher.model.links import Leads
from codex_publisher.model.slugs import NotePath
from support.notes import edges_of, note_of
from support.sites import codex_of

FOLDERS = (
    "claims",
    "domains/sleep",
    "inbox/queue",
    "entities",
    "maps",
    "agents/iris/beliefs",
    "notes",
    "notes/deep",
)
STEMS = (
    "naps help",
    "Naps Help",
    "naps-help",
    "_map",
    "index",
    "a",
    "b",
    "caf\u00e9",
    "cafe\u0301",
    "x" * 120,
)
LINKS = ("[[{}]]", "[[{}|words]]", "![[{}]]", "[words]({}.md)", "[[{}#Head]]", "[words](<../{}.md>)")
FIELDS = (
    "depends_on: ['[[{}]]']",
    "challenged_by: '{}'",
    "aliases: ['{}']",
    "title: '{}'",
    "claims_extracted: ['{}.md']",
)
KINDS = ("claim", "source", "page", "map", "")

_PATHS = st.builds(
    lambda folder, stem: f"{folder}/{stem}.md", st.sampled_from(FOLDERS), st.sampled_from(STEMS)
)
_NAMES = st.sampled_from((*STEMS, "claims/a", "notes/deep/b", "nobody", "Wanted Note"))
_LINES = st.builds(str.format, st.sampled_from(LINKS), _NAMES)
_FRONT = st.lists(
    st.builds(str.format, st.sampled_from(FIELDS), _NAMES), max_size=2, unique_by=lambda line: line[:5]
)
_NOTES = st.builds(
    lambda kind, front, lines: "\n".join(["---", f"type: {kind}", *front, "---", "# Head", "", *lines, ""]),
    st.sampled_from(KINDS),
    _FRONT,
    st.lists(_LINES, max_size=4),
)
_CODICES = st.dictionaries(_PATHS, _NOTES, min_size=1, max_size=8)
_SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _is_sound(codex: Codex) -> None:
    """Links, backlinks, wanted notes and addresses agree with each other."""
    ids = {path: {heading.id for heading in document.headings} for path, document in codex.documents.items()}
    ids = {path: ids[path] | {f"n-block-{name}" for name in codex.documents[path].block_ids} for path in ids}
    wanted = 0
    for path, note in codex.notes.items():
        assert len(codex.destinations[path]) == len(codex.documents[path].links)
        assert len(codex.reference_destinations[path]) == len(note.references)
        for to in (*codex.destinations[path], *codex.reference_destinations[path]):
            wanted += to.leads is Leads.WANTED
            if to.leads is Leads.NOTE:
                assert to.path in codex.notes
                assert not to.fragment or to.fragment in ids[to.path]
            else:
                assert to.leads is not Leads.BROKEN or to.why
    assert sum(len(one.wanted_by) for one in codex.wanted) == wanted
    for path, edges in codex.edges.items():
        for edge in edges:
            assert path in (edge.subject, edge.object)
            assert edge in codex.edges[edge.other_end(path)], "a link without its backlink"
    addresses = [address.casefold() for address in codex.permalinks.values()]
    assert len(set(addresses)) == len(codex.notes)


def _links(codex: Codex) -> Counter[tuple[str, str]]:
    """How often each note links to another."""
    found: Counter[tuple[str, str]] = Counter()
    for path in codex.notes:
        for to in (*codex.destinations[path], *codex.reference_destinations[path]):
            if to.leads is Leads.NOTE and to.path != path:
                found[path, to.path] += 1
    return found


@_SETTINGS
@given(_CODICES)
def test_a_codex_agrees_with_itself(files: dict[str, str]) -> None:
    codex = codex_of(files)
    _is_sound(codex)
    linked = {frozenset(pair) for pair in _links(codex)}
    related = {frozenset((subject, other)) for subject, _, other in edges_of(codex)}
    assert linked == related, "what links says, and what backlinks say"


@_SETTINGS
@given(_CODICES, _PATHS, _NOTES)
def test_another_note_changes_no_address_but_those_of_its_namesakes(
    files: dict[str, str], path: str, text: str
) -> None:
    before = codex_of(files)
    after = codex_of({**files, path: text})
    _is_sound(after)
    mine = NotePath(path)
    usual = permalinks([note_of(path, text)])[mine]
    for other in before.notes:
        if other == mine or before.permalinks[other] == after.permalinks[other]:
            continue
        # It had the address that both want, and stands behind the new one in the order of paths.
        assert permalinks([before.notes[other]])[other].casefold() == usual.casefold()
        assert mine < other


@_SETTINGS
@given(_CODICES, st.data())
def test_a_note_that_goes_leaves_wanted_notes_and_no_dead_links(
    files: dict[str, str], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(sorted(files)))
    left = codex_of({path: text for path, text in files.items() if path != gone})
    _is_sound(left)
    before = _links(codex_of(files))
    for (path, target), number in _links(left).items():
        assert target != gone
        # A link that led to what has gone may lead to its namesake now; no other changes.
        assert number == before[path, target] or before[path, gone] > 0


@_SETTINGS
@given(_CODICES, st.data())
def test_a_note_that_moves_between_folders_of_its_kind_keeps_its_address(
    files: dict[str, str], data: st.DataObject
) -> None:
    moved = data.draw(st.sampled_from(sorted(files)))
    stem = "only one of this name"
    source = "---\ntype: source\n---\nText.\n"
    rest = {path: text for path, text in files.items() if path != moved}
    old, new = NotePath(f"inbox/queue/{stem}.md"), NotePath(f"inbox/archive/deep/{stem}.md")
    before, after = codex_of({**rest, old: source}), codex_of({**rest, new: source})
    assert before.permalinks[old] == after.permalinks[new]
    assert all(before.permalinks[NotePath(path)] == after.permalinks[NotePath(path)] for path in rest)


@_SETTINGS
@given(_CODICES, st.data())
def test_the_order_in_which_notes_are_found_does_not_matter(
    files: dict[str, str], data: st.DataObject
) -> None:
    other = codex_of(dict(data.draw(st.permutations(sorted(files.items())))))
    codex = codex_of(files)
    assert codex.permalinks == other.permalinks
    assert _links(codex) == _links(other)
    assert codex.problems == other.problems
