"""`codex move`: a source gets a status and the place that goes with it, and no link breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from codex_publisher.model.codex import Codex
from codex_publisher.model.links import Leads

Run = Callable[..., Result]
Write = Callable[[Mapping[str, str]], None]
Files = Callable[[], dict[str, str]]

QUEUED = "inbox/queue/naps.md"
ARCHIVED = "inbox/archive/naps.md"
SOURCE = """\
---
type: source
title: "Naps and recall"
domain: sleep
status: unprocessed # since March
processed_by: vida
priority: high
---

See ![a picture](../pictures/nap.png), [an older one](../archive/old.md#dreams), [[old]] and
[this note](naps.md). `[x](../archive/old.md)`
"""
OLD = "---\ntype: source\nstatus: processed\nprocessed_date: 2026-01-01\n---\n\n## Dreams\n\nThey are.\n"
CLAIM = """\
---
type: claim
extracted_from: [[naps]]
related: "[[inbox/queue/naps.md|it]]"
---

From [the survey](../inbox/queue/naps.md "A survey"), [again][s], <a href="../inbox/queue/naps.md">here</a>.
[[naps]], [[inbox/queue/naps#x|by path]], [[Naps and recall]]

[s]: ../inbox/queue/naps.md
"""


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write(
        {
            QUEUED: SOURCE,
            "inbox/archive/old.md": OLD,
            "claims/claim.md": CLAIM,
            "inbox/pictures/nap.png": "png",
        }
    )


def no_link_is_broken(codex: Codex) -> bool:
    places = (*codex.destinations.values(), *codex.reference_destinations.values())
    return all(to.leads in (Leads.NOTE, Leads.ATTACHMENT) for group in places for to in group)


def test_a_processed_source_goes_to_the_archive_with_its_status_and_the_day(run: Run, files: Files) -> None:
    answer = run("move", "naps", "processed")
    assert answer.exit_code == 0, answer.output
    assert f"{QUEUED} → {ARCHIVED}" in answer.output
    assert QUEUED not in files()
    expected = SOURCE.replace("unprocessed # since", "processed # since").replace(
        "vida\n", f"vida\nprocessed_date: {date.today().isoformat()}\n"
    )
    expected = expected.replace("[an older one](../archive/old.md#dreams)", "[an older one](old.md#dreams)")
    assert files()[ARCHIVED] == expected


def test_links_with_a_path_follow_it_and_all_others_stay(
    run: Run, files: Files, codex: Callable[[], Codex]
) -> None:
    run("move", "Naps and recall", "null-result")
    assert files()["claims/claim.md"] == CLAIM.replace("inbox/queue/", "inbox/archive/")
    assert no_link_is_broken(codex())


def test_there_and_back_again_every_byte_is_as_it_was(run: Run, files: Files) -> None:
    before = files()
    run("move", QUEUED, "processed")
    assert files() != before
    assert run("move", ARCHIVED, "Unprocessed").exit_code == 0
    assert files() == before


@pytest.mark.parametrize("spelling", ["Null_Result", "null result", "NULL-RESULT"])
def test_a_status_may_be_spelled_as_it_comes(run: Run, files: Files, spelling: str) -> None:
    run("move", "naps", spelling)
    assert "status: null-result # since" in files()[ARCHIVED]


def test_a_dry_run_shows_everything_and_writes_nothing(run: Run, files: Files) -> None:
    before = files()
    answer = run("move", "naps", "processed", "--dry-run")
    assert answer.exit_code == 0
    assert "+status: processed # since March" in answer.stdout
    assert "rename to inbox/archive/naps.md" in answer.stdout
    assert files() == before


def test_the_archive_s_folders_by_domain_are_kept(run: Run, write: Write, files: Files) -> None:
    for name in ("a", "b", "c"):
        write(
            {f"inbox/archive/Food/{name}.md": f"---\ntype: source\ndomain: food\ntitle: {name}\n---\n\nx\n"}
        )
    run("move", "naps", "processed")
    assert "inbox/archive/sleep/naps.md" in files()
    run("move", "naps", "unprocessed")
    assert QUEUED in files()


def test_a_folder_that_the_queue_has_is_kept_in_the_archive(run: Run, write: Write, files: Files) -> None:
    (Path("inbox/archive/old.md")).unlink()
    write({"inbox/queue/deep/x.md": "---\ntype: source\ntitle: x\n---\n\nx\n"})
    run("move", "x", "processed")
    assert "inbox/archive/deep/x.md" in files()


def test_what_is_processed_already_keeps_its_day_when_it_is_put_in_its_place(
    run: Run, write: Write, files: Files
) -> None:
    write({"inbox/queue/late.md": OLD})
    run("move", "late", "processed")
    assert files()["inbox/archive/late.md"] == OLD


def test_a_source_outside_queue_and_archive_only_gets_its_status(
    run: Run, write: Write, files: Files
) -> None:
    write({"sources/x.md": "---\ntype: source\nstatus:\n---\n\nx\n"})
    run("move", "x", "processing")
    assert files()["sources/x.md"] == "---\ntype: source\nstatus: processing\n---\n\nx\n"


def test_a_source_without_front_matter_gets_the_lines_that_it_needs(
    run: Run, write: Write, files: Files
) -> None:
    write({"inbox/queue/plain.md": "Only words.\r\n"})
    run("move", "plain", "null-result")
    today = date.today().isoformat()
    wanted = f"---\ntype: source\nstatus: null-result\nprocessed_date: {today}\n---\n\nOnly words.\n"
    assert files()["inbox/archive/plain.md"] == wanted.replace("\n", "\r\n")


def test_nothing_to_do_is_no_failure(run: Run, files: Files) -> None:
    before = files()
    answer = run("move", "old", "processed")
    assert answer.exit_code == 0
    assert "already" in answer.output
    assert files() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nap", "processed"), "titles:\n  Naps and recall  (inbox/queue/naps.md)"),
        (("zzz", "processed"), "No note is called “zzz”."),
        (("naps", "done"), "“done” is not one of unprocessed, processing, processed, null-result."),
        (("claim", "processed"), "only sources have this status"),
        (("same", "processed"), "means 2 notes"),
        (("inbox/queue/same.md", "processed"), "There is a file inbox/archive/same.md already"),
        (("broken", "processed"), "mend it first"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    run: Run, write: Write, files: Files, arguments: tuple[str, str], sentence: str
) -> None:
    source = "---\ntype: source\ntitle: {}\n---\n\nx\n"
    write({"inbox/queue/same.md": source.format("one"), "inbox/archive/same.md": source.format("two")})
    write({"inbox/queue/broken.md": "---\ntype: source\nstatus: [a, b\n---\n\nx\n"})
    before = files()
    answer = run("move", *arguments)
    assert answer.exit_code == 2, answer.output
    assert sentence in answer.output
    assert files() == before


def test_a_link_by_a_name_that_two_notes_have_gets_the_path_when_the_other_would_be_nearer(
    run: Run, write: Write, files: Files, codex: Callable[[], Codex]
) -> None:
    source = "---\ntype: source\ntitle: {}\n---\n\nx\n"
    write({"inbox/queue/twin.md": source.format("one"), "inbox/archive/twin.md": source.format("two")})
    write({QUEUED: SOURCE + "[[twin]]\n"})
    run("move", "naps", "processed")
    assert "[[inbox/queue/twin]]" in files()[ARCHIVED]
    assert no_link_is_broken(codex())


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    run: Run, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files()
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "claim.md" and "archive" in self.read_text("utf-8"):
            raise OSError(5, "Input/output error", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    answer = run("move", "naps", "processed")
    assert answer.exit_code == 2
    assert "Nothing was changed" in answer.output
    assert files() == before
