"""Where each link leads, and what a writer is told about those that lead nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.codex import Codex
from codex_publisher.model.links import Leads
from codex_publisher.model.slugs import NotePath
from support.notes import led_to, reported, with_fields
from support.sites import codex_of

HERE = "docs/claims/here.md"
THERE = "docs/claims/there, 5%.md"
FAR = "inbox/archive/far.md"
PICTURE = "media/picture.png"
LINKS = ("L101", "L102", "L103", "L104", "L105", "S104")
THERE_TEXT = with_fields(
    "title: Over there", body="## One heading\n\nA paragraph. ^mark\n\n## Two: 'it' & _that_\n"
)


def codex_with(text: str, **others: str) -> Codex:
    notes = {THERE: THERE_TEXT, FAR: "x", "docs/claims/node.js.md": "x"}
    files = {**notes, **{f"{name}.md": other for name, other in others.items()}, HERE: text}
    return codex_of(files, attachments=(PICTURE, "docs/claims/data.csv"))


NOTES = [
    ("[[there, 5%]]", THERE),
    ("[[Over there]]", THERE),
    ("[[there, 5%.md]]", THERE),
    ("[[docs/claims/there, 5%|words]]", THERE),
    ("![[there, 5%]]", THERE),
    ("| a |\n|---|\n| [[there, 5%\\|words]] |", THERE),
    ("[x](there%2C%205%25.md)", THERE),
    ("[x](<there, 5%25.md>)", THERE),
    ("[x](./there%2C%205%25.md)", THERE),
    ("[x](../claims/there%2C%205%25)", THERE),
    ("[x](/docs/claims/there%2C%205%25.md)", THERE),
    ("[x](docs/claims/there%2C%205%25.md)", THERE),
    ("[x](../../inbox/archive/far.md)", FAR),
    ("[x](../../inbox/queue/far.md)", FAR),
    ("[x]\n\n[x]: ../../inbox/archive/far.md", FAR),
    ('<a href="../../inbox/archive/far.md">x</a>', FAR),
    ("[[node.js]]", "docs/claims/node.js.md"),
    ("[[#Nowhere]]", HERE),
]


@pytest.mark.parametrize(("text", "path"), NOTES)
def test_a_link_leads_to_a_note(text: str, path: str) -> None:
    assert led_to(codex_with(text), HERE) == [(Leads.NOTE, path)]


OTHERS = [
    ("[x](https://x.org/a?b#c)", Leads.OUTWARD, "https://x.org/a?b#c"),
    ("<https://x.org>", Leads.OUTWARD, "https://x.org"),
    ("www.x.org", Leads.OUTWARD, "http://www.x.org"),
    ("[x](mailto:a@x.org)", Leads.OUTWARD, "mailto:a@x.org"),
    ("[x](//x.org/a)", Leads.OUTWARD, "https://x.org/a"),
    ("![x](https://x.org/a.png)", Leads.OUTWARD, "https://x.org/a.png"),
    ("![[picture.png]]", Leads.ATTACHMENT, PICTURE),
    ("![[old/Picture.PNG|300]]", Leads.ATTACHMENT, PICTURE),
    ("[[picture.png]]", Leads.ATTACHMENT, PICTURE),
    ("![x](../../media/picture.png)", Leads.ATTACHMENT, PICTURE),
    ("[x](data.csv)", Leads.ATTACHMENT, "docs/claims/data.csv"),
    ("[[nobody wrote this]]", Leads.WANTED, ""),
    ("[x](nobody.md)", Leads.BROKEN, ""),
    ("[x](some/folder/)", Leads.BROKEN, ""),
    ("![x](nothing.png)", Leads.BROKEN, ""),
    ("![x](picture.png)", Leads.BROKEN, ""),
    ("![[nothing.png]]", Leads.BROKEN, ""),
    ("![[script.svg]]", Leads.BROKEN, ""),
    ("[x](page.html)", Leads.BROKEN, ""),
    ("[x](https://)", Leads.BROKEN, ""),
    ("<a href='http://['>x</a>", Leads.BROKEN, ""),
]


@pytest.mark.parametrize(("text", "leads", "to"), OTHERS)
def test_a_link_that_leads_to_no_note_leads_out_to_a_file_or_nowhere(
    text: str, leads: Leads, to: str
) -> None:
    (destination,) = codex_with(text).destinations[NotePath(HERE)]
    assert destination.leads is leads
    assert (destination.url or destination.path) == to
    assert bool(destination.why) is (leads is Leads.BROKEN)


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "[x](data:text/html,y)", "[x](vbscript:y)", "[x](file:///etc/passwd)"],
)
def test_an_address_that_could_do_harm_is_never_followed(text: str) -> None:
    assert {leads for leads, _ in led_to(codex_with(text), HERE)} <= {Leads.BROKEN, Leads.NOWHERE}


@pytest.mark.parametrize(
    "text",
    [
        *("`[[nobody]]`", "```\n[[nobody]]\n```", "    [[nobody]]", "<!-- [[nobody]] -->", "\\[[nobody]]"),
        *("<pre>[[nobody]]</pre>", "[[]]", "[[nobody]", "text", "[[ ]]"),
    ],
)
def test_code_comments_and_what_is_not_closed_hold_no_links(text: str) -> None:
    codex = codex_with(text)
    assert led_to(codex, HERE) == []
    assert reported(codex, *LINKS) == []


PROBLEMS = [
    ("[[nobody wrote this]]", "L101"),
    ("[[nobody wrote this#heading]]", "L101"),
    ("[[there, 5%#No such heading]]", "L103"),
    ("[[there, 5%#^nomark]]", "L103"),
    ("[[#No such heading]]", "L103"),
    ("[x](nobody.md)", "L104"),
    ("[x](https://)", "L104"),
    ("![x](nothing.png)", "L105"),
    ("![[nothing.pdf]]", "L105"),
    ("![x](evil.svg)", "S104"),
    ("[x](evil.html)", "S104"),
    ("![[Board.canvas]]", "S104"),
    ("[x](report.docx)", "S104"),
]


@pytest.mark.parametrize(("text", "code"), PROBLEMS)
def test_a_link_that_leads_nowhere_is_reported_where_it_stands(text: str, code: str) -> None:
    codex = codex_with(with_fields("type: page", body=f"Words.\n\nMore {text} here."))
    (problem,) = [one for one in codex.problems if one.code in LINKS]
    assert (problem.code, problem.path, problem.line) == (code, HERE, 6)
    assert problem.column >= 6
    assert problem.message


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("[[there, 5%#One heading]]", "n-one-heading"),
        ("[[there, 5%#one-heading]]", "n-one-heading"),
        ("[[there, 5%#Over there#ONE HEADING]]", "n-one-heading"),
        ("[[there, 5%#Two: 'it' & that]]", "n-two-it--that"),
        ("[[there, 5%#^mark]]", "n-block-mark"),
        ("[x](there%2C%205%25.md#one-heading)", "n-one-heading"),
        ("[x](there%2C%205%25.md#One%20heading)", "n-one-heading"),
        ("[[there, 5%#No such heading]]", ""),
        ("[[there, 5%]]", ""),
    ],
)
def test_a_heading_or_block_is_found_however_it_is_written(text: str, fragment: str) -> None:
    (destination,) = codex_with(text).destinations[NotePath(HERE)]
    assert (destination.leads, destination.path, destination.fragment) == (Leads.NOTE, THERE, fragment)


def test_of_two_headings_with_one_text_the_first_is_meant() -> None:
    codex = codex_of({"a.md": "[[b#Same]]", "b.md": "## Same\n\n## Same\n"})
    (destination,) = codex.destinations[NotePath("a.md")]
    assert destination.fragment == "n-same"


def test_an_ambiguous_link_leads_to_the_nearest_and_is_reported_with_a_way_out() -> None:
    files = {"domains/a/x.md": "1", "domains/b/x.md": "2", "domains/b/here.md": "[[x]]"}
    codex = codex_of(files)
    assert led_to(codex, "domains/b/here.md") == [(Leads.NOTE, "domains/b/x.md")]
    (problem,) = [one for one in codex.problems if one.code == "L102"]
    assert "2 notes" in problem.message
    assert "[[domains/b/x]]" in problem.hint
    mended = codex_of({**files, "domains/b/here.md": problem.hint.rpartition(" ")[2]})
    assert reported(mended, *LINKS) == []


def test_a_link_in_front_matter_is_ambiguous_wanted_or_without_heading_just_so() -> None:
    text = with_fields("depends_on:", '  - "[[x]]"', '  - "[[nobody]]"', '  - "[[docs/claims/here#Nothing]]"')
    codex = codex_of({"a/x.md": "1", "b/x.md": "2", HERE: "x", "c/here.md": text})
    found = [one for one in codex.problems if one.code in LINKS]
    assert [(one.code, one.path, one.line) for one in found] == [
        ("L102", "c/here.md", 3),
        ("L101", "c/here.md", 4),
        ("L103", "c/here.md", 5),
    ]


def test_a_file_that_front_matter_names_is_no_note_to_be_written() -> None:
    text = with_fields('banner: "![[picture.png]]"', 'depends_on: "[[lost.png]]"', 'board: "[[Plan.canvas]]"')
    codex = codex_with(text)
    found = [one for one in codex.problems if one.code in LINKS]
    assert [(one.code, one.line) for one in found] == [("L105", 3), ("S104", 4)]
    assert codex.attachments_in_use() == (PICTURE,)
    assert codex.wanted == ()


def test_only_what_can_run_is_refused_for_that() -> None:
    (script, board) = [
        one.message for one in codex_with("![[a.svg]] ![[b.canvas]]").problems if one.code == "S104"
    ]
    assert "can run a script" in script
    assert "script" not in board


@pytest.mark.parametrize(
    ("link", "message", "hint"),
    [
        ("[[#Too hue]]", "no heading “Too hue”", "copy the heading as it is written there"),
        ("[[there, 5%#^marks]]", "no block marked “^marks”", "did you mean `#^mark`?"),
        (
            "[[there, 5%#^other]]",
            "no block marked “^other”",
            "end the paragraph that is meant with ` ^other`",
        ),
    ],
)
def test_it_is_said_what_of_a_note_is_not_there(link: str, message: str, hint: str) -> None:
    (problem,) = [one for one in codex_with(link).problems if one.code == "L103"]
    assert message in problem.message
    assert problem.hint == hint


def test_every_place_that_wants_a_note_is_reported_with_its_line() -> None:
    codex = codex_with("[[nobody]]\n\n[[nobody|words]] and ![[nobody]]")
    assert [(one.code, one.line) for one in codex.problems if one.code in LINKS] == [
        ("L101", 1),
        ("L101", 3),
        ("L101", 3),
    ]


def test_a_bare_title_leads_to_its_note_and_is_never_wanted() -> None:
    curator = "## Curator Notes\n\nPRIMARY CONNECTION: {}\nWHY ARCHIVED: x\n"
    found = codex_with(curator.format("Over there"))
    assert led_to(found, HERE) == [(Leads.NOTE, THERE)]
    missing = codex_with(curator.format("A title that nobody wrote"))
    assert led_to(missing, HERE) == [(Leads.NOWHERE, "")]
    assert missing.wanted == ()


_TARGETS = st.text(max_size=20) | st.sampled_from(
    ["here", "there, 5%", "a.md", "..", "/", "x.png", "#h", "^b"]
)
_FORMS = st.sampled_from(["[[{}]]", "![[{}]]", "[x]({})", "[x](<{}>)", "![x]({})", "<a href='{}'>x</a>"])


@settings(deadline=None)
@given(st.lists(st.builds(lambda form, target: form.replace("{}", target), _FORMS, _TARGETS), max_size=5))
def test_every_link_has_one_destination_and_every_destination_exists(links: list[str]) -> None:
    codex = codex_with("\n\n".join(links))
    here = NotePath(HERE)
    assert len(codex.destinations[here]) == len(codex.documents[here].links)
    for destination in codex.destinations[here]:
        if destination.leads is Leads.NOTE:
            assert destination.path in codex.notes
        elif destination.leads is Leads.ATTACHMENT:
            assert destination.path in (PICTURE, "docs/claims/data.csv")
        elif destination.leads is Leads.OUTWARD:
            assert destination.url.lower().startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("[x](sleeep.md)", "did you mean [[sleep]]?"),
        ("[x](../old/sleeps)", "did you mean [[sleep]]?"),
        ("[x](something-else.md)", "mend the path, or link by name: [[name of the note]]"),
        ("![x](Brian.PNG)", "did you mean brain.png?"),
        ("![x](other.jpg)", "add the file, or mend the path"),
    ],
)
def test_the_nearest_name_is_offered_for_what_is_not_there(body: str, hint: str) -> None:
    codex = codex_of({"a.md": body, "claims/sleep.md": "Words.\n"}, attachments=("media/brain.png",))
    assert [problem.hint for problem in codex.problems if problem.code in ("L104", "L105")] == [hint]
