"""The pages of what is wrong: all of it, by rule, by severity, by kind of note, and of a single note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem, Severity
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.index_views import BROWSE, shown_at
from codex_publisher.site.listing import (
    by_weight,
    count_of,
    headline,
    link_to,
    paginate,
    shorten,
)
from codex_publisher.site.note_views import MAX_PROBLEMS, problem_lines, problems_address
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import (
    Fact,
    LinkTo,
    ProblemGroup,
    ProblemLine,
    ProblemsView,
    RuleRow,
)

PROBLEMS: Final = "problems/"
RULES: Final = "rules/"
"""The page of the guide that explains every rule."""
PROBLEMS_PER_NOTE: Final = 6
MAX_PAGE_WEIGHT: Final = 200_000
"""About how many bytes of problems one page shows."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of what is wrong: what it is called, and where it is."""

    text: str
    to: str
    title: str
    problems: Sequence[Problem]


def problem_views(codex: Codex, settings: Settings, has_rules: bool = False) -> Iterable[ProblemsView]:
    """What is wrong: how often each rule is broken, then note by note; likewise each part of it.

    `has_rules` says whether the page of the guide that explains the rules is part of the site.
    """
    crumbs = (BROWSE, LinkTo("Problems", PROBLEMS))
    parts = [_Part("all", PROBLEMS, "Problems", codex.problems), *_severities(codex), *_kinds(codex)]
    for part in parts:
        first = _Page(part.to, part.title, (BROWSE,) if part.to == PROBLEMS else crumbs, part.problems)
        rules = _rules(part.problems, has_rules)
        yield from _problem_pages(codex, settings, replace(first, rules=rules, filters=_filters(parts, part)))
    by_rule = _by_rule(codex.problems)
    for code, found in by_rule.items():
        rule = found[0].rule
        to, title = _rule_address(code), f"{code} {rule.title}"
        row = RuleRow(code, rule.title, rule.severity.value, len(found), to, _explained(code, has_rules))
        yield from _problem_pages(codex, settings, _Page(to, title, crumbs, found, rule=row))


def _by_rule(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.code].append(problem)
    return dict(sorted(found.items()))


def _rules(problems: Iterable[Problem], has_rules: bool) -> tuple[RuleRow, ...]:
    """How often each rule is broken, the most severe first."""
    by_rule = _by_rule(problems)
    return tuple(
        RuleRow(
            code,
            found[0].rule.title,
            found[0].severity.value,
            len(found),
            _rule_address(code),
            _explained(code, has_rules),
        )
        for code, found in sorted(
            by_rule.items(), key=lambda item: (item[1][0].severity.rank, -len(item[1]), item[0])
        )
    )


def _rule_address(code: str) -> str:
    return f"{PROBLEMS}{code.lower()}/"


def _explained(code: str, has_rules: bool) -> LinkTo | None:
    return LinkTo(f"what {code} is about", RULES, code.lower()) if has_rules else None


_SEVERITY_WORDS: Final = {
    Severity.ERROR: "errors",
    Severity.WARNING: "warnings",
    Severity.INFO: "remarks",
}


def _severities(codex: Codex) -> Iterable[_Part]:
    for severity, words in _SEVERITY_WORDS.items():
        if found := [problem for problem in codex.problems if problem.severity is severity]:
            yield _Part(words, f"{PROBLEMS}{words}/", words.capitalize(), found)


def _kinds(codex: Codex) -> Iterable[_Part]:
    by_kind: dict[str, list[Problem]] = defaultdict(list)
    for problem in codex.problems:
        note = codex.notes.get(NotePath(problem.path))
        by_kind[note.kind.plural if note else ""].append(problem)
    for plural in (*(kind.plural for kind in KINDS), ""):
        if found := by_kind.get(plural):
            named = plural or "other files"
            # No code of a rule is a kind's name, so the addresses of both cannot be the same.
            yield _Part(named, f"{PROBLEMS}{plural or 'files'}/", f"Problems of {named}", found)


def _filters(parts: Sequence[_Part], current: _Part) -> tuple[Fact, ...]:
    """Where each part is, with how many there are; what is shown already is no link."""
    links = {
        part.to: LinkTo(f"{part.text} ({len(part.problems):,})", "" if part is current else part.to)
        for part in parts
        if part.problems
    }
    severities = {PROBLEMS, *(f"{PROBLEMS}{words}/" for words in _SEVERITY_WORDS.values())}
    lines = (
        Fact("Severity", tuple(link for to, link in links.items() if to in severities)),
        Fact("Kind", tuple(link for to, link in links.items() if to not in severities)),
    )
    return tuple(line for line in lines if line.values)


@dataclass(frozen=True, slots=True)
class _Page:
    """What the pages of one list of problems have in common."""

    first: str
    title: str
    crumbs: tuple[LinkTo, ...]
    problems: Sequence[Problem]
    rules: tuple[RuleRow, ...] = ()
    filters: tuple[Fact, ...] = ()
    rule: RuleRow | None = None


def _problem_pages(codex: Codex, settings: Settings, page: _Page) -> Iterable[ProblemsView]:
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in page.problems:
        by_path[problem.path].append(problem)
    order = sorted(by_path.items(), key=lambda item: (min(one.severity.rank for one in item[1]), item[0]))
    every = [_problem_group(codex, settings, path, found) for path, found in order]
    for pagination, shown in paginate(_pages_of(every, settings.notes_per_page), page.first, 1):
        is_first = pagination.number == 1
        yield ProblemsView(
            shown_at(pagination, page.first),
            page.title,
            page.crumbs,
            f"{count_of(len(page.problems), 'problem')} in {count_of(len(by_path), 'file')}, worst first.",
            page.rules if is_first else (),
            tuple(group for groups in shown for group in groups),
            pagination,
            "" if page.problems else "Nothing is wrong.",
            page.filters,
            page.rule,
        )


def _pages_of(groups: Iterable[ProblemGroup], per_page: int) -> list[list[ProblemGroup]]:
    """The groups by pages: as many lines as a list shows notes, but fewer where they or names are long."""
    return by_weight(
        groups,
        lambda group: max(_bytes(group) * per_page // MAX_PAGE_WEIGHT, len(group.problems)),
        per_page,
        per_page,
    )


def _bytes(group: ProblemGroup) -> int:
    return sum(_weight(line) for line in group.problems) + 5 * len(group.path) + 300


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


def note_problem_views(codex: Codex, note: Note, settings: Settings) -> Iterable[ProblemsView]:
    """All problems of a note that has more than its page tells."""
    lines = problem_lines(codex.problems_of(note), settings)
    first = problems_address(codex.permalinks[note.path])
    for pagination, shown in paginate(lines, first, settings.notes_per_page):
        group = ProblemGroup(link_to(codex, note), HIDDEN.sub("\ufffd", note.path), tuple(shown), 0)
        yield ProblemsView(
            shown_at(pagination, first),
            f"Problems of: {shorten(headline(note.title), 200)}",
            (BROWSE, LinkTo("Problems", PROBLEMS)),
            f"{count_of(len(lines), 'problem')}, worst first.",
            (),
            (group,),
            pagination,
            "",
        )
