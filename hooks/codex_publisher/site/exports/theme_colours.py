"""The muted colours of the domains. The style sheet is the only place that names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from codex_publisher.site.render import THEME

_HUE: Final = re.compile(r"--codex-hue-([0-9]+):\s*(#[0-9a-f]{6})\b")


@lru_cache(maxsize=1)
def hues() -> Mapping[int, str]:
    """Each colour by the number by which facet values name it."""
    css = (THEME / "assets" / "stylesheets" / "codex.css").read_text("utf-8")
    return {int(number): colour for number, colour in _HUE.findall(css)}
