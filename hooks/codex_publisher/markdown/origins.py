"""Which tags of the engine's HTML were typed as raw HTML, and which the engine has made of Markdown."""

from __future__ import annotations

import re

_TOLD_APART = re.compile(r'[<>"]|&(?:amp;)*')
_REFERENCES = {"<": "&lt;", ">": "&gt;", '"': "&quot;"}
_AMPERSANDS = re.compile(r"&(?:amp;)*")


def typed_tags(html: str, shown: str) -> frozenset[int]:
    """Take the engine's HTML, and the same with raw HTML shown as it was typed; give where typed tags begin.

    Both are read side by side: what is a tag in one and a text in the other was typed. An engine's tag cannot
    be told from a typed one by its looks, since anybody can type `</div>`, which also ends an alert.
    """
    typed: set[int] = set()
    at = behind = 0
    for found in _TOLD_APART.finditer(html):
        at += found.start() - behind
        behind = found.end()
        sign = found[0]
        if sign[0] == "&":
            ampersands = _AMPERSANDS.match(shown, at)
            at += len(ampersands[0]) if ampersands else len(sign)
        elif shown.startswith(sign, at):
            at += 1
        else:
            at += len(_REFERENCES[sign])
            if sign == "<":
                typed.add(found.start())
    return frozenset(typed)
