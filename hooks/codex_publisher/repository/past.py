"""The codex as it was where a branch began, and what has come of its problems since."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from codex_publisher.model.codex import Codex
from codex_publisher.model.discovery import ATTACHMENT_SUFFIXES, BUILD_FOLDERS, would_be_note
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.blobs import MAX_BYTES, read_heads
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.git import GitError, answering, ask
from codex_publisher.repository.survey import connect, outline_of

Key: TypeAlias = tuple[str, str, str]
"""What is the same in a problem while lines come and go: its path, its code and its message."""
LEAST_SHARE: Final = 0.5
"""How much of a note has to be the same for it to count as the same note under another path."""
MOST_PAIRS: Final = 10_000
"""With more notes gone and new than make so many pairs, only those of the same content are followed."""
_FILE: Final = b"100"
"""How the mode of an ordinary file begins."""


class PastError(Exception):
    """What was is not known; its text is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Past:
    """A codex beside the one that it has become."""

    now: Codex
    then: Codex
    touched: frozenset[str]
    """Notes of today that are new or changed. One that was only given another path is not among them."""
    removed: frozenset[str]
    """Notes of then that are no longer there, under any path."""
    renamed: Mapping[NotePath, NotePath]
    """Notes that have another path today, whether changed or not, by their old paths."""

    def introduced(self) -> tuple[Problem, ...]:
        """Problems of today that were not there then."""
        return _beyond(zip(self._keys_now(), self.now.problems, strict=True), Counter(self._keys_then()))

    def mended(self) -> tuple[Problem, ...]:
        """Problems of then that are no longer there, though their note is."""
        gone = _beyond(zip(self._keys_then(), self.then.problems, strict=True), Counter(self._keys_now()))
        return tuple(problem for problem in gone if problem.path not in self.removed)

    def to_be_told(self) -> tuple[Problem, ...]:
        """All problems of the touched notes, and of the others those that were not there then."""
        brought = {id(problem) for problem in self.introduced()}
        return tuple(
            problem for problem in self.now.problems if problem.path in self.touched or id(problem) in brought
        )

    def _keys_now(self) -> Iterator[Key]:
        return ((problem.path, problem.code, problem.message) for problem in self.now.problems)

    def _keys_then(self) -> Iterator[Key]:
        """The same, with paths as they are today."""
        for problem in self.then.problems:
            message = problem.message
            for old, new in self.renamed.items():
                message = message.replace(old, new)
            yield self.renamed.get(NotePath(problem.path), problem.path), problem.code, message


def look_back(folder: CodexFolder, now: Codex, revision: str) -> Past:
    """The codex as it was where this branch parted from `revision`. Raises PastError."""
    begin = branching_point(folder.root, revision)
    old = _Tree.read(folder, begin)
    same = {path for path, name in old.notes.items() if path in now.notes and _is(now.notes[path], name)}
    before = {
        note.path: note
        for note in _read_old(folder.root, {path: old.notes[path] for path in old.notes if path not in same})
    }
    new = {path: now.notes[path] for path in now.notes.keys() - old.notes.keys()}
    renamed = follow({path: note for path, note in before.items() if path not in now.notes}, new)
    only_moved = {
        path
        for old_path, path in renamed.items()
        if before[old_path].digest_source == new[path].digest_source
    }
    then = connect(
        folder,
        [*(now.notes[path] for path in sorted(same)), *before.values()],
        {path: now.documents[path] for path in same} | {path: outline_of(before[path]) for path in before},
        old.attachments,
        [problem for problem in now.problems if problem.path not in now.notes and old.had(problem.path)],
    )
    return Past(
        now,
        then,
        touched=frozenset(now.notes.keys() - same - only_moved),
        removed=frozenset(before.keys() - now.notes.keys() - renamed.keys()),
        renamed=renamed,
    )


def follow(gone: Mapping[NotePath, Note], new: Mapping[NotePath, Note]) -> Mapping[NotePath, NotePath]:
    """Which notes that are gone are there under another path: those of the same content, else the likest."""
    pairs = len(gone) * len(new)
    lines = {
        id(note): Counter(note.digest_source.splitlines())
        for note in (*gone.values(), *new.values())
        if pairs <= MOST_PAIRS
    }
    likeness = sorted(
        (-share, PurePosixPath(old).name != PurePosixPath(path).name, old, path)
        for old, left in gone.items()
        for path, found in new.items()
        if (share := _share(left, found, lines)) >= LEAST_SHARE
    )
    renamed: dict[NotePath, NotePath] = {}
    for _, _, old, path in likeness:
        if old not in renamed and path not in renamed.values():
            renamed[old] = path
    return renamed


def _share(left: Note, found: Note, lines: Mapping[int, Counter[bytes]]) -> float:
    """How much of the longer of two notes stands in the other, line by line."""
    if left.digest_source == found.digest_source:
        return 1.0
    if id(left) not in lines:
        return 0.0
    mine, others = lines[id(left)], lines[id(found)]
    return (mine & others).total() / max(mine.total(), others.total(), 1) * 0.99


def branching_point(root: Path, revision: str) -> str:
    """The last commit that this branch shares with `revision`. Raises PastError."""
    if ask(root, "rev-parse", "--git-dir") is None:
        raise PastError(f"{root} is not in a Git repository, so there is nothing to compare it with.")
    is_shallow = (ask(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"
    more = (
        " This clone holds only a part of the history. Fetch all of it: `git fetch --unshallow`, or in a "
        "workflow `fetch-depth: 0` for actions/checkout."
    )
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = (ask(root, *asked) or "").strip()
    if not commit:
        raise PastError(f"Git knows no revision “{revision[:80]}”.{more if is_shallow else ''}")
    base = (ask(root, "merge-base", commit, "HEAD") or "").strip()
    if not base:
        raise PastError(f"This branch shares no commit with “{revision[:80]}”.{more if is_shallow else ''}")
    return base


@dataclass(frozen=True, slots=True)
class _Tree:
    """The files of a commit that belong to the codex."""

    notes: Mapping[NotePath, str]
    """The name of the content of each."""
    attachments: tuple[NotePath, ...]
    others: frozenset[str]
    """What is no ordinary file, such as symbolic links, and all folders."""

    @classmethod
    def read(cls, folder: CodexFolder, commit: str) -> _Tree:
        try:
            with answering(folder.root, "ls-tree", "-r", "-t", "-z", commit) as stream:
                entries = stream.read().split(b"\0")
        except GitError as error:
            raise PastError(f"The files of {commit[:12]} could not be listed. {error}") from error
        notes: dict[NotePath, str] = {}
        attachments: list[NotePath] = []
        others: set[str] = set()
        for entry in entries:
            facts, _, name = entry.partition(b"\t")
            path = NotePath(name.decode("utf-8", "surrogateescape"))
            if not facts.startswith(_FILE):
                others.add(path)
            elif would_be_note(path, folder.only) and not _is_passed_over(path, folder):
                notes[path] = facts.split()[2].decode("ascii", "replace")
            elif PurePosixPath(path).suffix.lower() in ATTACHMENT_SUFFIXES and not _is_passed_over(
                path, folder
            ):
                attachments.append(path)
        return cls(notes, tuple(attachments), frozenset(others))

    def had(self, path: str) -> bool:
        """Whether something stood there that was no note."""
        return path in self.others


def _is_passed_over(path: str, folder: CodexFolder) -> bool:
    *folders, name = path.split("/")
    above = {"/".join(folders[: depth + 1]) for depth in range(len(folders))}
    return (
        name.startswith(("._", ".#"))
        or bool(above & folder.skipped)
        or any(part.startswith(".") or part in BUILD_FOLDERS for part in folders)
    )


def _is(note: Note, name: str) -> bool:
    """Whether a note's content is the one that Git calls by this name, with either line end.

    Git itself is not asked, since to compare files it may run programs that the repository's settings name.
    """
    content = note.digest_source
    contents = {content, content.replace(b"\r\n", b"\n")}
    # What Git uses, not a choice: names are of 40 characters or, in few repositories, of 64.
    digest = hashlib.sha1 if len(name) == 40 else hashlib.sha256
    return any(digest(b"blob %d\0%s" % (len(each), each)).hexdigest() == name for each in contents)


def _read_old(root: Path, names: Mapping[NotePath, str]) -> Iterator[Note]:
    contents = dict(read_heads(root, sorted(set(names.values())), MAX_BYTES))
    for path, name in names.items():
        if name not in contents:
            raise PastError(
                f"This clone lacks what stood in {path!a}. Fetch it, as with `git fetch --refetch`."
            )
        yield read_note(path, contents[name])


def _beyond(problems: Iterable[tuple[Key, Problem]], known: Counter[Key]) -> tuple[Problem, ...]:
    """Those problems of which there are more than are known: of each sort, the last ones."""
    left = Counter(known)
    found = []
    for key, problem in problems:
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(problem)
    return tuple(found)
