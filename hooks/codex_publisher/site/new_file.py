"""How a reader begins a note that is wanted: by GitHub's form for a new file, or by `codex new`."""

from __future__ import annotations

import shlex
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from codex_publisher.model.beginnings import Beginning
from codex_publisher.model.forms import TITLE
from codex_publisher.model.names import HIDDEN
from codex_publisher.site.settings import Settings

LONGEST_ADDRESS: Final = 4000
LONGEST_COMMAND: Final = 90
_GITHUB: Final = ("github.com", "www.github.com")


def is_on_github(settings: Settings) -> bool:
    """Whether the repository has GitHub's form for a new file."""
    parts = urlsplit(settings.repository)
    return parts.hostname in _GITHUB and len(parts.path.strip("/").split("/")) == 2


def new_file_address(beginning: Beginning, settings: Settings) -> str:
    """GitHub's form for a new file, filled in; empty elsewhere, and when there would be too much in it."""
    if not is_on_github(settings):
        return ""
    # Of what stands in a query, `/`, `:` and `,` mean nothing by themselves, and are shorter so.
    query = urlencode(
        {"filename": settings.prefix + beginning.path, "value": beginning.text},
        safe="/:,",
        errors="surrogateescape",
    )
    address = f"{settings.repository}/new/{quote(settings.branch)}?{query}"
    return address if len(address) <= LONGEST_ADDRESS else ""


def new_command(beginning: Beginning) -> str:
    """The command that begins it; empty when it is long, or would not mean the same in every shell."""
    form, title = beginning.form, beginning.title
    option = "" if form.argument.name == TITLE.name else "--title "
    command = f"codex new {form.kind} {option}{shlex.quote(title)}"
    is_plain = not (title.startswith("-") or "'" in title or HIDDEN.search(title))
    return command if is_plain and len(command) <= LONGEST_COMMAND else ""
