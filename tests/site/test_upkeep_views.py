"""What is wanted, orphaned and wrong, and the front page: their order, their words, their numbers."""

from __future__ import annotations

from codex_publisher.site.history import History
from codex_publisher.site.plan import plan
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import HomeView, IndexView, LinkTo, NoteView, ProblemsView, View, WantedView
from support.notes import with_fields
from support.sites import codex_of
from support.views import history, rows_of, settings, source, views_of


def _home(
    files: dict[str, str], days: dict[str, tuple[str, str]] | None = None, **changes: object
) -> HomeView:
    view = views_of(codex_of(files), history(days or {}), **changes)[""]
    assert isinstance(view, HomeView)
    return view


def _wanted(files: dict[str, str]) -> WantedView:
    view = views_of(codex_of(files))["wanted/"]
    assert isinstance(view, WantedView)
    return view


def _index(view: View) -> IndexView:
    assert isinstance(view, IndexView)
    return view


def test_wanted_notes_are_ranked_by_how_many_notes_want_them_with_existing_ones_that_are_near() -> None:
    codex = {
        "claims/short naps improve recall in adults.md": "# Naps\n\n[[sleep and age]] [[Sleep-and-Age]]\n",
        "claims/b.md": "# B\n\n[[short naps improve recall in children]] and [[sleep and age]].\n",
        "claims/c.md": "# C\n\n[[short naps improve recall in children]] and [[zebras]].\n",
        "claims/d.md": with_fields("depends_on: [short naps improve recall in children]"),
    }
    view = _wanted(codex)
    assert view.summary == (
        "3 notes linked to and not written yet, the most wanted first. Each note that links to it counts "
        "one, a likely one half as much again, a proven one double."
    )
    assert [(row.title, row.count) for row in view.rows] == [
        ("short naps improve recall in children", 3),
        ("sleep and age", 2),
        ("zebras", 1),
    ]
    children, _, zebras = view.rows
    assert children.near == (LinkTo("Naps", "claims/short-naps-improve-recall-in-adults/"),)
    assert [link.text for link in children.wanted_by] == ["B", "C", "D"]
    assert zebras.near == ()


def test_a_much_wanted_note_has_a_page_with_all_that_want_it() -> None:
    codex = {f"claims/{n}.md": f"# Note {n}\n\n[[zebras]]\n" for n in range(8)}
    views = views_of(codex_of(codex))
    board = views["wanted/"]
    assert isinstance(board, WantedView)
    (row,) = board.rows
    assert (len(row.wanted_by), row.more, row.more_to) == (5, 3, "wanted/zebras/")
    assert len(rows_of(views["wanted/zebras/"])) == 8


def test_when_nothing_is_wanted_the_page_says_so() -> None:
    assert _wanted({"claims/a.md": "# A\n"}).empty


def test_orphans_are_what_no_other_note_links_to_with_the_sources_last() -> None:
    codex = {
        "claims/linked.md": "# Linked\n\nSee [[linked]] itself.\n",
        "claims/alone.md": with_fields("created: 2026-01-01"),
        "claims/newer.md": with_fields("created: 2026-02-01", body="To [[linked]].\n"),
        "entities/lab.md": "# The lab\n",
        "inbox/queue/a.md": source(),
        "maps/sleep.md": "# A map\n",
        "notes/page.md": "# A page\n",
    }
    view = _index(views_of(codex_of(codex))["orphans/"])
    assert view.summary == "6 notes, by kind, newest first."
    assert [(group.title, [row.title for row in group.rows]) for group in view.groups] == [
        ("Claims", ["Newer", "Alone"]),
        ("Entities", ["The lab"]),
        ("Maps", ["A map"]),
        ("Pages", ["A page"]),
        ("Sources", ["A"]),
    ]
    assert _index(views_of(codex_of({}))["orphans/"]).empty


def test_problems_are_counted_by_rule_and_told_note_by_note_the_worst_first() -> None:
    whole = ("type: claim", "domain: d", "confidence: likely", "description: Yes", "source: A book")
    codex = {
        "claims/naps are fine.md": with_fields(*whole),
        "claims/naps are wanted.md": with_fields(*whole, body="[[x]]\n"),
        "notes/broken.md": "---\ntitle: Broken\ntags: [a\n---\n\n[[x]]\n",
    }
    views = views_of(codex_of(codex), repository="https://example.org/ann/notes")
    every, part = views["problems/"], views["problems/l101/"]
    assert isinstance(every, ProblemsView)
    assert isinstance(part, ProblemsView)
    assert every.summary == "3 problems in 2 files, worst first."
    assert [(rule.code, rule.severity, rule.count, rule.to) for rule in every.rules] == [
        ("F102", "error", 1, "problems/f102/"),
        ("L101", "warning", 2, "problems/l101/"),
    ]
    assert [(group.note, group.path) for group in every.groups] == [
        (LinkTo("Broken", "notes/broken/"), "notes/broken.md"),
        (LinkTo("Naps are wanted", "claims/naps-are-wanted/"), "claims/naps are wanted.md"),
    ]
    first = every.groups[0].problems[0]
    assert (first.code, first.line) == ("F102", 3)
    assert first.hint
    assert first.url == "https://example.org/ann/notes/blob/main/notes/broken.md?plain=1#L3"
    assert part.summary == "2 problems in 2 files, worst first."


def test_a_codex_in_good_order_says_so() -> None:
    view = views_of(codex_of({"maps/a.md": with_fields("type: map")}))["problems/"]
    assert isinstance(view, ProblemsView)
    assert view.empty == "Nothing is wrong."


def test_the_front_page_tells_the_numbers_that_matter() -> None:
    claim = with_fields("created: 2026-03-01", body="[[zebras]]\n")
    codex = {"claims/a.md": claim, "claims/b.md": claim, "inbox/queue/c.md": source(days=3)}
    figures = [(figure.number, figure.label, figure.to) for figure in _home(codex).figures]
    assert figures == [
        ("2", "claims", "claims/"),
        ("1", "source waiting", "queue/"),
        ("1", "note wanted", "wanted/"),
        ("1 March 2026", "last change", "new/"),
    ]


def test_the_last_change_is_that_of_a_note_and_not_of_any_other_file() -> None:
    days = {"claims/a.md": ("2026-01-01", "2026-02-02"), "hooks/code.py": ("2026-01-01", "2026-03-03")}
    assert _home({"claims/a.md": "# A\n"}, days).figures[-1].number == "2 February 2026"


def test_the_front_page_shows_five_new_notes_and_the_five_that_have_waited_longest() -> None:
    codex = {
        f"claims/{n}.md": with_fields(f"title: Claim {n}", f"created: 2026-03-0{n}") for n in range(1, 8)
    }
    codex["claims/future.md"] = with_fields("created: 2026-04-01")
    codex |= {f"inbox/queue/{n}.md": source(f"title: Source {n}", days=n) for n in range(1, 8)}
    view = _home(codex)
    assert [row.title for row in view.newest.rows] == [f"Claim {n}" for n in (7, 6, 5, 4, 3)]
    waiting = [(row.title, row.age) for row in view.waiting.rows]
    assert waiting == [(f"Source {n}", f"{n} days") for n in (7, 6, 5, 4, 3)]
    assert (view.waiting.total, view.waiting.more_to) == (7, "queue/")


def test_the_front_page_shows_health_at_a_glance() -> None:
    codex = {
        "maps/fine.md": with_fields("type: map"),
        "maps/well.md": with_fields("type: map"),
        "maps/wants.md": with_fields("type: map", body="[[x]]"),
        "maps/broken.md": "---\ntags: [a\n---\nText.\n",
    }
    view = _home(codex)
    assert view.health_words == "62 of 100: 2 in good order, 1 with warnings, 1 with errors."
    assert [(part.severity, part.start, part.share) for part in view.health] == [
        ("ok", 0, 50),
        ("warning", 50, 25),
        ("error", 75, 25),
    ]


def test_an_empty_codex_has_a_front_page_that_says_how_to_begin() -> None:
    assert _home({}).empty.startswith("There are no notes yet. Write the first:")


def test_the_front_page_says_what_the_codex_is() -> None:
    codex = {"inbox/queue/a.md": source(), "claims/b.md": "# B\n"}
    assert _home(codex, description="About sleep").standfirst == "About sleep"
    assert _home(codex).standfirst.startswith("A shared notebook of 2 notes, 1 claim and 1 source.")


def test_a_note_with_many_problems_has_a_page_with_all_of_them() -> None:
    wanted = " ".join(f"[[nobody {number}]]" for number in range(25))
    views = views_of(codex_of({"claims/a.md": with_fields("type: claim", body=wanted)}))
    note = views["claims/a/"]
    assert isinstance(note, NoteView)
    assert note.problems_to == "claims/a/problems/"
    every = views["claims/a/problems/"]
    assert isinstance(every, ProblemsView)
    (group,) = every.groups
    assert len(group.problems) == note.problem_count > len(note.problems)
    overview = views["problems/"]
    assert isinstance(overview, ProblemsView)
    (told,) = overview.groups
    assert told.more_to is not None
    assert told.more_to.to == "claims/a/problems/"
    assert len(told.problems) + told.more == note.problem_count


def test_a_page_of_problems_stays_small_however_much_is_wrong() -> None:
    far = "日" * 70
    links = "\n".join(f"[[{'語' * 110}{number}]]" for number in range(8))
    files = {f"{far}/{far}/n{number}.md": with_fields("title: A", body=links) for number in range(130)}
    views = views_of(codex_of(files), repository="https://github.com/ann/notes")
    pages = [view for address, view in views.items() if address.startswith("problems/l101/")]
    assert len(pages) > 2
    shown = 0
    for page in pages:
        assert isinstance(page, ProblemsView)
        lines = [line for group in page.groups for line in group.problems]
        assert sum(len((line.message + line.hint + line.url).encode()) for line in lines) < 250_000
        assert len(lines) <= 100
        shown += len(page.groups)
    assert shown == len(files)


def test_a_page_of_problems_has_as_many_lines_as_a_list_has_notes() -> None:
    files = {
        f"n{number:03}.md": with_fields("title: A", body="[[q]]\n[[r]]\n[[s]]\n") for number in range(90)
    }
    views = views_of(codex_of(files), notes_per_page=30)
    pages = [view for address, view in views.items() if address.startswith("problems/l101/")]
    counts = [
        sum(len(group.problems) for group in page.groups) for page in pages if isinstance(page, ProblemsView)
    ]
    assert counts == [30] * 9


def _problems(views: dict[str, View], address: str) -> ProblemsView:
    view = views[address]
    assert isinstance(view, ProblemsView)
    return view


WRONG = {
    "claims/naps are wanted.md": with_fields("type: claim", body="[[naps are many in number]]\n"),
    "notes/broken.md": "---\ntitle: Broken\ntags: [a\n---\n\n[[naps are many in number]]\n",
    "entities/Lab One.md": with_fields("type: entity", "entity_type: lab", "domain: d"),
}


def test_problems_can_be_parted_by_severity_and_by_kind_without_a_script() -> None:
    views = views_of(codex_of(WRONG))
    every = _problems(views, "problems/")
    total = sum(rule.count for rule in every.rules)
    severities, kinds = every.filters
    assert severities.values[0] == LinkTo(f"all ({total})")
    assert [link.to for link in severities.values[1:]] == [
        "problems/errors/",
        "problems/warnings/",
        "problems/remarks/",
    ]
    assert [link.to for link in kinds.values] == ["problems/claims/", "problems/entities/", "problems/pages/"]
    for line, members in ((severities.values[1:], 3), (kinds.values, 3)):
        counts = []
        for link in line:
            part = _problems(views, link.to)
            told = sum(len(group.problems) + group.more for group in part.groups)
            assert link.text.endswith(f" ({told})")
            assert sum(rule.count for rule in part.rules) == told
            # Where one is already is said, and is no link.
            assert LinkTo(link.text) in (one for fact in part.filters for one in fact.values)
            counts.append(told)
        assert (len(counts), sum(counts)) == (members, total)
    errors = _problems(views, "problems/errors/")
    assert {line.severity for group in errors.groups for line in group.problems} == {"error"}
    assert [group.path for group in _problems(views, "problems/claims/").groups] == [
        "claims/naps are wanted.md"
    ]


def test_a_rule_leads_to_its_explanation_where_the_guide_is_part_of_the_site() -> None:
    codex = codex_of(WRONG)
    with_guide = {
        page.permalink: page.make_view()
        for page in plan(codex, settings(), History(), None, None, {"rules/"})
    }
    without = views_of(codex)
    rule = next(rule for rule in _problems(with_guide, "problems/").rules if rule.code == "L101")
    assert rule.explained == LinkTo("what L101 is about", "rules/", "l101")
    assert {rule.explained for rule in _problems(without, "problems/").rules} == {None}
    html = Renderer().render(_problems(with_guide, "problems/l101/"))
    assert 'href="../../rules/#l101"' in html
    for views in (with_guide, without):
        assert "<code>codex explain L101</code>" in Renderer().render(_problems(views, "problems/l101/"))
    assert "rules/#" not in Renderer().render(_problems(without, "problems/l101/"))
