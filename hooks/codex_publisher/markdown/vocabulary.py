"""The HTML that a note may contain, kept in one place for the scrubber and the sanitiser."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt ruby s "
    "samp section small span strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
"""What GitHub allows in Markdown, and what the transforms add. No `picture`, no media, no forms."""

FORBIDDEN = _words(
    "applet embed frame frameset iframe math noembed noframes object script style svg template"
)
"""Removed with all that is in them: their content is not prose."""

LITERAL = _words("listing plaintext textarea title xmp")
"""A browser takes their content as text, and an open one swallows the rest of the page. So, as on
GitHub, the tag itself is shown as it was typed."""

DOCUMENT = _words("body head html")
"""Belong to the page, never to a note."""

OTHER = _words(
    "acronym address area article audio base basefont bgsound big blink button canvas center command data "
    "datalist dialog dir fieldset font footer form header hgroup isindex keygen legend link main map "
    "marquee menu menuitem meta meter multicol nav nextid nobr noscript optgroup option output param "
    "picture progress rb rtc search select slot source spacer strike track video"
)
"""Known and not allowed: the tags go, the words in them stay."""

KNOWN = TAGS | FORBIDDEN | LITERAL | DOCUMENT | OTHER

ATTRIBUTES = {
    "*": frozenset({"class", "dir", "id", "lang", "title"}),
    "a": frozenset({"aria-label", "href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "div": frozenset({"tabindex"}),
    "img": frozenset({"alt", "height", "loading", "src", "width"}),
    "input": frozenset({"checked", "disabled", "type"}),
    "ins": frozenset({"datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}

PREFIX = "n-"
"""Begins every id in a body, so that no note can name (or hide) anything of the page's own."""

_NUMBER = re.compile(r"-?[0-9]{1,9}\Z")
_LENGTH = re.compile(r"[0-9]{1,4}%?\Z")
_SPAN = re.compile(r"[0-9]{1,2}\Z")

VALUES = {
    "align": re.compile(r"(?:left|right|center)\Z"),
    "checked": re.compile(r"(?:checked)?\Z"),
    "colspan": _SPAN,
    "dir": re.compile(r"(?:ltr|rtl|auto)\Z"),
    "height": _LENGTH,
    "href": re.compile(r"(?:codex:[0-9]{1,9}|#n-\S+)\Z"),
    "id": re.compile(r"n-\S+\Z"),
    "loading": re.compile(r"lazy\Z"),
    "rowspan": _SPAN,
    "span": _SPAN,
    "src": re.compile(r"codex:[0-9]{1,9}\Z"),
    "start": _NUMBER,
    "tabindex": re.compile(r"0\Z"),
    "type": re.compile(r"(?:checkbox|[1aAiI])\Z"),
    "value": _NUMBER,
    "width": _LENGTH,
}
"""What the value of an attribute has to look like. Those not named here may hold any text."""

CLASSES = re.compile(
    r"(?:headerlink|admonition(?:-title)?|note|abstract|info|tip|success|question|warning|failure|danger|bug"
    r"|example|quote|task-list(?:-[a-z]+)?|highlight"
    r"|footnote(?:-ref|-backref)?|language-[\w+#.-]{1,40}|codex-[a-z_-]+)\Z"
)
CODE_CLASS = re.compile(r"[a-z]{1,3}[0-9]?\Z")
"""The short names that Pygments gives to pieces of code."""
