"""Defects made by hand, one of each sort that contributors make, are all reported where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import pytest

from codex_publisher.model.policy import Policy
from support.sites import codex_of

TODAY: Final = date(2026, 11, 21)
SLEEP: Final = (
    "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: d\nsource: A trial\n---\n\nIt does.\n"
)
"""A claim of nine lines with which nothing is wrong."""


def claim(*lines: str, body: str = "They do.\n") -> str:
    """A claim whose own lines begin on line 7 and whose body begins below them."""
    whole = ("type: claim", "domain: sleep", "confidence: likely", "description: d", "source: A trial")
    return "\n".join(("---", *whole, *lines, "---", "", body))


def source(*lines: str, status: str = "unprocessed", body: str = "Words.\n") -> str:
    """A source whose status is on line 7 and whose own lines begin on line 8."""
    whole = ("type: source", "title: A survey of naps", "url: https://example.org/a", "date: 2026-11-01")
    return "\n".join(("---", *whole, "domain: sleep", f"status: {status}", *lines, "---", "", body))


NAPS: Final = "claims/naps help adults remember.md"
QUEUED: Final = "inbox/queue/2026-11-01-smith-naps.md"
DONE: Final = "inbox/archive/2026-11-01-smith-naps.md"
REST: Final = "claims/sleep helps memory.md"
BELIEF: Final = "---\ntype: belief\nagent: iris\nconfidence: strong\n{}---\n\nWe think so.\n"

DEFECTS: Final[dict[str, tuple[Mapping[str, str], str, int, int]]] = {
    # Front matter
    "front matter missing": ({NAPS: "Only words.\n"}, "F101", 1, 1),
    "front matter broken": ({NAPS: claim("tags: [a, b", "created: 2026-11-01")}, "F102", 7, 7),
    "front matter not closed": ({NAPS: "---\ntype: claim\ndomain: sleep\n\nWords.\n"}, "F103", 1, 1),
    "a field twice": ({NAPS: claim("domain: memory")}, "F104", 7, 1),
    "a field missing": ({NAPS: SLEEP.replace("description: d\n", "")}, "F201", 2, 1),
    "a field misspelt": ({NAPS: SLEEP.replace("description:", "desciption:")}, "F201", 5, 1),
    "a field of the wrong shape": ({NAPS: claim("status: [a, b]")}, "F202", 7, 1),
    "a value outside its vocabulary": ({NAPS: SLEEP.replace("likely", "likly")}, "F203", 4, 1),
    "a date that does not exist": ({NAPS: claim("created: 2026-02-30")}, "F204", 7, 1),
    "a date in the future": ({NAPS: claim("tags: [a]", "created: 2027-01-05")}, "F207", 8, 1),
    "an address that cannot be opened": (
        {QUEUED: source().replace("https://example.org/a", "example")},
        "F206",
        4,
        1,
    ),
    # Links
    "a broken wiki link": ({NAPS: claim(body="See\nalso [[naps in old age]].\n")}, "L101", 10, 6),
    "a broken link in a field": ({NAPS: claim("depends_on:", '  - "[[naps in old age]]"')}, "L101", 8, 6),
    "an ambiguous link": (
        {NAPS: claim(body="See [[rem]].\n"), "entities/rem.md": "A\n", "sectors/rem.md": "B\n"},
        "L102",
        9,
        5,
    ),
    "a missing heading": ({NAPS: claim(body="[[sleep helps memory#Proof]]\n"), REST: SLEEP}, "L103", 9, 1),
    "a broken relative link": ({NAPS: claim(body="See [it](../sleeep.md).\n")}, "L104", 9, 5),
    "a broken image": ({NAPS: claim(body="\n![A brain](brain.png)\n")}, "L105", 10, 1),
    "a link to itself": ({NAPS: claim(body="See [[naps help adults remember]].\n")}, "L106", 9, 5),
    # Queue
    "processed without a result": ({DONE: source(status="processed")}, "Q101", 7, 1),
    "a null result without a reason": ({DONE: source(status="null-result")}, "Q102", 7, 1),
    "waiting too long": ({QUEUED: source("priority: high", "created: 2026-11-01")}, "Q103", 7, 1),
    "done and still in the queue": ({QUEUED: source("notes: Nothing", status="processed")}, "Q104", 7, 1),
    "in the archive and still waiting": (
        {DONE: source(), "inbox/queue/2026-11-02-chen.md": source()},
        "Q105",
        7,
        1,
    ),
    # Claims
    "a label for a title": ({"claims/naps-and-memory.md": claim(body="# Naps and memory\n")}, "C101", 9, 1),
    "a claim without a source": ({NAPS: SLEEP.replace("source: A trial\n", "")}, "C102", 1, 1),
    "silent about a challenge": (
        {NAPS: SLEEP, "claims/naps harm adults.md": claim(f'challenges: "[[{NAPS[7:-3]}]]"')},
        "C103",
        4,
        1,
    ),
    "rated above its ground": (
        {
            NAPS: claim("depends_on:", '  - "[[sleep helps memory]]"'),
            REST: SLEEP.replace("likely", "speculative"),
        },
        "C104",
        8,
        6,
    ),
    "a one-sided challenge": (
        {NAPS: claim('challenged_by: "[[sleep helps memory]]"'), REST: SLEEP},
        "C105",
        7,
        17,
    ),
    "a circle": (
        {
            NAPS: claim('depends_on: ["[[sleep helps memory]]"]'),
            REST: claim(f'depends_on: ["[[{NAPS[7:-3]}]]"]'),
        },
        "C106",
        7,
        15,
    ),
    "a belief on what is missing": (
        {"beliefs/rest matters to us.md": BELIEF.format('depends_on: ["[[rest heals]]"]\n')},
        "C201",
        5,
        15,
    ),
    "a belief on what is retired": (
        {
            "beliefs/rest matters to us.md": BELIEF.format('depends_on: ["[[sleep helps memory]]"]\n'),
            REST: SLEEP.replace("domain: sleep", "domain: sleep\nstatus: retired"),
        },
        "C202",
        5,
        15,
    ),
    "a belief on what is weaker": (
        {
            "beliefs/rest matters to us.md": BELIEF.format("").replace(
                "We think so.", "## Grounding\n\n- [[sleep helps memory]]: the trial"
            ),
            REST: SLEEP.replace("likely", "experimental"),
        },
        "C203",
        9,
        3,
    ),
    # Names
    "two notes with one name": ({f"a/{NAPS}": SLEEP, f"b/{NAPS}": SLEEP}, "N101", 1, 1),
    "a name too long": ({f"claims/naps {'x' * 200}.md": SLEEP}, "N102", 1, 1),
    "no text": ({NAPS: claim(body="")}, "N103", 7, 1),
    "nearly the same title": (
        {
            NAPS: SLEEP,
            "claims/naps help adult remember.md": claim(body="# naps help adults to remember\n\nYes.\n"),
        },
        "N105",
        1,
        1,
    ),
    "a name unlike the convention": ({"inbox/queue/naps.md": source()}, "N106", 1, 1),
    # Safety
    "a picture that is not published": ({NAPS: claim(body="![A](brain.svg)\n")}, "S104", 9, 1),
    "unsafe HTML": ({NAPS: claim(body="A\n\n`<script>` is code.\n\n<script>x()</script>\n")}, "S109", 13, 1),
    "a link that runs a script": ({NAPS: claim(body="A\nnap [helps](javascript:x).\n")}, "S109", 10, 5),
    "an unsafe attribute": ({NAPS: claim(body="A\nnap <b onclick='x()'>helps</b>.\n")}, "S109", 10, 5),
}


@pytest.mark.parametrize(("files", "code", "line", "column"), DEFECTS.values(), ids=DEFECTS.keys())
def test_a_defect_is_reported_on_its_line(
    files: Mapping[str, str], code: str, line: int, column: int
) -> None:
    found = [problem for problem in codex_of(files, policy=Policy(TODAY)).problems if problem.code == code]
    assert [(problem.line, problem.column) for problem in found[:1]] == [(line, column)]
    assert found[0].message.endswith((".", "?"))
    assert found[0].hint or code == "L101"


def test_notes_with_which_nothing_is_wrong_have_no_problem() -> None:
    files = {
        NAPS: claim('depends_on: ["[[sleep helps memory]]"]', body="It follows.\n"),
        REST: SLEEP,
        QUEUED: source("priority: high", "created: 2026-11-10"),
        "inbox/archive/2026-11-02-chen-rest.md": source(
            "notes: Nothing new", status="null-result", body="Rest.\n"
        ).replace("A survey of naps", "Rest"),
        "beliefs/rest matters to us.md": BELIEF.format('depends_on: ["[[sleep helps memory]]"]\n'),
    }
    assert codex_of(files, policy=Policy(TODAY)).problems == ()
