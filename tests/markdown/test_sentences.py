"""A citation is the sentence around a link, cut at the link's words."""

from __future__ import annotations

import time

import pytest

from codex_publisher.markdown import render


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("One. Two [[a]] three. Four.", "Two [a] three."),
        ("One! Is it [[a]]? Four.", "Is it [a]?"),
        ("See e.g. [[a]], i.e. Foo, vs. Bar et al. Baz.", "See e.g. [a], i.e. Foo, vs. Bar et al. Baz."),
        ("It grew 3.5 fold. In the U.S. [[a]] by J. Doe. End.", "In the U.S. [a] by J. Doe."),
        ("Before. [[A title. With dots. Inside]] after. End.", "[A title. With dots. Inside] after."),
        ("First [[b. Cat]]. Then [[a]].", "Then [a]."),
        ('He said "no." "[[a]]" is it. End.', '"[a]" is it.'),
        ("version 2. 3 items [[a]] no cut", "version 2. 3 items [a] no cut"),
        ("第一句。第二句 [[a]]。第三句", "第二句 [a]。"),
        ("one\n  two\t[[a]]   three", "one two [a] three"),
        ("- outer [[a]]\n  - inner words", "outer [a]"),
        ("- outer words\n  - inner [[a]]", "inner [a]"),
        ("| x [[a]] y | z |\n|---|---|", "x [a] y"),
        ("> quoted [[a]]\n\nafter", "quoted [a]"),
        ("**Label:** words [[a]]. More.", "words [a]."),
        ("x[^1] [[a]]\n\n[^1]: y", "x [a]"),
        ("a **bold [[a]]** *b* `c`", "a bold [a] b c"),
        ("line  \nbreak [[a]]", "line break [a]"),
        ("[![alt](i.png) text](z)", "[alt] text"),
    ],
)
def test_the_sentence_is_cut_at_the_words(text: str, citation: str) -> None:
    found = render(text).links[-1].citation
    assert f"{found.before}[{found.words}]{found.after}" == citation


def test_long_sentences_are_shortened_at_words_on_both_sides() -> None:
    found = render("word " * 100 + "[[a]]" + " word" * 100).links[0].citation
    assert found.before.startswith("…word ")
    assert found.after.endswith(" word…")
    assert 100 < len(found.before) <= 162
    assert 100 < len(found.after) <= 162


def test_ten_thousand_links_in_one_paragraph_take_no_time() -> None:
    started = time.process_time()
    document = render("Some words with é [[a link]]. Then " * 10_000)
    assert len(document.links) == 10_000
    assert document.links[-1].column == 35 * 9_999 + 19
    assert time.process_time() - started < 8
