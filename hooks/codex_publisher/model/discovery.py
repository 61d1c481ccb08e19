"""Which files of a folder are notes, which are attachments, and which are refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.problems import Problem, Rule
from codex_publisher.model.slugs import NotePath

NOTE_SUFFIXES: Final = frozenset({".md", ".markdown"})
ATTACHMENT_SUFFIXES: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf", ".csv", ".txt", ".mp3", ".mp4", ".webm"}
)
"""Kinds of file that a note may show or offer. SVG and HTML are absent: they can run scripts."""

BUILD_FOLDERS: Final = frozenset({"node_modules", "__pycache__", "site", "venv", "dist", "build"})
REPOSITORY_PAPERS: Final = frozenset(
    {
        "readme",
        "changelog",
        "contributing",
        "license",
        "licence",
        "code_of_conduct",
        "security",
        "claude",
        "agents",
    }
)
"""Stems of files at the root of a repository that speak of the repository, not of its subject."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files of a codex. Every list is sorted by path, whatever order the disk gave."""

    notes: tuple[NotePath, ...]
    attachments: tuple[NotePath, ...]
    problems: tuple[Problem, ...]


def discover(
    root: Path, only: Sequence[NotePath] = (), skipped_folders: frozenset[str] = frozenset()
) -> Discovery:
    """Walk the folder `root`; symbolic links are refused and reported, never followed.

    `only` narrows the notes (not the attachments) to these folders, given relative to `root`;
    `skipped_folders` are further folders, relative to `root`, that are not looked into.
    Raises OSError when `root` itself cannot be read.
    """
    notes: list[NotePath] = []
    attachments: list[NotePath] = []
    problems: list[Problem] = []
    for path, problem in _walk(root, skipped_folders):
        if problem is not None:
            if _is_wanted(path, only) or _holds_wanted(path, only):
                problems.append(problem)
            continue
        suffix = _suffix(path)
        if suffix in NOTE_SUFFIXES:
            if _is_wanted(path, only) and not _is_repository_paper(path):
                notes.append(NotePath(path))
        elif suffix in ATTACHMENT_SUFFIXES:
            attachments.append(NotePath(path))
    return Discovery(tuple(sorted(notes)), tuple(sorted(attachments)), tuple(sorted(problems)))


def discover_listed(
    files: Iterable[str],
    links: Iterable[str],
    only: Sequence[NotePath] = (),
    skipped_folders: frozenset[str] = frozenset(),
) -> Discovery:
    """The same for files that are known by their paths alone, such as those of an earlier revision.

    `links` are symbolic links. Where one without the suffix of a note or an attachment leads is not known,
    so it is not reported.
    """
    notes: list[NotePath] = []
    attachments: list[NotePath] = []
    for path in files:
        if _is_out_of_sight(path, skipped_folders):
            continue
        if _suffix(path) in NOTE_SUFFIXES:
            if _is_wanted(path, only) and not _is_repository_paper(path):
                notes.append(NotePath(path))
        elif _suffix(path) in ATTACHMENT_SUFFIXES:
            attachments.append(NotePath(path))
    problems = [
        _symbolic_link(path)
        for path in links
        if not _is_out_of_sight(path, skipped_folders)
        and _is_wanted(path, only)
        and (
            _suffix(path) in ATTACHMENT_SUFFIXES
            or (_suffix(path) in NOTE_SUFFIXES and not _is_repository_paper(path))
        )
    ]
    return Discovery(tuple(sorted(notes)), tuple(sorted(attachments)), tuple(sorted(problems)))


def _is_out_of_sight(path: str, skipped_folders: frozenset[str]) -> bool:
    """Whether a walk would not come to a file, or would pass over it."""
    *folders, name = path.split("/")
    above = ("/".join(folders[:end]) for end in range(1, len(folders) + 1))
    return (
        any(folder.startswith(".") or folder in BUILD_FOLDERS for folder in folders)
        or any(folder in skipped_folders for folder in (*above, path))
        or _has_passed_over_name(name)
    )


def _walk(root: Path, skipped: frozenset[str]) -> Iterator[tuple[str, Problem | None]]:
    """Every regular file below `root` as a relative path; what is refused comes with its problem."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = list(os.scandir(root / folder))
            if folder and (root / folder).is_symlink():
                # It was a folder when it was found.
                yield folder, _symbolic_link(folder)
                continue
        except OSError as error:
            if not folder:
                raise
            yield (
                folder,
                _refusal(folder, rules.UNREADABLE, f"The folder could not be read: {error.strerror}."),
            )
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if _is_passed_over(entry) or path in skipped:
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in BUILD_FOLDERS:
                    pending.append(path)
            elif (found := _file(entry, path)) is not None:
                yield found


def _file(entry: os.DirEntry[str], path: str) -> tuple[str, Problem | None] | None:
    """A regular file as it is, a symbolic link as a problem; sockets, pipes and devices not at all."""
    if entry.is_symlink():
        return (path, _symbolic_link(path)) if _would_be_published(entry, path) else None
    try:
        is_regular = stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode)
    except OSError as error:
        return path, _refusal(path, rules.UNREADABLE, f"The file could not be read: {error.strerror}.")
    if not is_regular:
        why = "This is a pipe, a socket or a device and not a file, so there is nothing to publish."
        is_called_for = _suffix(path) in NOTE_SUFFIXES | ATTACHMENT_SUFFIXES
        return (path, _refusal(path, rules.UNREADABLE, why)) if is_called_for else None
    return path, None


def _is_passed_over(entry: os.DirEntry[str]) -> bool:
    """Whether a dot in front marks a folder, or what systems and editors leave behind."""
    return _has_passed_over_name(entry.name) or (entry.name.startswith(".") and entry.is_dir())


def _has_passed_over_name(name: str) -> bool:
    return name.startswith(("._", ".#")) or (name.startswith(".") and _suffix(name) not in NOTE_SUFFIXES)


def _suffix(path: str) -> str:
    """A file's suffix in small letters. Unlike for the operating system, `.md` alone has one."""
    lower = path.lower()
    return next((suffix for suffix in NOTE_SUFFIXES if lower.endswith(suffix)), os.path.splitext(lower)[1])


def _would_be_published(link: os.DirEntry[str], path: str) -> bool:
    """Whether something of this name would be read, were it no link: AGENTS.md often is one, and is not."""
    suffix = _suffix(path)
    if suffix in NOTE_SUFFIXES:
        return not _is_repository_paper(path)
    if suffix in ATTACHMENT_SUFFIXES:
        return True
    return link.name not in BUILD_FOLDERS and _may_be_folder(link, suffix)


def _may_be_folder(link: os.DirEntry[str], suffix: str) -> bool:
    target = Path(link.path)
    try:
        return target.is_dir() or (not suffix and not target.exists())
    except OSError:
        return not suffix


def _symbolic_link(path: str) -> Problem:
    return Problem(
        path,
        1,
        1,
        rules.SYMBOLIC_LINK,
        "This is a symbolic link, so it is not published: it could show a file from outside the codex.",
        "put a copy of the file here, or link to it",
    )


def _refusal(path: str, rule: Rule, message: str) -> Problem:
    return Problem(path, 1, 1, rule, message)


def would_be_note(path: str, only: Sequence[NotePath] = ()) -> bool:
    """Whether a file of this path, were it there, would be taken for a note."""
    *folders, name = path.split("/")
    return (
        _suffix(name) in NOTE_SUFFIXES
        and _is_wanted(path, only)
        and not _is_repository_paper(path)
        and not any(folder.startswith(".") or folder in BUILD_FOLDERS for folder in folders)
    )


def _is_wanted(path: str, only: Sequence[NotePath]) -> bool:
    return not only or any(path.startswith(f"{folder}/") or path == folder for folder in only)


def _holds_wanted(path: str, only: Sequence[NotePath]) -> bool:
    return any(folder.startswith(f"{path}/") for folder in only)


def _is_repository_paper(path: str) -> bool:
    return "/" not in path and os.path.splitext(path)[0].casefold() in REPOSITORY_PAPERS
