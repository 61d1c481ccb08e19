"""Writes docs/rules.md from the explanations of all rules: `.venv/bin/python scripts/rules_page.py`.

With `--check` it writes nothing, and fails if the page is not as it would be written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from itertools import groupby
from pathlib import Path
from typing import Final

from codex_publisher.model.catalogue import GROUPS, RULES
from codex_publisher.model.examples import shown_path, text_of
from codex_publisher.model.explanation import Explanation, Files
from codex_publisher.model.explanations import EXPLANATIONS
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.problems import Severity

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
WORDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
HEAD: Final = """\
<!-- Written by scripts/rules_page.py. The texts are in hooks/codex_publisher/model/explanations/. -->

# Rules

What `codex check` looks at. Each rule has a code that keeps its meaning for ever. *Errors* mean that part of
a note could not be read as it was written. *Warnings* are things to mend. *Remarks* may stay. None of them
keeps a note from being published. `codex explain L101` prints the same in a terminal.

[Checking](checking.md#which-problems-are-shown) says how to leave a rule out, and how to give it another
severity.
"""


def page() -> str:
    """The whole page."""
    return "\n".join((HEAD, *_contents(), "", *_groups()))


def _contents() -> Iterator[str]:
    yield "| code | severity | what is wrong |"
    yield "|---|---|---|"
    for rule in RULES.values():
        yield f"| [{rule.code}](#{rule.code.lower()}) | {WORDS[rule.severity]} | {rule.title} |"


def _groups() -> Iterator[str]:
    for letter, group in groupby(EXPLANATIONS.values(), key=lambda explanation: explanation.rule.code[0]):
        yield f"## {GROUPS[letter]}\n"
        for explanation in group:
            yield from _rule(explanation)


def _rule(explanation: Explanation) -> Iterator[str]:
    rule = explanation.rule
    yield f"### {rule.code}: {rule.title} {{ #{rule.code.lower()} }}\n"
    yield f"*{WORDS[rule.severity].capitalize()}.* {explanation.what}\n"
    yield f"{explanation.why}\n"
    yield f"**How to mend it:** {explanation.fix}\n"
    if explanation.instead:
        yield f"**How it comes about:** {explanation.instead}\n"
    yield from _example(explanation.bad, explanation.good)
    if explanation.beside:
        yield f"Beside it: {_named(explanation.beside)}.\n"


def _example(bad: Files, good: Files) -> Iterator[str]:
    if bad.keys() == good.keys():
        yield from (_both(path, bad[path], good[path]) for path in bad)
    elif list(bad.values()) == list(good.values()):
        yield f"**Before:** {_named(bad)}. **After:** {_named(good)}.\n"
    else:
        yield from (_block("markdown", f"Before: {path}", text_of(text)) for path, text in bad.items())
        yield from (_block("markdown", f"After: {path}", text_of(text)) for path, text in good.items())


def _named(files: Files) -> str:
    return " and ".join(f"`{_visible(shown_path(path))}`" for path in files)


def _both(path: str, before: str | bytes, after: str | bytes) -> str:
    """A file before and after in one, with marks at the lines that change."""
    old, new = (_visible(text_of(content)).splitlines() for content in (before, after))
    if old == new:
        return _block("markdown", path, text_of(after))
    told = list(unified_diff(old, new, n=len(old), lineterm=""))[3:]
    return _block("diff", f"{path}, before (-) and after (+)", "\n".join(line.rstrip() for line in told))


def _block(language: str, title: str, text: str) -> str:
    shown = _visible(text).removesuffix("\n")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", shown)), default=0))
    return f'{fence}{language} title="{_visible(shown_path(title))}"\n{shown}\n{fence}\n'


def _visible(text: str) -> str:
    return "\n".join(HIDDEN.sub("\ufffd", line) for line in text.split("\n"))


def main() -> None:
    """Write the page, or see whether it is up to date."""
    if "--check" in sys.argv[1:]:
        if PAGE.read_text("utf-8") != page():
            sys.exit("docs/rules.md is not up to date. Run scripts/rules_page.py.")
        return
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
