"""The codex as it was at an earlier commit, read from Git into memory; nothing is checked out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from codex_publisher.model import rules
from codex_publisher.model.codex import Codex
from codex_publisher.model.discovery import discover_listed
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added
from codex_publisher.repository.blobs import read_contents
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.engines import borrowed
from codex_publisher.repository.git import GitError, answering, ask, ask_or_fail
from codex_publisher.repository.git_log import fields_of
from codex_publisher.repository.rendering import outline_all, render_all
from codex_publisher.repository.survey import connect

USUAL_BASES: Final = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""The branches that a change is most often meant for, in the order in which they are tried."""
_FILE: Final = "100"
_LINK: Final = "120000"


class RevisionError(Exception):
    """A revision that cannot be compared with; its text is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit."""

    path: NotePath
    """Relative to the folder that was asked about."""
    content: str
    """The name of its content."""
    is_link: bool


def usual_base(root: Path) -> str:
    """What a change is compared with when nobody says: the main branch, or else the last commit."""
    return next((name for name in USUAL_BASES if _commit(root, name)), "HEAD")


def merge_base(root: Path, revision: str) -> str:
    """The commit at which the work in the folder `root` parted from `revision`. Raises RevisionError."""
    try:
        ask_or_fail(root, "rev-parse", "--git-dir")
    except GitError as error:
        raise RevisionError(
            f"{root} is in no Git repository, or there is no Git, so nothing can be compared with it."
            f"{f' {error}' if error.is_unexpected else ''}"
        ) from error
    if not _commit(root, "HEAD"):
        raise RevisionError("The repository has no commit yet, so there is nothing to compare with.")
    commit = _commit(root, revision)
    if not commit:
        raise RevisionError(
            f"Git knows no revision “{revision}” here. Name a commit, a tag or a branch, such as "
            f"origin/main; `git fetch origin` brings what is new there.{_if_shallow(root)}"
        )
    base = (ask(root, "merge-base", "HEAD", commit) or "").strip()
    if not base:
        raise RevisionError(f"“{revision}” and the work here have no commit in common.{_if_shallow(root)}")
    return base


def _if_shallow(root: Path) -> str:
    """What to do where a clone holds only the end of the history, which may be why something is missing."""
    if (ask(root, "rev-parse", "--is-shallow-repository") or "").strip() != "true":
        return ""
    return (
        " This clone holds only a part of the history: `git fetch --unshallow` brings the rest; in a "
        "workflow, `fetch-depth: 0` for actions/checkout does."
    )


DocumentsOf: TypeAlias = Callable[[Sequence[Note]], Mapping[NotePath, Document]]
"""What makes the documents of notes."""


def rendered(notes: Sequence[Note]) -> Mapping[NotePath, Document]:
    """The documents of notes, with their HTML."""
    with borrowed(None, len(notes)) as engine:
        return render_all(notes, engine)


def outlined(notes: Sequence[Note]) -> Mapping[NotePath, Document]:
    """The outlines of notes: what they tell of links, headings and remarks."""
    with borrowed(None, len(notes)) as engine:
        return outline_all(notes, engine)


def codex_at(folder: CodexFolder, commit: str, now: Codex, documents_of: DocumentsOf = rendered) -> Codex:
    """The codex as it was at a commit, by the settings of today. Raises RevisionError.

    `now` is the codex on the disk: a note that is still the same is not read and rendered again.
    `documents_of` makes the documents of the others; whoever needs no HTML may give something faster.
    """
    return codex_of(folder, tree_at(folder.root, commit), now, documents_of)


def codex_of(
    folder: CodexFolder,
    entries: Iterable[Entry],
    now: Codex,
    documents_of: DocumentsOf = rendered,
    added: Added | None = None,
) -> Codex:
    """The codex of the files of a commit, likewise. `added` tells since when files are there."""
    by_path = {entry.path: entry for entry in entries}
    links = [entry.path for entry in by_path.values() if entry.is_link]
    files = [entry.path for entry in by_path.values() if not entry.is_link]
    found = discover_listed(files, links, folder.only, folder.skipped)
    notes = dict(_unchanged(now, (by_path[path] for path in found.notes)))
    missing = [by_path[path] for path in found.notes if path not in notes]
    contents = _contents(folder.root, missing)
    for entry in missing:
        notes[entry.path] = _note(entry.path, contents[entry.content], now.notes.get(entry.path))
    others = [note for path, note in notes.items() if now.notes.get(path) is not note]
    made = documents_of(others) if others else {}
    documents = {path: made[path] if path in made else now.documents[path] for path in notes}
    problems = {*found.problems, *_lasting_links(now, links)}
    return connect(folder, list(notes.values()), documents, found.attachments, sorted(problems), added)


def tree_at(root: Path, commit: str) -> tuple[Entry, ...]:
    """The files below the folder `root` as they were at a commit. Raises RevisionError."""
    try:
        with answering(root, "ls-tree", "-r", "-z", commit) as stream:
            return tuple(_entries(fields_of(stream)))
    except GitError as error:
        raise RevisionError(f"The files of {commit} could not be listed. {error}") from error


def read_entries(root: Path, entries: Iterable[Entry]) -> Mapping[str, bytes]:
    """What stands in files of a commit, by the names of their contents. Raises RevisionError."""
    return _contents(root, list(entries))


def _entries(fields: Iterable[bytes]) -> Iterator[Entry]:
    """The files in the answer of `git ls-tree`. Names may hold everything but NUL, and mostly do."""
    for field in fields:
        facts, tab, name = field.partition(b"\t")
        parts = facts.decode("ascii", "replace").split(" ")
        if tab and len(parts) == 3 and (parts[0].startswith(_FILE) or parts[0] == _LINK):
            path = NotePath(name.decode("utf-8", "surrogateescape"))
            yield Entry(path, parts[2], parts[0] == _LINK)


def _commit(root: Path, revision: str) -> str:
    """The commit that a revision means, or an empty text. What looks like an option is none."""
    if revision.startswith("-") or "\0" in revision:
        return ""
    return (ask(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") or "").strip()


def _unchanged(now: Codex, entries: Iterable[Entry]) -> Iterator[tuple[NotePath, Note]]:
    """The notes that are on the disk as they are in the commit."""
    for entry in entries:
        note = now.notes.get(entry.path)
        if note and _content_name(note.digest_source, len(entry.content)) == entry.content:
            yield entry.path, note


def _content_name(raw: bytes, digits: int) -> str:
    """The name that Git gives to a content; it says of itself which of Git's two functions made it."""
    whole = b"blob %d\0%b" % (len(raw), raw)
    # Not for security: the question is only whether something was changed.
    return (
        hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        if digits == 40
        else hashlib.sha256(whole).hexdigest()
    )


def _contents(root: Path, entries: list[Entry]) -> Mapping[str, bytes]:
    try:
        contents = dict(read_contents(root, dict.fromkeys(entry.content for entry in entries)))
    except GitError as error:
        raise RevisionError(f"Earlier versions of notes could not be read. {error}") from error
    for entry in entries:
        if entry.content not in contents:
            raise RevisionError(
                f"Git does not hold {entry.path!r} as it was, or there is too much to read. "
                "In a partial clone, `git fetch --refetch --no-filter` brings what is missing."
            )
    return contents


def _note(path: NotePath, raw: bytes, now: Note | None) -> Note:
    # On Windows, Git writes line ends to the disk that are not in the repository.
    if now and now.digest_source.replace(b"\r\n", b"\n") == raw:
        return now
    return read_note(path, raw)


def _lasting_links(now: Codex, links: Iterable[NotePath]) -> Iterator[Problem]:
    """What is said of symbolic links now that were there then: where they led cannot be seen any more."""
    for path in links:
        for problem in now.problems_by_path.get(path, ()):
            if problem.rule is rules.SYMBOLIC_LINK:
                yield problem
