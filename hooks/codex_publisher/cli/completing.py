"""What a shell may complete: values of facets and names of notes, read without rendering anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import value_slug
from codex_publisher.model.facets import Facet
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import fold
from codex_publisher.repository.loading import read_notes

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_value(facet: Facet) -> Completer:
    """Completes the values of a facet as slugs, which need no quotes; the commonest come first."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        counts: Counter[str] = Counter(
            value_slug(value) for note in _notes(context) for value in facet.values_of(note)
        )
        counts.update(dict.fromkeys(facet.order, 0))
        names = sorted(counts, key=lambda name: (-counts[name], name))
        return [CompletionItem(name) for name in names if name.startswith(fold(typed))]

    return complete


def complete_note(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Completes a note's name as the slug of its file's, by which links find it too."""
    names = {fold(note.stem) for note in _notes(context)}
    return [CompletionItem(name) for name in sorted(names) if name and name.startswith(fold(typed))]


def _notes(context: click.Context) -> Iterable[Note]:
    """The codex's notes. A shell that completes cannot be told of errors, so then there are none."""
    named = context.find_root().params.get("folder")
    folder = Vault(Path.cwd(), Path(named) if named else None, date.today())
    try:
        return read_notes(folder.folder.root, folder.folder.only, folder.folder.skipped)
    except (click.ClickException, OSError):
        return ()
