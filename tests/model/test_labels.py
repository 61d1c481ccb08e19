"""A claim's title should say something that one could dispute."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.labels import is_label

LABELS = """\
AI diagnostics
AI triage performance
Naps
Sleep and memory
The impact of naps on memory
Sparse autoencoders
persistent irreducible disagreement
Overview of the queue
The role of incentives in the governance of large research organisations
Do naps help memory?
Why do bees sleep
Data and methods"""

PROPOSITIONS = """\
naps improve recall in adults
short naps improve recall
sleep heals
models lie
AI diagnostic triage achieves 97% sensitivity across 14 conditions making AI-first screening viable
the word feature has no agreed definition
scaling is not enough
intelligence and goals are orthogonal
stability breeds instability
trust must be earned
debate beats consultancy
weak judges can supervise
governance matters more than capability
bees sleep at night because the hive is dark
markets never forget
teams that argue decide better
Gedächtnis braucht Schlaf und Ruhe bei Tag"""


@pytest.mark.parametrize("title", LABELS.splitlines())
def test_the_name_of_a_subject_is_a_label(title: str) -> None:
    assert is_label(title, "This is a note about the subject.")


@pytest.mark.parametrize("title", PROPOSITIONS.splitlines())
def test_a_sentence_is_none(title: str) -> None:
    assert not is_label(title, "This is a note about the subject.")


def test_a_note_in_another_language_is_left_alone() -> None:
    german = (
        "Wer nachts gut ruht, kann sich am Morgen an mehr erinnern als zuvor, wie drei Versuche zeigten, " * 2
    )
    assert not is_label("Schlaf hilft Kindern", german)
    assert is_label("Sleep and children", "Those who rest well at night remember more in the morning. " * 3)


@settings(deadline=None)
@given(title=st.text(max_size=200), text=st.text(max_size=200))
def test_any_title_is_judged(title: str, text: str) -> None:
    assert is_label(title, text) in (True, False)
