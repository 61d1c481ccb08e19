"""What the pages of notes and of indexes show, as plain data."""

from __future__ import annotations

import pytest

from codex_publisher.site.views import LinkTo, NoteView, digest
from support.notes import with_fields
from support.sites import codex_of
from support.views import history, note_view_of, rows_of, titles_of, views_of

SOURCE = "inbox/queue/naps.md"
CLAIM = "claims/short naps help.md"
OTHER = "claims/long naps harm.md"
CODEX = {
    SOURCE: with_fields(
        "type: source",
        "title: naps, a survey",
        "author: Ann Smith and Bo Chen",
        "url: https://www.example.org/naps/",
        "date: 2026-03-00",
        "domain: sleep",
        "format: paper",
        "status: null-result",
        "priority: high",
        "tags: [memory, Deep Sleep]",
    ),
    CLAIM: with_fields(
        "type: claim",
        "domain: sleep",
        "confidence: likely",
        "created: 2026-03-05",
        "tags: [memory]",
        'depends_on: ["[[naps in old age]]"]',
        body="Three trials agree.\n\n## Evidence\n\n- [[naps]] is the largest of the three trials\n",
    ),
    OTHER: with_fields(
        "type: claim",
        "domain: sleep",
        "confidence: speculative",
        "created: 2026-02-01",
        "challenged_by: [short naps help]",
        body="This goes further than [[short naps help]] does.\n",
    ),
}


def _many(number: int) -> dict[str, str]:
    """Claims about one domain, the last one the newest."""
    return {
        f"claims/claim {index:02}.md": with_fields(
            "type: claim", "domain: sleep", f"created: 2026-01-{index:02}"
        )
        for index in range(1, number + 1)
    }


def test_a_note_shows_what_it_is_as_chips_that_lead_to_their_indexes() -> None:
    view = note_view_of(CODEX, SOURCE)
    assert [(chip.text, chip.to) for chip in view.chips] == [
        ("source", "sources/"),
        ("null result", "status/null-result/"),
        ("high", "priority/high/"),
        ("sleep", "domains/sleep/"),
        ("March 2026", "years/2026/"),
    ]
    assert [(chip.text, chip.to) for chip in view.tags] == [
        ("memory", "tags/memory/"),
        ("Deep Sleep", "tags/deep-sleep/"),
    ]


@pytest.mark.parametrize(
    ("word", "steps"), [("proven", 4), ("likely", 3), ("experimental", 2), ("speculative", 1), ("hopeful", 0)]
)
def test_confidence_is_a_meter_of_four_steps(word: str, steps: int) -> None:
    view = note_view_of({CLAIM: with_fields("type: claim", f"confidence: {word}")}, CLAIM)
    assert [(chip.text, chip.level) for chip in view.chips if chip.facet == "confidence"] == [(word, steps)]


def test_a_value_is_shown_in_its_commonest_spelling() -> None:
    spellings = ["AI safety", "AI safety", "ai-safety", "Ai_Safety"]
    codex = {f"claims/{n}.md": with_fields(f"domain: {name}") for n, name in enumerate(spellings)}
    assert {note_view_of(codex, path).chips[1].text for path in codex} == {"AI safety"}
    assert len(rows_of(views_of(codex_of(codex))["domains/ai-safety/"])) == 4


def test_a_value_outside_its_vocabulary_has_its_index_and_is_reported() -> None:
    view = note_view_of({SOURCE: with_fields("type: source", "status: parked")}, SOURCE)
    assert ("parked", "status/parked/") in [(chip.text, chip.to) for chip in view.chips]
    assert "F203" in [problem.code for problem in view.problems]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("naps help", "Naps help"),
        ("iPhones harm sleep", "iPhones harm sleep"),
        ("NAPS", "NAPS"),
        ("éric naps", "Éric naps"),
    ],
)
def test_a_title_is_a_sentence_that_begins_with_a_capital(written: str, shown: str) -> None:
    assert note_view_of({CLAIM: with_fields(f"title: {written}")}, CLAIM).title == shown


def test_a_note_says_where_it_stands() -> None:
    crumbs = note_view_of(CODEX, CLAIM).crumbs
    assert crumbs == (LinkTo("Claims", "claims/"), LinkTo("sleep", "domains/sleep/"))


def test_the_card_of_a_source_names_authors_address_and_format() -> None:
    facts = {fact.label: fact.values for fact in note_view_of(CODEX, SOURCE).facts}
    assert facts["Author"] == (
        LinkTo("Ann Smith", "authors/ann-smith/"),
        LinkTo("Bo Chen", "authors/bo-chen/"),
    )
    assert facts["Source"] == (LinkTo("example.org/naps", outward="https://www.example.org/naps/"),)
    assert facts["Format"] == (LinkTo("paper", "formats/paper/"),)


def test_what_a_note_rests_on_and_nobody_has_written_is_named_without_a_link() -> None:
    facts = {fact.label: fact.values for fact in note_view_of(CODEX, CLAIM).facts}
    assert facts["Rests on, not written yet"] == (LinkTo("naps in old age", is_wanted=True),)


def test_relations_stand_in_groups_with_the_sentence_that_states_them() -> None:
    groups = {group.title: group.items for group in note_view_of(CODEX, CLAIM).relations}
    assert list(groups) == ["What it rests on", "What it disputes"]
    assert [str(item.citation).strip() for item in groups["What it rests on"]] == [
        "is the largest of the three trials"
    ]
    carried = note_view_of(CODEX, SOURCE).relations
    assert [(group.title, group.items[0].to) for group in carried] == [
        ("What rests on it", "claims/short-naps-help/")
    ]


def test_many_backlinks_are_cut_and_all_are_listed_on_a_page_of_their_own() -> None:
    codex = {**_many(12), "claims/all.md": "# All\n"}
    codex = {path: text + "\nIt follows from [[all]].\n" for path, text in codex.items()}
    views = views_of(codex_of(codex), backlinks_per_group=5, notes_per_page=10)
    note = views["claims/all/"]
    assert isinstance(note, NoteView)
    (group,) = note.relations
    assert (group.total, len(group.items), group.more_to) == (12, 5, "claims/all/mentioned-by/")
    whole = [*titles_of(views[group.more_to]), *titles_of(views[f"{group.more_to}page/2/"])]
    assert whole == [f"Claim {index:02}" for index in range(12, 0, -1)]


def test_a_note_leads_to_the_newer_and_the_older_one_of_its_domain() -> None:
    view = note_view_of(CODEX, SOURCE)
    assert view.neighbours
    assert view.neighbours.index == LinkTo("sleep", "domains/sleep/")
    assert view.neighbours.newer == LinkTo("Short naps help", "claims/short-naps-help/")
    assert view.neighbours.older == LinkTo("Long naps harm", "claims/long-naps-harm/")


def test_a_note_tells_who_changed_it_and_leads_to_its_file_in_the_repository() -> None:
    path = "claims/50% of naps? #1.md"
    codex = codex_of({path: "# Naps\n"})
    changed = history({path: ("2026-01-02", "2026-03-04")})
    home = "https://example.org/ann/notes"
    view = views_of(codex, changed, repository=home, prefix="kb/", branch="fix#1")[
        codex.permalinks[next(iter(codex.notes))]
    ]
    assert isinstance(view, NoteView)
    told = view.provenance
    assert (told.changed_on, told.changed_by, told.commit) == ("4 March 2026", "Bo", "2222222")
    place = "fix%231/kb/claims/50%25%20of%20naps%3F%20%231.md"
    assert told.source_url == f"{home}/blob/{place}"
    assert told.edit_url == f"{home}/edit/{place}"
    assert told.commit_url == f"{home}/commit/{'2' * 40}"
    assert {problem.url for problem in view.problems} == {f"{home}/blob/{place}?plain=1#L1"}


def test_without_a_repository_nothing_leads_to_it() -> None:
    told = note_view_of(CODEX, CLAIM).provenance
    assert told.raw_to == "claims/short-naps-help/index.md"
    assert (told.source_url, told.edit_url, told.commit_url, told.changed_on) == ("", "", "", "")


def test_a_note_that_could_not_be_read_as_written_says_so_in_one_line() -> None:
    view = note_view_of({CLAIM: "---\ntitle: Naps\ntags: [a, b\n---\nText.\n"}, CLAIM)
    assert view.notice.startswith("Line 3: ")
    assert view.title == "Naps"
    assert "Text." in view.body
    assert note_view_of(CODEX, CLAIM).notice == ""


def test_a_note_without_a_text_is_known_to_be_empty() -> None:
    assert note_view_of({CLAIM: with_fields("type: claim", body="")}, CLAIM).is_empty
    assert not note_view_of(CODEX, CLAIM).is_empty


def test_the_fingerprint_of_a_view_changes_when_and_only_when_the_view_does() -> None:
    before = views_of(codex_of(CODEX))
    again = views_of(codex_of(dict(reversed(CODEX.items()))))
    after = views_of(codex_of({**CODEX, OTHER: CODEX[OTHER].replace("speculative", "proven")}))
    assert {address: digest(view) for address, view in before.items()} == {
        address: digest(view) for address, view in again.items()
    }
    shared = before.keys() & after.keys()
    changed = {address for address in shared if before[address] != after[address]}
    assert {address for address in shared if digest(before[address]) != digest(after[address])} == changed
    assert {"claims/long-naps-harm/", "claims/short-naps-help/", "confidence/", "domains/sleep/"} <= changed
    assert not {"sources/naps/", "tags/memory/", "wanted/", "authors/ann-smith/"} & changed


def test_two_views_of_different_sorts_never_share_a_fingerprint() -> None:
    views = views_of(codex_of(CODEX), history({SOURCE: ("2026-01-01", "2026-02-02")}))
    assert len({digest(view) for view in views.values()}) == len(views)
