"""The pages for those who keep the codex: what is wanted, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from codex_publisher.model.codex import Codex, Wanted, newest_first
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.index_views import BROWSE, shown_at
from codex_publisher.site.listing import (
    count_of,
    headline,
    link_to,
    paginate,
    row,
    shorten,
)
from codex_publisher.site.note_views import MAX_PROBLEMS, problem_lines, problems_address
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import (
    IndexView,
    LinkTo,
    ProblemGroup,
    ProblemLine,
    ProblemsView,
    RowGroup,
    RuleRow,
    WantedRow,
    WantedView,
)

SHOWN_PLACES: Final = 5
PROBLEMS_PER_NOTE: Final = 6
WANTED_PER_PAGE: Final = 100
MAX_PAGE_WEIGHT: Final = 200_000
"""About how many bytes of problems one page shows."""


def wanted_views(codex: Codex) -> Iterable[WantedView]:
    """What is linked to and not written, the most wanted first."""
    total = len(codex.wanted)
    for pagination, shown in paginate(codex.wanted, "wanted/", WANTED_PER_PAGE):
        rows = []
        for wanted in shown:
            sources = list(dict.fromkeys(place.path for place in wanted.wanted_by))
            rows.append(
                WantedRow(
                    shorten(wanted.title, 300),
                    f"w-{wanted.slug}",
                    wanted.note_count,
                    tuple(link_to(codex, codex.notes[path]) for path in sources[:SHOWN_PLACES]),
                    max(0, len(sources) - SHOWN_PLACES),
                    wanted_address(wanted) if len(sources) > SHOWN_PLACES else "",
                    tuple(link_to(codex, codex.notes[path]) for path in wanted.near),
                )
            )
        yield WantedView(
            shown_at(pagination, "wanted/"),
            "Wanted",
            (BROWSE,),
            f"{count_of(total, 'note')} linked to and not written yet, the most wanted first.",
            tuple(rows),
            pagination,
            "" if total else "Nothing is wanted: every link between notes leads to one.",
        )


def wanted_address(wanted: Wanted) -> str:
    """Where all that want a note are listed when they are many."""
    return f"wanted/{wanted.slug}/"


def wanted_by_views(codex: Codex, settings: Settings) -> Iterable[IndexView]:
    """For each much wanted note, all the notes that want it."""
    for wanted in codex.wanted:
        notes = [codex.notes[path] for path in dict.fromkeys(place.path for place in wanted.wanted_by)]
        if len(notes) <= SHOWN_PLACES:
            continue
        notes.sort(key=newest_first)
        for pagination, shown in paginate(notes, wanted_address(wanted), settings.notes_per_page):
            yield IndexView(
                shown_at(pagination, wanted_address(wanted)),
                f"Wanted: {shorten(wanted.title, 250)}",
                (BROWSE, LinkTo("Wanted", "wanted/")),
                "Not written yet. These notes link to it.",
                f"{count_of(len(notes), 'note')}, newest first.",
                (RowGroup("", tuple(row(codex, note) for note in shown)),),
                pagination,
            )


def problem_views(codex: Codex, settings: Settings) -> Iterable[ProblemsView]:
    """What is wrong: how often each rule is broken, then note by note."""
    by_rule: dict[str, list[Problem]] = defaultdict(list)
    for problem in codex.problems:
        by_rule[problem.code].append(problem)
    rules = tuple(
        RuleRow(code, found[0].rule.title, found[0].severity.value, len(found), f"problems/{code.lower()}/")
        for code, found in sorted(
            by_rule.items(), key=lambda item: (item[1][0].severity.rank, -len(item[1]), item[0])
        )
    )
    yield from _problem_pages(codex, settings, "problems/", "Problems", (BROWSE,), codex.problems, rules)
    for code, found in sorted(by_rule.items()):
        title = f"{code} {found[0].rule.title}"
        crumbs = (BROWSE, LinkTo("Problems", "problems/"))
        yield from _problem_pages(codex, settings, f"problems/{code.lower()}/", title, crumbs, found, ())


def _problem_pages(
    codex: Codex,
    settings: Settings,
    first: str,
    title: str,
    crumbs: tuple[LinkTo, ...],
    problems: Sequence[Problem],
    rules: tuple[RuleRow, ...],
) -> Iterable[ProblemsView]:
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.path].append(problem)
    order = sorted(by_path.items(), key=lambda item: (min(one.severity.rank for one in item[1]), item[0]))
    every = [_problem_group(codex, settings, path, found) for path, found in order]
    for pagination, shown in paginate(_pages_of(every, settings.notes_per_page), first, 1):
        groups = tuple(group for page in shown for group in page)
        yield ProblemsView(
            shown_at(pagination, first),
            title,
            crumbs,
            f"{count_of(len(problems), 'problem')} in {count_of(len(by_path), 'file')}, worst first.",
            rules if pagination.number == 1 else (),
            groups,
            pagination,
            "" if problems else "Nothing is wrong.",
        )


def _pages_of(groups: Iterable[ProblemGroup], per_page: int) -> list[list[ProblemGroup]]:
    """The groups by pages: as many notes as a list shows, but fewer where much is wrong or names are long."""
    pages: list[list[ProblemGroup]] = []
    room = 0
    for group in groups:
        weight = sum(_weight(line) for line in group.problems) + 5 * len(group.path) + 300
        if not pages or len(pages[-1]) >= per_page or weight > room:
            pages.append([])
            room = MAX_PAGE_WEIGHT
        pages[-1].append(group)
        room -= weight
    return pages


def _weight(line: ProblemLine) -> int:
    """About how many bytes a line takes on the page: letters beyond ASCII have more than one."""
    return (
        400 + len(line.url) + len(line.message.encode(errors="replace") + line.hint.encode(errors="replace"))
    )


def _problem_group(codex: Codex, settings: Settings, path: str, problems: Sequence[Problem]) -> ProblemGroup:
    note = codex.notes.get(NotePath(path))
    more = max(0, len(problems) - PROBLEMS_PER_NOTE)
    return ProblemGroup(
        link_to(codex, note) if note else LinkTo(HIDDEN.sub("\ufffd", path)),
        HIDDEN.sub("\ufffd", path),
        problem_lines(problems, settings, PROBLEMS_PER_NOTE),
        more,
        _rest_of(codex, note, more) if note and more else None,
    )


def _rest_of(codex: Codex, note: Note, more: int) -> LinkTo:
    permalink = codex.permalinks[note.path]
    if len(codex.problems_of(note)) > MAX_PROBLEMS:
        return LinkTo(f"and {more} more", problems_address(permalink))
    return LinkTo(f"and {more} more", permalink, "codex-problems")


def note_problem_views(codex: Codex, settings: Settings) -> Iterable[ProblemsView]:
    """For each note with more problems than its page tells, all of them."""
    for note in codex.notes.values():
        problems = codex.problems_of(note)
        if len(problems) <= MAX_PROBLEMS:
            continue
        lines = problem_lines(problems, settings)
        first = problems_address(codex.permalinks[note.path])
        for pagination, shown in paginate(lines, first, settings.notes_per_page):
            group = ProblemGroup(link_to(codex, note), HIDDEN.sub("\ufffd", note.path), tuple(shown), 0)
            yield ProblemsView(
                shown_at(pagination, first),
                f"Problems of: {shorten(headline(note.title), 200)}",
                (BROWSE, LinkTo("Problems", "problems/")),
                f"{count_of(len(lines), 'problem')}, worst first.",
                (),
                (group,),
                pagination,
                "",
            )
