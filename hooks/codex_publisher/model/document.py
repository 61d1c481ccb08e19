"""What Markdown rendering tells the model about a note's body: plain data, no HTML objects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from codex_publisher.model import rules
from codex_publisher.model.kept import may_be_away
from codex_publisher.model.problems import Rule
from codex_publisher.model.shared import Shared


class LinkForm(Shared, StrEnum):
    """How a link was written."""

    WIKI = "wiki"
    """`[[target]]`"""
    EMBED = "embed"
    """`![[target]]`"""
    MARKDOWN = "markdown"
    """`[text](target)`, an autolink, or an `<a href>` in raw HTML"""
    IMAGE = "image"
    """`![alt](target)` or an `<img src>` in raw HTML"""
    BARE = "bare"
    """A title without brackets where a link is expected (PRIMARY CONNECTION)"""
    CODE = "code"
    """A belief code such as `B4`; plain words unless the note's domain has numbered beliefs"""


@dataclass(frozen=True, slots=True)
class Citation:
    """The sentence in which a link stands, cut at the linking words."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}"


@dataclass(frozen=True, slots=True)
class Link:
    """One link out of a body. Its place in `Document.links` is its number in the HTML."""

    form: LinkForm
    target: str
    """As written, entities and percent-encoding undone for wiki links, without `#fragment`."""
    fragment: str
    """What follows `#`, without the `#`; `^name` for a block; empty when there is none."""
    text: str
    """The words a reader sees."""
    line: int
    """Counted from 1 in the file."""
    column: int
    section: str
    """The nearest heading above, or a bold label such as `Grounding`; empty at the top."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body, with the id that the rendered page has."""

    level: int
    text: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a body that a reader will not see as its writer meant it."""

    line: int
    """Counted from 1 in the file."""
    message: str
    hint: str
    column: int = 1
    rule: Rule = rules.NOT_AS_MEANT


@may_be_away("html")
@dataclass(frozen=True, slots=True)
class Document:
    """A rendered body. `html` is safe; its links are placeholders `codex:N` (see `fill_links`)."""

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    block_ids: tuple[str, ...] = ()
    """Names of `^block` marks that can be linked to."""
    candidates: tuple[str, ...] = ()
    """Candidate claims found in extraction hints, in order."""
    summary: str = ""
    """The first paragraph's words, for previews and lists; at most 300 characters."""
    remarks: tuple[Remark, ...] = ()
    fallback: str = ""
    """Why the body is shown as plain text; empty when it was rendered."""
    fallback_place: tuple[int, int] | None = None
    """Line and column in the file of what could not be rendered, where that is known."""
