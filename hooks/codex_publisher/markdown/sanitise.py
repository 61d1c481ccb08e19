"""The last step: nothing leaves here that is not on our list, whatever the steps before let through."""

from __future__ import annotations

import nh3

from codex_publisher.markdown.vocabulary import ATTRIBUTES, CLASSES, CODE_CLASS, FORBIDDEN, TAGS, VALUES


def sanitise(html: str) -> str:
    """Take any HTML and give HTML that can run nothing, load nothing and name nothing of the page's.

    Addresses are placeholders (`codex:N`) or point into the body (`#n-…`); all others go, so that
    what a page links to is only ever what `fill_links` was told.
    """
    return _CLEANER.clean(html)


def _filter(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(each for each in value.split() if _is_class(tag, each)) or None
    pattern = VALUES.get(name)
    return value if pattern is None or pattern.match(value) else None


def _is_class(tag: str, name: str) -> bool:
    return bool(CLASSES.match(name) or (tag == "span" and CODE_CLASS.match(name)))


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=FORBIDDEN,
    attributes=ATTRIBUTES,
    attribute_filter=_filter,
    strip_comments=True,
    link_rel=None,
    set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    url_schemes={"codex"},
    url_relative="pass_through",
)
