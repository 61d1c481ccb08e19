"""Notes that would stall or end a build, each made when it is asked for: together they are many megabytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

MEGABYTE: Final = 1_000_000

HOSTILE: Final[Mapping[str, Callable[[], str]]] = {
    # Size
    "ten megabytes of paragraphs": lambda: "Words and more words here.\n\n" * 380_000,
    "ten megabytes in one line": lambda: "x" * 10 * MEGABYTE,
    "a line of a megabyte": lambda: "some words " * 90_000,
    "a megabyte of white space": lambda: " " * MEGABYTE + "x",
    "a hundred thousand links": lambda: "[[a b]] " * 100_000,
    "a hundred thousand different links": lambda: "".join(f"- [x]({n}.md)\n" for n in range(100_000)),
    "a hundred thousand images": lambda: "![x](y.png) " * 100_000,
    "a hundred thousand addresses": lambda: "https://example.org/ " * 100_000,
    "ten thousand headings": lambda: "".join(f"# h {n}\n\ntext\n\n" for n in range(10_000)),
    "ten thousand headings alike": lambda: "# A heading of some length\n" * 10_000,
    "a hundred thousand tasks": lambda: "- [ ] x\n" * 100_000,
    "thousands of footnotes": lambda: "".join(f"x[^{n}]\n\n[^{n}]: y\n\n" for n in range(30_000)),
    "thousands of fences": lambda: "```python\nx = 1\n```\n" * 30_000,
    "thousands of alerts": lambda: "> [!NOTE]\n> x\n\n" * 50_000,
    "thousands of candidates": lambda: "CLAIM CANDIDATE: a b c d\n" * 50_000,
    "a table of a thousand columns": lambda: (
        "|".join("a" * 1_000) + "\n" + "|".join("-" * 1_000) + "\na\n" * 999
    ),
    # Depth
    "quotes a hundred thousand deep": lambda: ">" * 100_000,
    "lists fifty thousand deep": lambda: "- " * 50_000 + "x",
    "elements a hundred thousand deep": lambda: "<div>" * 100_000,
    # What cmark's own tests call pathological
    "nested emphasis": lambda: "*a **a " * 65_000 + "b" + " a** a*" * 65_000,
    "emphasis that is never opened": lambda: "a_ " * 65_000,
    "emphasis that is never closed": lambda: "_a " * 65_000,
    "links that are never closed": lambda: "[a" * 65_000,
    "brackets that are never opened": lambda: "a]" * 65_000,
    "brackets within brackets": lambda: "[" * 50_000 + "a" + "]" * 50_000,
    "pairs of brackets": lambda: "[a](b" * 50_000,
    "links with an open bracket": lambda: "[](<" * 50_000,
    "pictures within pictures": lambda: "![" * 50_000 + "a" + "](b)" * 50_000,
    "references that are never found": lambda: "[a]: u\n" * 30_000 + "[b] " * 30_000,
    "runs of backticks": lambda: "".join("e" + "`" * n for n in range(1_500)),
    "backslashes": lambda: "\\" * 500_000,
    "nul after nul": lambda: "abc\0de\0" * 100_000,
    "declarations that never end": lambda: "<!A " * 100_000,
    "instructions that never end": lambda: "<?" * 100_000,
    "comments that never end": lambda: "<!-- a -" * 100_000,
    "rows of bars": lambda: "|-" * 50_000 + "|\n" + "-" * 200_000 + "|\n",
    # Traps for regular expressions and for parsers of HTML
    "ampersands": lambda: "&" * 1_500_000,
    "quotations": lambda: "«a» " * 480_000,
    "ampersands in an attribute": lambda: '<b title="' + "&{ " * 300_000 + '">x</b>',
    "next lines": lambda: "\x85" * 900_000,
    "open tags": lambda: "<a " * 300_000,
    "paragraphs in HTML": lambda: "<p>" * 300_000,
    "attributes": lambda: "<p " + " ".join(f"a{n}=x" for n in range(50_000)) + ">words</p>",
    "quotation marks": lambda: '("' * 300_000,
    "points and capitals": lambda: "A. " * 300_000,
    "a mail address that never ends": lambda: "a@b." * 250_000,
    "an address with a tail": lambda: "http://a" + "&x;" * 300_000,
    "one word with many marks": lambda: "a" + "\u0301" * 500_000,
    # Front matter
    "aliases that multiply": lambda: (
        "---\na0: &a0 [x, x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
        + "---\nx"
    ),
    "merge keys that multiply": lambda: (
        "---\na0: &a0 {x: 1}\n"
        + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))
        + "---\nx"
    ),
    "fields seven thousand deep": lambda: "---\na: " + "[" * 7_000 + "\n---\nx",
    "a hundred thousand brackets": lambda: "---\n" + "[" * 100_000 + "\n---\nx",
    "front matter of a megabyte": lambda: "---\n" + "".join(f"k{n}: v\n" for n in range(90_000)) + "---\nx",
    "front matter that never ends": lambda: "---\n" + 'a: "' * 250_000,
    "rules without end": lambda: "---\n" * 300_000,
}
