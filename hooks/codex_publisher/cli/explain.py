"""`codex explain`: what a rule means, why it is there, and how to keep it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import click

from codex_publisher.cli.terminal import Refusal, may_use_colours, tell_all
from codex_publisher.model.catalogue import GROUPS, RULES, UnknownRuleError, rules_of
from codex_publisher.model.counting import WORDS
from codex_publisher.model.examples import shown_path, text_of
from codex_publisher.model.explanation import Explanation, Files
from codex_publisher.model.explanations import EXPLANATIONS
from codex_publisher.model.names import visible
from codex_publisher.model.problems import Rule

_WIDEST: Final = 88
EXAMPLES: Final = (
    "\b\nExamples:\n  codex explain L101   one rule\n  codex explain L      all rules about links\n"
)


@click.command("explain", short_help="Say what a rule means, and how to keep it.", epilog=EXAMPLES)
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.pass_context
def command(context: click.Context, codes: tuple[str, ...]) -> None:
    """Say what a rule means, why it is there, and how to mend what breaks it.

    CODE is what stands in front of a problem, such as L101. With the beginning of a code, such as L, the
    rules of that group are listed; without any, all rules are.
    """
    try:
        wanted = [rules_of(code) for code in codes] or [tuple(RULES.values())]
    except UnknownRuleError as error:
        raise Refusal(str(error)) from error
    colours = may_use_colours()
    tell_all(
        line
        for number, rules in enumerate(wanted)
        for line in (*([""] if number else []), *_told(rules, colours))
    )


def _told(rules: tuple[Rule, ...], colours: bool) -> Iterator[str]:
    if len(rules) == 1:
        return _explained(EXPLANATIONS[rules[0].code], colours)
    return _listed(rules, colours)


def _listed(rules: Iterable[Rule], colours: bool) -> Iterator[str]:
    for number, (letter, group) in enumerate(groupby(rules, key=lambda rule: rule.code[0])):
        if number:
            yield ""
        yield _bold(GROUPS[letter], colours)
        for rule in group:
            yield f"  {_bold(rule.code, colours)}  {WORDS[rule.severity][0]:7}  {rule.title}"


def _explained(explanation: Explanation, colours: bool) -> Iterator[str]:
    rule = explanation.rule
    yield f"{_bold(rule.code, colours)}  {_bold(rule.title, colours)} ({WORDS[rule.severity][0]})"
    yield ""
    yield from _paragraph(explanation.what)
    yield from _paragraph(explanation.why, "Why it matters: ")
    yield from _paragraph(explanation.fix, "How to mend it: ")
    if explanation.instead:
        yield from _paragraph(explanation.instead, "How it comes about: ")
    yield from _example("Before", explanation.bad, colours)
    yield from _example("After", explanation.good, colours)
    if explanation.beside:
        yield from _paragraph(f"Beside it: {' and '.join(explanation.beside)}.")
    yield from _paragraph(
        f"To leave it out once: `codex check --ignore {rule.code}`. For good: `ignore: [{rule.code}]` below "
        "`extra.codex.checks` in mkdocs.yml."
    )[:-1]


def _paragraph(text: str, label: str = "") -> list[str]:
    width = min(_WIDEST, shutil.get_terminal_size((_WIDEST, 0)).columns) - 2
    lines = textwrap.wrap(f"{label}{visible(text)}", width, break_long_words=False, break_on_hyphens=False)
    return [*(f"  {line}" for line in lines), ""]


def _example(label: str, files: Files, colours: bool) -> Iterator[str]:
    for path, content in files.items():
        yield f"  {label}, in {visible(shown_path(path))}:"
        bar = click.style("|", dim=True) if colours else "|"
        for line in text_of(content).removesuffix("\n").split("\n"):
            yield f"    {bar} {visible(line)}".rstrip()
        yield ""


def _bold(text: str, colours: bool) -> str:
    return click.style(text, bold=True) if colours else text
