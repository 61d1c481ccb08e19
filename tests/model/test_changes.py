"""What differs between two states of a codex."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.changes import changes_between, problem_changes, problems_to_tell
from codex_publisher.model.codex import Codex
from codex_publisher.model.slugs import NotePath
from support.sites import codex_of

CLAIM = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: d\n---\n\n"


def paths(*names: str) -> tuple[NotePath, ...]:
    return tuple(map(NotePath, names))


def test_notes_that_came_changed_and_went_are_told_apart() -> None:
    then = codex_of({"a.md": "a", "b.md": "b", "c.md": "some words"})
    now = codex_of({"a.md": "a", "b.md": "other", "d.md": "quite another text"})
    changes = changes_between(then, now)
    assert changes.added == paths("d.md")
    assert changes.changed == paths("b.md")
    assert changes.removed == paths("c.md")
    assert not changes.renamed
    assert changes.touched == frozenset(paths("b.md", "d.md"))


def test_nothing_changed_is_nothing() -> None:
    assert not changes_between(codex_of({"a.md": "a\n"}), codex_of({"a.md": "a\r\n"}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("inbox/queue/x.md", "one"), ("inbox/archive/y.md", "one")),
        (("inbox/queue/x.md", "---\nstatus: unprocessed\n---\n"), ("inbox/archive/x.md", "wholly different")),
        (
            ("claims/naps help.md", "old words"),
            ("claims/naps mend.md", "---\naliases: [naps help]\n---\nnew words"),
        ),
        (("claims/naps help.md", "one\ntwo\nthree\n"), ("claims/naps mend.md", "one\ntwo\nfour\n")),
    ],
    ids=["its content", "its name", "its alias", "its text"],
)
def test_a_note_under_a_new_path_is_known_by(old: tuple[str, str], new: tuple[str, str]) -> None:
    changes = changes_between(codex_of(dict([old])), codex_of(dict([new])))
    assert changes.renamed == {new[0]: old[0]}
    assert not changes.added
    assert not changes.removed
    assert changes.was(NotePath(new[0])) == old[0]


def test_notes_that_are_alike_in_nothing_are_not_the_same() -> None:
    changes = changes_between(codex_of({"claims/a.md": "one\ntwo"}), codex_of({"claims/b.md": "three\nfour"}))
    assert (changes.added, changes.removed) == (paths("claims/b.md"), paths("claims/a.md"))


def test_two_notes_of_one_name_are_not_guessed_at() -> None:
    then = codex_of({"a/x.md": "one thing", "b/x.md": "another thing"})
    now = codex_of({"c/x.md": "third"})
    changes = changes_between(then, now)
    assert changes.added == paths("c/x.md")
    assert changes.removed == paths("a/x.md", "b/x.md")


def told(then: Codex, now: Codex) -> tuple[list[str], list[str]]:
    found = problem_changes(then, now, changes_between(then, now))
    introduced, mended = (
        [f"{one.path}:{one.line} {one.code}" for one in problems if one.code == "L101"]
        for problems in (found.introduced, found.mended)
    )
    return introduced, mended


def test_a_problem_that_moved_with_its_line_is_neither_new_nor_mended() -> None:
    then = codex_of({"claims/a.md": f"{CLAIM}See [[nowhere]].\n"})
    now = codex_of({"claims/a.md": f"{CLAIM}More.\n\nStill more.\n\nSee [[nowhere]].\n"})
    assert told(then, now) == ([], [])


def test_the_new_one_of_two_like_problems_is_told_by_its_line() -> None:
    then = codex_of({"claims/a.md": f"{CLAIM}See [[nowhere]].\n"})
    now = codex_of({"claims/a.md": f"{CLAIM}First [[nowhere]].\n\nSee [[nowhere]].\n"})
    assert told(then, now) == (["claims/a.md:8 L101"], [])
    assert told(now, then) == ([], ["claims/a.md:8 L101"])


def test_a_link_elsewhere_that_a_removal_broke_is_new() -> None:
    files = {"claims/a.md": f"{CLAIM}See [[b]].\n", "claims/b.md": f"{CLAIM}Text.\n"}
    then, now = codex_of(files), codex_of({"claims/a.md": files["claims/a.md"]})
    assert told(then, now) == (["claims/a.md:8 L101"], [])
    assert told(now, then) == ([], ["claims/a.md:8 L101"])


def test_a_moved_note_takes_its_problems_along() -> None:
    text = f"{CLAIM}See [[nowhere]].\n"
    assert told(codex_of({"claims/a.md": text}), codex_of({"claims/deep/a.md": text})) == ([], [])


def test_what_is_to_be_mended_is_all_of_edited_notes_and_what_came_elsewhere() -> None:
    old = {
        "claims/a.md": f"{CLAIM}See [[nowhere]].\n",
        "claims/b.md": f"{CLAIM}See [[never]] and [[c]].\n",
        "claims/c.md": f"{CLAIM}See [[zebras]].\n",
        "claims/d.md": f"{CLAIM}See [[walruses]].\n",
    }
    new = {
        "claims/a.md": f"{CLAIM}More. See [[nowhere]].\n",
        "claims/b.md": old["claims/b.md"],
        "claims/deep/d.md": old["claims/d.md"],
    }
    then, now = codex_of(old), codex_of(new)
    changes = changes_between(then, now)
    assert changes.edited == set(paths("claims/a.md"))
    assert changes.only_moved == set(paths("claims/deep/d.md"))
    found = [(one.path, one.message) for one in problems_to_tell(then, now, changes) if one.code == "L101"]
    assert found == [
        ("claims/a.md", "No note is called “nowhere”."),
        ("claims/b.md", "No note is called “c”."),
    ]


def test_a_problem_that_names_a_note_which_moved_is_the_same_problem() -> None:
    twin = {"claims/a.md": f"{CLAIM}One.\n", "claims/z/a.md": f"{CLAIM}Another.\n"}
    moved = {"claims/deep/a.md": twin["claims/a.md"], "claims/z/a.md": twin["claims/z/a.md"]}
    then, now = codex_of(twin), codex_of(moved)
    named = [one.message for one in now.problems if one.code == "N101"]
    assert named == ["Another claim has the same name: claims/deep/a.md."]
    found = problem_changes(then, now, changes_between(then, now))
    assert not [one for one in (*found.introduced, *found.mended) if one.code == "N101"]


texts = st.dictionaries(
    st.sampled_from(["a.md", "b.md", "c.md", "deep/a.md"]),
    st.lists(st.sampled_from(["[[nowhere]]", "[[a]]", "word", "[x](y.md)", "---"]), max_size=4).map(
        "\n\n".join
    ),
)


@settings(deadline=None)
@given(texts, texts)
def test_what_came_and_what_went_explain_the_difference(
    before: dict[str, str], after: dict[str, str]
) -> None:
    then, now = codex_of(before), codex_of(after)
    changes = changes_between(then, now)
    assert set(then.notes) - set(changes.removed) - set(changes.renamed.values()) | changes.touched == set(
        now.notes
    )
    found = problem_changes(then, now, changes)
    assert len(then.problems) - len(found.mended) + len(found.introduced) == len(now.problems)
    assert set(found.introduced) <= set(now.problems)
    assert set(found.mended) <= set(then.problems)
    assert changes_between(then, codex_of(dict(reversed(after.items())))) == changes
