"""Addresses outside the codex."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_HTTP: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def is_web_address(url: str) -> bool:
    """Whether a browser can open it: http or https, a host, a port that is a number if there is one."""
    if not _HTTP.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
