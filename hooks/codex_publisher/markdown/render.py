"""A body's way from Markdown to a `Document`, one stage after the other."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from codex_publisher.markdown import blocks, candidates, code, fields, headings, removed
from codex_publisher.markdown.callouts import call_out
from codex_publisher.markdown.codes import link_codes
from codex_publisher.markdown.engine import to_html
from codex_publisher.markdown.guards import (
    MAX_COLUMNS,
    UnrenderableError,
    check_length,
    check_links,
    check_marks,
    check_nesting,
    check_signs,
    check_size,
    check_tags,
    first_table,
    tables_are_safe,
)
from codex_publisher.markdown.lengthy import LONG, check_values, divide_texts
from codex_publisher.markdown.links import number_links
from codex_publisher.markdown.raw import may_have_raw, settle
from codex_publisher.markdown.removed import Refused, Removed
from codex_publisher.markdown.sanitise import sanitise
from codex_publisher.markdown.scrub import scrub
from codex_publisher.markdown.source import Source, clean, unify_newlines
from codex_publisher.markdown.summary import summarise
from codex_publisher.markdown.surplus import surplus_cells
from codex_publisher.markdown.tree import POS, Element, drop_marks, parse, serialise, text_of
from codex_publisher.markdown.wikitext import link_wiki_text
from codex_publisher.model.document import Document, Remark


def render(text: str, first_line: int = 1, title: str = "") -> Document:
    """Take a note's body and give it as safe HTML with its headings, links and candidate claims.

    `text` is Markdown without front matter, `first_line` the number of its first line in the file,
    `title` what the page is called (a first heading that only repeats it is left out). Never
    raises: what cannot be rendered is given as plain text, with the reason in `fallback`.
    """
    return _guarded(Source(clean(unify_newlines(text)), first_line), title, is_to_be_read=True)


def outline(text: str, first_line: int = 1, title: str = "") -> Document:
    """What `render` gives, without what only readers need: HTML, citations, candidates and a summary.

    Headings, links with their places and sections, block ids and remarks are the same, since the same code
    finds them. So is the fallback, unless it is the colouring of code or the sanitiser that fails.
    """
    return _guarded(Source(clean(unify_newlines(text)), first_line), title, is_to_be_read=False)


def as_plain_text(text: str, reason: str) -> Document:
    """What `render` gives for a body that cannot be rendered, for `reason`."""
    return _plain(clean(unify_newlines(text)), reason)


def _guarded(source: Source, title: str, is_to_be_read: bool) -> Document:
    try:
        return _render(source, title, is_to_be_read)
    except UnrenderableError as reason:
        return _plain(source.text, str(reason), _place(source, reason))
    except BaseException as error:
        # A panic inside the sanitiser arrives as a BaseException of its own, so `Exception` would
        # let it end the build; what asks the process to stop must still be able to. Memory is lacking
        # only where somebody has limited it, who then says what is to be done.
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
            raise
        return _plain(source.text, f"rendering failed ({type(error).__name__}: {error})"[:300])


def _render(source: Source, title: str, is_to_be_read: bool) -> Document:
    check_length(source.text)
    check_signs(source.text)
    check_nesting(source.text)
    check_tags(source.text)
    tables = tables_are_safe(source.text)
    html = to_html(source.text, tables=tables)
    check_size(html, source.text)
    check_marks(html)
    gone: list[Removed] = []
    if may_have_raw(source.text):
        body = parse(settle(html, to_html(source.text, tables=tables, shows_raw=True), gone))
    else:
        body = parse(html)
    scrub(body)
    is_long = len(source.text) > LONG
    if is_long:
        check_values(body)
    remarks = (
        *_remarks(source, html, tables),
        *removed.remarks(gone, html, source),
        *surplus_cells(body, source),
    )

    link_wiki_text(body, source)
    check_links([link.get(POS) for link in body.iter("a", "img")])
    block_ids = blocks.name_blocks(body, source)
    blocks.set_footnotes(body)
    blocks.admonish(body)
    call_out(body, source)
    blocks.show_tasks(body)
    blocks.frame_tables(body)
    if is_to_be_read:
        code.highlight(body)

    headings.drop_title(body, title)
    headings.demote(body)
    fields.arrange_notes(body)
    candidates.mark_candidates(body, source)
    link_codes(body, source)
    headings.name_headings(body)
    refused: list[Refused] = []
    links = number_links(body, source, is_to_be_read, refused)
    remarks += tuple(removed.refusals(refused))
    listed = headings.list_headings(body, source)
    if not is_to_be_read:
        if _may_be_too_large(body, html, source):
            return _render(source, title, is_to_be_read=True)
        return Document("", listed, links, block_ids, remarks=remarks)
    summary = summarise(body)
    proposed = candidates.collect_candidates(body)
    headings.add_permalinks(body)

    drop_marks(body)
    if is_long:
        divide_texts(body)
    safe = sanitise(serialise(body))
    check_size(safe, source.text)
    return Document(safe, listed, links, block_ids, proposed, summary, remarks)


def _may_be_too_large(body: Element, html: str, source: Source) -> bool:
    """Whether the finished HTML might be refused for its size, judged by what can at most be made of it.

    The engine's HTML names the place of each element, so that a finished element is less than four times
    as long. In code, each character may get an element of its own.
    """
    in_code = sum(len(text_of(block)) for block in body.iter("pre"))
    try:
        check_size(" " * (4 * len(html) + 40 * in_code), source.text)
    except UnrenderableError:
        return True
    return False


def _remarks(source: Source, html: str, tables: bool) -> Iterator[Remark]:
    """What a reader will not see as the writer meant it, though nothing failed."""
    if not tables:
        yield Remark(
            source.first_line + first_table(source.text),
            "The tables of this note are too wide, or their rows too short, to be shown as tables.",
            f"divide them into tables of at most {MAX_COLUMNS} columns with a cell in every column",
        )
    opened = html.rfind("<!--")
    if opened >= 0 and "-->" not in html[opened:]:
        yield Remark(
            source.place(max(0, source.text.rfind("<!--"))).line,
            "A comment begins here and never ends, so the rest of the note is not shown.",
            "end the comment with -->",
        )


def _place(source: Source, reason: UnrenderableError) -> tuple[int, int]:
    """Where in the file is what cannot be rendered, as nearly as is known."""
    at = reason.at if reason.at is not None else source.start(reason.sourcepos)
    place = source.place(at or 0)
    return place.line, place.column


def _plain(text: str, reason: str, place: tuple[int, int] | None = None) -> Document:
    html = f'<pre class="codex-plain">{escape(text)}</pre>\n'
    return Document(html, fallback=reason, fallback_place=place)
