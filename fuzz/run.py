"""Tries the promises of `tests/support/promises.py` with texts that atheris finds by what code they reach.

    make fuzz                                   each target for a minute
    make fuzz FUZZ_FLAGS="--seconds 600 body"   one of them for longer
    .venv/bin/python fuzz/run.py --list

What was found is kept in `.fuzz/`, so that the next run goes on from there. A text that breaks a promise is
written to `.fuzz/<target>/found/`; it belongs into a test, and what it shows is to be mended.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

with atheris.instrument_imports(include=["codex_publisher"]):
    from support import promises

LONGEST = 4_000
"""Bytes of a text. Longer ones find little more, and each takes longer."""
SLOWEST = 25
"""Seconds after which a text counts as one that hangs."""
TARGET = "--target"

_TOKENS = (
    *("[[", "]]", "![[", "|", "\\|", "#^", "](", "![", "---\n", "```\n", "~~~\n", "- [ ] ", "> [!NOTE]\n"),
    *("[^1]", "[^1]: ", "<!--", "-->", "<div>", "</div>", "<table>", "<td>", "<script>", "</script>", "<a "),
    *("href=", "src=", "javascript:", "codex:0", "data-", "title: ", "tags: [", "date: 2026-03-12\n", "&#1;"),
    *(
        "source_url: ",
        "related: [[b.md]]\n",
        "type: source\n",
        "status: Null_Result\n",
        "|---|\n",
        "## ",
        "1. ",
    ),
    *(
        "CLAIM CANDIDATE: ",
        "PRIMARY CONNECTION: ",
        "## Agent Notes\n",
        "## Curator Notes\n",
        "**a:** ",
        " ^x",
    ),
    *(
        "\r\n",
        "\t",
        "\u202e",
        "\ufeff",
        "e\u0301",
        "\u4e2d",
        "\\",
        "&amp;",
        "{{",
        "}}",
        "{%",
        "<<: *a",
        "&a ",
        "? ",
    ),
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _parts(data: bytes) -> list[str]:
    return _text(data).split("\x00")


def _try_target(data: bytes) -> None:
    target, origin, *names = [*_parts(data), "", ""]
    promises.target_is_resolved([name for name in names if name], target, origin)


def _try_renaming(data: bytes) -> None:
    target, _, text = data.decode("utf-8", "replace").partition("\x00")
    promises.links_can_be_renamed(text, " ".join(re.findall(r"[\w()-]+", target)) or "x")


TARGETS: dict[str, Callable[[bytes], object]] = {
    "body": lambda data: promises.body_is_rendered(_text(data)),
    "outline": lambda data: promises.outline_agrees(_text(data)),
    "front_matter": lambda data: promises.front_matter_is_read(_text(data)),
    "note": lambda data: promises.note_is_read("inbox/queue/note.md", data),
    "mending": promises.mending_changes_nothing_else,
    "renaming": _try_renaming,
    "wiki_links": lambda data: promises.wiki_links_are_found(_text(data)),
    "slug": lambda data: promises.slug_is_made(_text(data)),
    "date": lambda data: promises.date_is_read(_text(data)),
    "resolver": _try_target,
    "addresses": lambda data: promises.addresses_are_given(
        [name for name in _parts(data) if name.strip("/")]
    ),
    "discovery": lambda data: promises.files_are_told_apart(_parts(data)),
}


def fuzz(name: str, seconds: int) -> None:
    """Try one promise in this process, which ends when the time is over or the promise is broken."""
    home = ROOT / ".fuzz" / name
    corpus, found, tokens = home / "corpus", home / "found", home / "tokens.txt"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    escaped = ("".join(f"\\x{byte:02x}" for byte in token.encode()) for token in _TOKENS)
    tokens.write_text("".join(f'"{token}"\n' for token in escaped), "utf-8")
    for number, note in enumerate(sorted((ROOT / "tests" / "markdown" / "golden").glob("*.md"))):
        (corpus / f"golden-{number}").write_bytes(note.read_bytes()[:LONGEST])
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-verbosity=0"]
    options += [f"-dict={tokens}", f"-artifact_prefix={found}/", "-rss_limit_mb=2048", str(corpus)]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def main() -> int:
    """Try the targets that are named, or all, each in a process of its own."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="what to try (default: all)")
    parser.add_argument("--seconds", type=int, default=60, help="for how long each (default: 60)")
    parser.add_argument(TARGET, choices=TARGETS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.target:
        fuzz(asked.target, asked.seconds)
    broken = []
    for name in asked.targets or TARGETS:
        sys.stderr.write(f"{name}: {asked.seconds} s\n")
        command = [sys.executable, __file__, TARGET, name, "--seconds", str(asked.seconds)]
        if subprocess.run(command, check=False).returncode:
            broken.append(name)
    sys.stderr.write(f"broken: {', '.join(broken)}\n" if broken else "nothing found\n")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
