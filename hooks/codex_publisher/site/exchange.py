"""Two folders that change places in one step, so that there is no moment without a site.

Python can only rename one folder after the other. A process that is killed between the two would leave
nothing where the site was. Linux and macOS can exchange two names at once, on most file systems.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD: relative paths begin where the process is."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux (renameat2), and RENAME_SWAP of macOS (renamex_np)."""


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change places; False, and nothing is changed, where that cannot be done."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        # An older system's library has no such call.
        return False
    return False
