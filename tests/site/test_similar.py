"""Which notes are found alike, from their words alone."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.site import likeness
from codex_publisher.site.likeness import BATCH
from codex_publisher.site.similar import (
    LONGEST_WORD,
    MAX_SIMILAR,
    Similar,
    Words,
    similar_notes,
    words_of,
)
from support.sites import PROJECT

FILLER = "The rest of this note is about nothing in particular and says so at some length."
NAPS = "Short naps consolidate declarative memory through hippocampal spindles in slow sleep."
NAPS_AGAIN = "Hippocampal spindles during naps predict which declarative memory survives sleep."
BREAD = "Sourdough leavened with rye starter keeps crumb moist and crust brittle for days."
TIDES = "Spring tides flood estuaries twice monthly when moon and sun pull in line."
CHINESE = "海馬體在慢波睡眠期間鞏固陳述性記憶與空間學習"
CHINESE_TOO = "研究顯示慢波睡眠期間海馬體會重播陳述性記憶"
HINDI = "नींद के दौरान स्मृति मज़बूत होती है और मस्तिष्क सीखता है"
HINDI_TOO = "मस्तिष्क में स्मृति का निर्माण नींद के दौरान होता है"
THAI = "ความจำระยะยาวถูกสร้างขึ้นระหว่างการนอนหลับลึก"
THAI_TOO = "การนอนหลับลึกช่วยสร้างความจำระยะยาว"


def _words(path: str, text: str, *linked: str, title: str = "", tags: tuple[str, ...] = ()) -> Words:
    return Words(path, title, tags, (text,), frozenset(linked))


def _found(notes: Sequence[Words]) -> dict[str, list[str]]:
    return {path: [one.path for one in found] for path, found in similar_notes(notes).items()}


def _among(*notes: Words) -> list[Words]:
    """These notes with others that have nothing to do with them."""
    others = [_words(f"z{number}.md", f"{text} {FILLER}") for number, text in enumerate((BREAD, TIDES))]
    return [*notes, *others]


def test_notes_that_speak_of_the_same_are_found_with_the_words_that_say_so() -> None:
    notes = _among(_words("a.md", f"{NAPS} {FILLER}"), _words("b.md", f"{NAPS_AGAIN} {FILLER}"))
    found = similar_notes(notes)
    assert [one.path for one in found["a.md"]] == ["b.md"]
    assert [one.path for one in found["b.md"]] == ["a.md"]
    assert found["z0.md"] == found["z1.md"] == ()
    (similar,) = found["a.md"]
    assert len(similar.shared) == 3
    assert {word.casefold() for word in similar.shared} <= set(NAPS.casefold().rstrip(".").split())
    assert not similar.is_same_text


def test_notes_that_are_linked_already_are_not_named() -> None:
    notes = _among(_words("a.md", NAPS, "b.md"), _words("b.md", NAPS_AGAIN, "a.md"))
    assert _found(notes)["a.md"] == _found(notes)["b.md"] == []


def test_nearly_the_same_text_is_known_and_comes_first() -> None:
    notes = _among(
        _words("a.md", NAPS), _words("b.md", f"{NAPS_AGAIN} Naps again."), _words("c.md", NAPS.upper())
    )
    first, *rest = similar_notes(notes)["a.md"]
    assert (first.path, first.is_same_text) == ("c.md", True)
    assert [(one.path, one.is_same_text) for one in rest] == [("b.md", False)]


@pytest.mark.parametrize(
    ("one", "other"), [(CHINESE, CHINESE_TOO), (HINDI, HINDI_TOO), (THAI, THAI_TOO)], ids=["zh", "hi", "th"]
)
def test_words_of_every_script_count(one: str, other: str) -> None:
    assert _found(_among(_words("a.md", one), _words("b.md", other)))["a.md"] == ["b.md"]


def test_marks_of_html_and_entities_are_no_words() -> None:
    html = '<p class="codex-field" title="a > b">Caf&eacute; <em>noir</em> &amp; <code>x_1</code></p>'
    assert words_of(html) == ["Café", "noir"]


def _goes_on(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


@given(st.text("aZ9_ éß²٣ठा\u0308-.") | st.text(st.characters(max_codepoint=0x0DFF, exclude_characters="<&")))
def test_a_word_is_a_letter_and_the_letters_digits_and_marks_behind_it(text: str) -> None:
    """Told character by character, of scripts with spaces between words."""
    words: list[str] = []
    word = ""
    for character in f"{unicodedata.normalize('NFKC', text)} ":
        begins = character.isalnum() and not character.isdecimal()
        if _goes_on(character) if word else begins:
            word += character
            continue
        words += [word]
        word = ""
    assert words_of(text) == [word for word in words if 2 < len(word) <= LONGEST_WORD]


def test_words_shared_by_title_or_tags_alone_make_notes_alike() -> None:
    titled = _among(
        _words("a.md", FILLER, title="Hippocampal spindles"),
        _words("b.md", TIDES, title="Hippocampal spindles"),
    )
    tagged = _among(
        _words("a.md", FILLER, tags=("hippocampal-spindles",)),
        _words("b.md", NAPS, tags=("hippocampal-spindles",)),
    )
    assert "b.md" in _found(titled)["a.md"]
    assert "b.md" in _found(tagged)["a.md"]


def test_equals_come_in_the_order_of_their_paths_and_only_a_few_are_named() -> None:
    notes = _among(_words("m.md", NAPS), *(_words(f"{name}.md", NAPS) for name in "hgfedcba"))
    expected = [f"{name}.md" for name in "abcdefgh"][:MAX_SIMILAR]
    assert _found(sorted(notes, key=lambda note: note.path))["m.md"] == expected


def test_shared_words_are_told_as_they_are_mostly_written() -> None:
    texts = ("NASA and SpaceX", "Nasa or SpaceX", "NASA with SPACEX")
    found = similar_notes(_among(*(_words(f"{number}.md", text) for number, text in enumerate(texts))))
    assert {word for one in found["0.md"] for word in one.shared} == {"NASA", "SpaceX"}


def test_what_nearly_every_note_says_is_not_what_makes_two_alike() -> None:
    texts = (NAPS, NAPS_AGAIN, BREAD, TIDES, HINDI, CHINESE)
    common = "There are many things which have been said about this and that before."
    notes = [_words(f"{number}.md", f"{common} {text}") for number, text in enumerate(texts)]
    notes.append(_words("z.md", THAI))
    found = {path: [one.path for one in similar] for path, similar in similar_notes(notes).items() if similar}
    assert found == {"0.md": ["1.md"], "1.md": ["0.md"]}


def test_notes_without_words_are_like_none() -> None:
    assert set(similar_notes([_words(f"{name}.md", "1 2 3") for name in "abc"]).values()) == {()}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_note_or_none_has_nothing_like_it(number: int) -> None:
    notes = [_words(f"{name}.md", text) for name, text in zip("ab", (BREAD, TIDES), strict=True)][:number]
    assert all(found == () for found in similar_notes(notes).values())


TEXT = st.text(max_size=200)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_whatever_notes_say_each_gets_an_answer_that_names_others(texts: list[tuple[str, str]]) -> None:
    notes = [_words(f"{number}.md", text, title=title) for number, (title, text) in enumerate(texts)]
    found = similar_notes(notes)
    assert set(found) == {note.path for note in notes}
    for path, similar in found.items():
        assert path not in {one.path for one in similar}
        assert all(0 < one.likeness <= 1.000001 and one.shared for one in similar)


SCRIPT = """
from codex_publisher.site.similar import Words, similar_notes
import sys
texts = sys.stdin.read().splitlines()
notes = [Words(f"{n}.md", "", (), (text,), frozenset()) for n, text in enumerate(texts)]
print(similar_notes(notes))
"""


def test_the_order_of_hashes_changes_nothing() -> None:
    texts = "\n".join((NAPS, NAPS_AGAIN, f"{NAPS} {BREAD}", f"{TIDES} {NAPS_AGAIN}", BREAD, TIDES))
    answers = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=texts,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT / "hooks"), "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
    assert Similar.__name__ in answers.pop()


def _subjects(subjects: int, notes: int) -> list[Words]:
    """Notes of several subjects, of which each has words of its own; the note `s-n.md` is the nth of one."""
    return [
        _words(
            f"{subject:03}-{number:03}.md",
            f"{FILLER} {' '.join(f'{_letters(subject)}{_letters(number + word)}' for word in range(8))}",
        )
        for subject in range(subjects)
        for number in range(notes)
    ]


def _letters(number: int) -> str:
    """A word of letters for each number."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def test_among_many_notes_each_finds_those_that_share_the_most() -> None:
    notes = _subjects(50, 12)
    assert len(notes) > 2 * BATCH
    for path, similar in similar_notes(notes).items():
        subject, number = path[:3], int(path[4:7])
        assert {one.path[:3] for one in similar} == {subject}
        nearest = sorted(abs(int(one.path[4:7]) - number) for one in similar)
        assert nearest == sorted(abs(other - number) for other in range(12) if other != number)[:MAX_SIMILAR]


def test_the_size_of_batches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = _subjects(6, 5)
    together = similar_notes(notes)
    monkeypatch.setattr(likeness, "BATCH", 7)
    assert similar_notes(notes) == together


def test_the_order_in_which_notes_come_changes_nothing() -> None:
    notes = _subjects(6, 5)
    assert similar_notes(notes[::-1]) == similar_notes(notes)


def test_a_note_linked_with_all_that_share_the_most_finds_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MAX_COMPARED", MAX_SIMILAR)
    near = [_words(f"b{number}.md", f"{NAPS} {FILLER}") for number in range(8)]
    far = _words("c.md", f"{NAPS_AGAIN} {TIDES}")
    hub = _words("a.md", NAPS, *(note.path for note in near), "gone.md")
    assert _found([hub, *near, far, *_subjects(6, 5)])["a.md"] == ["c.md"]


def test_words_that_very_many_notes_have_are_not_looked_for_and_still_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(likeness, "MAX_NOTES_OF_A_WORD", 2)
    naps = [_words(f"{name}.md", f"{NAPS} {alone}") for name, alone in zip("abc", "xyz", strict=True)]
    pair = [_words(f"{name}.md", f"{NAPS} zebras") for name in "de"]
    found = similar_notes(_among(*naps, *pair))
    assert found["a.md"] == ()
    (similar,) = found["d.md"]
    assert (similar.path, similar.is_same_text) == ("e.md", True)
    assert len(similar.shared) == 3
