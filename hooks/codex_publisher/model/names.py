"""Characters that a name should not have."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, and those that cannot be seen or that change the direction of writing."""
