"""Things of which there is one, such as a rule: whoever has it has the same, so nobody may change it."""

from __future__ import annotations

from typing import NoReturn


class Shared:
    """An object that does not take a state from elsewhere, as bytes that are read could give it one."""

    __slots__ = ()

    def __setstate__(self, state: object) -> NoReturn:
        """Refuse."""
        raise TypeError(f"{self!r} is shared, and stays as it is")
