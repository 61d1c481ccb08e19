"""The one place that knows which Markdown engine there is."""

from __future__ import annotations

import comrak

_EXTENSIONS = (
    "strikethrough",
    "autolink",
    "tasklist",
    "footnotes",
    "alerts",
    "wikilinks_title_after_pipe",
)


def to_html(text: str, tables: bool = True, *, shows_raw: bool = False) -> str:
    """Take a note's Markdown and give HTML that is **not safe yet**: raw HTML passes through.

    Each element that came from Markdown says where in `data-sourcepos` (lines and *byte* columns,
    counted from 1). With `tables` false, tables stay text. With `shows_raw`, raw HTML is text as
    well, and all else is the same. A panic inside the engine ends the
    process, so this runs where that can be survived.
    """
    extensions = comrak.ExtensionOptions()
    for name in _EXTENSIONS:
        setattr(extensions, name, True)
    extensions.table = tables
    output = comrak.RenderOptions()
    output.unsafe_ = True
    output.escape = shows_raw
    output.sourcepos = True
    output.gfm_quirks = False
    return comrak.render_markdown(text, extensions, comrak.ParseOptions(), output)
