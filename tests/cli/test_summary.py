"""`codex summary`: what a change means, in each of its formats."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.cli.main import main
from codex_publisher.cli.meaning_markdown import MAX_BYTES, markdown_of
from codex_publisher.cli.plain import in_markdown, one_line
from codex_publisher.markdown import render
from codex_publisher.model.changes import ProblemChanges
from codex_publisher.model.meaning import Meaning, Named, NoteMeaning, Resting, meaning_of
from codex_publisher.model.problems import Problem
from codex_publisher.model.rules import WANTED_LINK
from codex_publisher.model.slugs import NotePath
from support.repositories import commit_files, run_git
from support.sites import codex_of, write_codex
from support.small_codex import NAPS, SMALL_CODEX

CLAIM = (
    "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: d\n"
    "title: {title}\n{more}---\n\n{text}\n"
)
POSITION = "---\ntype: position\ntitle: Nap rooms\ndepends_on: [{ground}]\n---\n\nText.\n"


def claim(title: str, text: str = "Text.", *more: str) -> str:
    return CLAIM.format(title=json.dumps(title), text=text, more="".join(f"{line}\n" for line in more))


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    commit_files(tmp_path, dict(SMALL_CODEX), on="2026-01-01")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def summary(*arguments: str) -> str:
    answer = CliRunner().invoke(main, ["summary", *arguments])
    assert answer.exit_code == 0, answer.output
    return answer.output


def change(codex: Path) -> None:
    naps = (codex / NAPS).read_text("utf-8").replace("confidence: likely", "confidence: speculative")
    write_codex(
        codex,
        {
            NAPS: naps + "\nSee [[dreams]] and [[a note to come]].\n",
            "claims/naps in old age.md": claim("Naps in old age", "See [[dreams]]."),
            "positions/nap rooms.md": POSITION.format(ground="long naps harm recall"),
        },
    )


def test_what_is_piped_is_markdown_that_tells_all(codex: Path) -> None:
    change(codex)
    told = summary("--since", "HEAD")
    assert "3 notes (2 added, 1 changed), " in told
    assert "- **Naps in old age** (claim, confidence likely, sleep)" in told
    assert "Links to: What dreams are for" in told
    assert "confidence likely → speculative" in told
    assert "Now links to: What dreams are for; a note to come _not written yet_" in told
    assert "2 lines added, 1 line removed" in told
    introduced, mended = told.split("### Problems introduced")[1].split("### Problems mended")
    assert "L101 (warning)" in introduced
    assert "“a note to come”" in introduced
    assert mended.count("“naps in old age”") == 2


def test_what_rests_on_a_touched_claim_is_told_with_its_chain(codex: Path) -> None:
    write_codex(
        codex,
        {
            "claims/rooms help.md": claim("Rooms help", "Text.", f"depends_on: ['[[{Path(NAPS).stem}]]']"),
            "positions/nap rooms.md": POSITION.format(ground="rooms help"),
        },
    )
    commit_files(codex, {}, on="2026-01-02")
    change_of_naps = (codex / NAPS).read_text("utf-8").replace("Three trials", "Two trials")
    write_codex(codex, {NAPS: change_of_naps})
    told = summary("--since", "HEAD")
    naps = "short naps improve recall in adults"
    section = told.split("### What rests on it (2)")[1].casefold()
    assert f"**nap rooms** (position) rests on rooms help, which rests on {naps} _touched here_" in section
    assert section.index("**nap rooms**") < section.index("**rooms help**")


def test_the_work_is_compared_with_the_main_branch_unless_told_otherwise(codex: Path) -> None:
    run_git(codex, "checkout", "-b", "work")
    commit_files(codex, {"claims/mine.md": claim("Mine")}, on="2026-01-02")
    write_codex(codex, {"claims/not yet committed.md": claim("Not yet")})
    told = summary()
    assert "**Mine**" in told
    assert "**Not yet**" in told
    assert "**Mine**" not in summary("--since", "HEAD")


def test_a_moved_and_a_removed_note_are_told_as_such(codex: Path) -> None:
    old = codex / "inbox" / "queue" / "coffee-and-sleep.md"
    text = old.read_text("utf-8").replace("status: processing", "status: processed")
    old.unlink()
    (codex / "claims" / "long naps harm recall.md").unlink()
    write_codex(codex, {"inbox/archive/coffee-and-sleep.md": text})
    told = summary("--since", "HEAD", "--format", "text")
    moved = told.split("Moved or renamed\n")[1]
    assert "inbox/queue/coffee-and-sleep.md → inbox/archive/coffee-and-sleep.md" in moved
    assert "status processing → processed" in moved
    assert "claims/long naps harm recall.md" in told.split("\nRemoved\n")[1]
    assert "maps/sleep.md:7:3: L101" in told.split("Problems introduced\n")[1]


def test_a_belief_that_rested_on_a_removed_claim_is_told() -> None:
    files = {
        "claims/a.md": claim("A"),
        "beliefs/b.md": "---\ntype: belief\ntitle: B\ndepends_on: [a]\n---\n\nB.\n",
    }
    meaning = meaning_of(codex_of(files), codex_of({"beliefs/b.md": files["beliefs/b.md"]}), "0")
    [one] = meaning.resting
    assert (one.notes[0].title, one.notes[1].title, one.is_ground_removed) == ("B", "A", True)


def test_programs_get_the_same_as_json(codex: Path) -> None:
    change(codex)
    told = json.loads(summary("--since", "HEAD", "--format", "json"))
    assert [note["path"] for note in told["added"]] == ["claims/naps in old age.md", "positions/nap rooms.md"]
    assert told["changed"][0]["facts"]["confidence"] == {"value": "speculative", "was": "likely"}
    assert told["changed"][0]["links"][1] == {"title": "a note to come", "path": None}
    mended = [problem["path"] for problem in told["problems"]["mended"] if problem["code"] == "L101"]
    assert mended == ["inbox/queue/2026-03-12-smith-naps-and-recall.md", "inbox/queue/coffee-and-sleep.md"]
    assert told["base"] == run_git(codex, "rev-parse", "HEAD").decode().strip()


def test_nothing_changed_is_said(codex: Path) -> None:
    assert "No note differs from" in summary("--since", "HEAD")


def test_what_cannot_be_compared_ends_with_2(codex: Path) -> None:
    answer = CliRunner().invoke(main, ["summary", "--since", "no\x1b[31msuch"])
    assert answer.exit_code == 2
    assert "Git knows no revision" in answer.output
    assert "\x1b" not in answer.output


HOSTILE = [
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<img src=x onerror=alert(1)>",
    "<!-- hidden",
    "`code` ``more``",
    "a | b |",
    "@octocat and mail@example.org",
    "https://example.org www.example.org http://a.b",
    "one\n\n# two\n- three",
    "**bold** __bold__ ~~gone~~ *_x_*",
    "[[wiki link]] and [^1] and [ref]",
    "#12 and GH-12 and :smile: and $x$",
    "&lt;b&gt; &copy; &#64;",
    "</code></li><script>alert(1)</script>",
    "\\",
    "a\\[b](c)",
    "\x1b[31mred\u202eturned",
    "x" * 5000,
    "lone \ud800 surrogate",
    "xmpp:a@b.c mailto:a@b.c ftp://x.y",
]


def shown(markdown: str) -> tuple[str, set[str]]:
    """The words of a text as they are shown, and which elements they are in."""
    tree = lxml.html.fromstring(f"<div>{render(markdown).html}</div>")
    return "".join(map(str, tree.itertext())).strip(), {
        str(element.tag) for element in tree.iterdescendants()
    }


def assert_plain(text: str) -> None:
    # Not at the end of a line, where the publisher's own Markdown has names of blocks, which GitHub has not.
    for before, after in (("- x ", " ."), ("- **", "**"), ("- <code>", "</code>: x"), ("- x (", "); y _z_")):
        words, elements = shown(before + in_markdown(text) + after)
        assert elements <= {"ul", "li", "p", "strong", "code", "em"}, words
        assert (one_line(text) or "–") in words.replace("\u2060", "").replace("\u00a0", " ")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_strangers_text_stays_plain_text(text: str) -> None:
    assert_plain(text)


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("[](){}<>!`*_~|\\&#;:@$^=+-./\"'wwwhttpGH12 \n\tab\u202e\ud800é"),
        max_size=40,
    )
)
def test_no_text_of_marks_is_anything_but_plain(text: str) -> None:
    assert_plain(text)


def meaning(count: int, title: str) -> Meaning:
    notes = tuple(
        NoteMeaning(NotePath(f"{title}{n}.md"), NotePath(f"{title}{n}.md"), title, (), 1, 0, (), ())
        for n in range(count)
    )
    problems = tuple(Problem(f"{title}{n}.md", 1, 1, WANTED_LINK, title, title) for n in range(count))
    resting = tuple(
        Resting((Named(NotePath(f"{title}{n}.md"), title, "claim"),) * 7, is_ground_removed=False)
        for n in range(count)
    )
    return Meaning("0" * 40, notes, notes, notes, notes, resting, ProblemChanges(problems, problems))


def test_however_much_changed_the_summary_is_not_more_than_github_shows() -> None:
    told = markdown_of(meaning(3000, "[*]" * 1000))
    assert len(told.encode()) < 1 << 20
    assert len(told.encode()) > MAX_BYTES - 10_000
    assert told.endswith("`codex summary` shows it all._\n")


def test_long_lists_are_counted_rather_than_shown() -> None:
    told = markdown_of(meaning(250, "x"))
    assert told.count("- … and 50 others") == 7
    assert "left out" not in told
