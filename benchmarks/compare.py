"""Codex Publisher beside other generators, on the same notes and machine.

    python benchmarks/compare.py [notes, or the folder of a codex]

A codex that is made for it (1,000 notes), or the one in a folder, is published with this project, MkDocs and
Material, Zensical and Eleventy, one after the other. What is not on this machine is installed into a
temporary folder, and left out, with the reason, if that fails. The others get a copy without the notes that
they cannot read. None gets more than ten minutes. Prints a table in Markdown whose times are ratios.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.utils.meta import get_data

from corpus import codex_named
from measuring import Run, run, size_of

PROJECT: Final = Path(__file__).resolve().parents[1]
LIMIT: Final = 600.0
MOST_TRIES: Final = 60
"""So often a build that fails because of one note is tried again without that note."""
OURS: Final = "this project"
MKDOCS: Final = (sys.executable, "-m", "mkdocs", "build", "--quiet")
MATERIAL: Final = (
    "site_name: Notes\ndocs_dir: docs\nsite_dir: site\ntheme:\n  name: material\n  font: false\n"
)
FLAT: Final = f"{MATERIAL}nav:\n  - Home: index.md\nvalidation:\n  omitted_files: ignore\n"
ELEVENTY: Final = """module.exports = function (config) {
  config.setUseGitIgnore(false);
  return { markdownTemplateEngine: false, dir: { input: "docs", output: "site" } };
};
"""
_BLOCK: Final = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class NotPossibleError(Exception):
    """A generator that cannot be tried here; its text says why."""


@dataclass
class Tried:
    """What came of one generator."""

    name: str
    run: Run | None = None
    site: int = 0
    why_not: str = ""
    left_out: list[str] = field(default_factory=list)
    """The notes that it cannot take."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another generator."""

    name: str
    settings: Mapping[str, str]
    """Files beside the notes."""
    takes: Callable[[str], bool]
    """Whether it can read a note."""
    install: Callable[[Path], tuple[str, ...]]
    """Installs it into a folder and gives its command."""


def main(what: str) -> None:
    """Try all and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codex = codex_named(what, folder)
        tried = _try_ours(codex, folder)
        first = tried[0].run
        for other in OTHERS:
            tried.append(_try(other, codex, folder / other.name))
            _say(f"{other.name}: {tried[-1].why_not or 'done'}")
        _say(_table(tried, first.seconds if first else 0))
        for one in tried:
            if one.left_out:
                _say(f"{one.name} cannot take {len(one.left_out)} of the notes, such as {one.left_out[0]}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _try_ours(codex: Path, folder: Path) -> list[Tried]:
    found = []
    site, cache = folder / "ours" / "site", folder / "ours" / "cache"
    for name in (f"{OURS}, cold", f"{OURS}, unchanged"):
        environment = {"CODEX_ROOT": str(codex), "CODEX_SITE": str(site), "CODEX_CACHE": str(cache)}
        result = run(MKDOCS, PROJECT, {**environment, "NO_MKDOCS_2_WARNING": "1"}, LIMIT)
        found.append(
            Tried(name, result, size_of(site, "search").total if site.is_dir() else 0, result.failure)
        )
        _say(f"{name}: {result.failure or f'{result.seconds:.1f} s'}")
    return found


def _try(other: Other, codex: Path, folder: Path) -> Tried:
    tried = Tried(other.name)
    try:
        notes = folder / "docs"
        tried.left_out = _copy(codex, notes, other.takes)
        command = other.install(folder)
    except NotPossibleError as why:
        tried.why_not = str(why)
        return tried
    for file, text in other.settings.items():
        (folder / file).write_text(text, "utf-8")
    for _ in range(MOST_TRIES):
        shutil.rmtree(folder / "site", ignore_errors=True)
        result = run(command, folder, {"NO_MKDOCS_2_WARNING": "1", "ELEVENTY_TELEMETRY": "0"}, LIMIT)
        tried.run, tried.why_not = result, result.failure
        # The failure is a line of that, which may be cut within a long name.
        guilty = _named(result.said, notes) if result.failure else None
        if guilty is None:
            break
        tried.left_out.append(guilty.relative_to(notes).as_posix())
        guilty.unlink()
    site = folder / "site"
    tried.site = size_of(site, "search").total if site.is_dir() else 0
    if not tried.why_not and not tried.site:
        tried.why_not = "wrote nothing"
    return tried


def _copy(codex: Path, to: Path, takes: Callable[[str], bool]) -> list[str]:
    """Copy the notes that a generator takes; the others are named."""
    left_out = []
    to.mkdir(parents=True)
    (to / "index.md").write_text("# Notes\n", "utf-8")
    for note in sorted(codex.rglob("*.md")):
        path = note.relative_to(codex)
        if any(part.startswith(".") for part in path.parts):
            continue
        if not takes(note.read_text("utf-8", "replace")):
            left_out.append(path.as_posix())
            continue
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(note, to / path)
    return left_out


def _named(message: str, notes: Path) -> Path | None:
    """The note that a message names."""
    found: str
    for found in re.findall(r"[\w./ &',()-]+\.md", message):
        for start in range(len(found)):
            path: Path = notes / found[start:].removeprefix("./").removeprefix("docs/")
            if path.is_file() and path.parent != notes.parent:
                return path
    return None


def _mkdocs_takes(text: str) -> bool:
    try:
        get_data(text)
    except (ValueError, TypeError, AttributeError, yaml.YAMLError, RecursionError):
        return False
    return True


class _Strict(yaml.SafeLoader):
    """Refuses fields that stand twice, as most YAML libraries of other languages do."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise yaml.YAMLError("a field stands twice")
        return super().construct_mapping(node, deep)


def _eleventy_takes(text: str) -> bool:
    block = _BLOCK.match(text)
    try:
        fields = yaml.load(block[1], _Strict) if block else {}  # noqa: S506  # a safe loader
    except (ValueError, TypeError, yaml.YAMLError):
        return False
    # It makes a date of `date`, whatever that is.
    return isinstance(fields, dict) and isinstance(fields.get("date", date.today()), date)


def _mkdocs(_: Path) -> tuple[str, ...]:
    return MKDOCS


def _zensical(folder: Path) -> tuple[str, ...]:
    place = folder / "venv"
    _install([sys.executable, "-m", "venv", str(place)], folder)
    _install(
        [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "zensical"], folder
    )
    return str(place / "bin" / "zensical"), "build"


def _eleventy(folder: Path) -> tuple[str, ...]:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise NotPossibleError("there is no npm here")
    (folder / "package.json").write_text("{}", "utf-8")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund"]
    try:
        _install([*install, "@11ty/eleventy@3"], folder)
    except NotPossibleError:
        # Not every mirror of npm has all that the newest one needs.
        _install([*install, "@11ty/eleventy@2"], folder)
    program = next((folder / "node_modules" / "@11ty" / "eleventy").glob("cmd.*"))
    return node, str(program), "--quiet"


def _install(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=LIMIT)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotPossibleError(f"could not be installed ({type(error).__name__})") from error


OTHERS: Final = (
    Other("MkDocs and Material", {"mkdocs.yml": MATERIAL}, _mkdocs_takes, _mkdocs),
    Other("MkDocs and Material, navigation of one page", {"mkdocs.yml": FLAT}, _mkdocs_takes, _mkdocs),
    Other("Zensical", {"mkdocs.yml": MATERIAL}, _mkdocs_takes, _zensical),
    Other("Eleventy, without a theme", {"eleventy.config.js": ELEVENTY}, _eleventy_takes, _eleventy),
)


def _table(tried: list[Tried], unit: float) -> str:
    lines = [
        "\n| | time | memory | site | cannot take |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in tried:
        if one.run is None or (one.why_not and not one.why_not.startswith("stopped")):
            lines.append(f"| {one.name} | {one.why_not} | | | |")
            continue
        ratio = f"× {one.run.seconds / unit:.2f}" if unit else "–"
        time = f"more than {ratio}, then stopped" if one.why_not else ratio
        lines.append(
            f"| {one.name} | {time} | {one.run.peak / 1e6:,.0f} MB | {one.site / 1e6:,.0f} MB"
            f" | {len(one.left_out) or 'none'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "1000")
