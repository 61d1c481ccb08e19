"""The rules about the names of notes, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_TEXT: Final = "---\ntype: claim\n---\n\nBees do.\n"
_LONG: Final = "bees sleep at night and also by day " * 6

EXPLANATIONS: Final = (
    Explanation(
        rules.DUPLICATE_STEM,
        what=(
            "Another note of the same kind has the same name, in another folder or in another spelling. Maps "
            "and pages share a name where they share an address, as `garden.md` and `garden/index.md` do."
        ),
        why=(
            "Notes are linked by name, so each link to either note is ambiguous, and only the first gets the "
            "plain address."
        ),
        fix="Rename one of the two. If they say the same, join them into one.",
        bad={"claims/night/bees sleep.md": _TEXT, "claims/bees sleep.md": _TEXT},
        good={"claims/night/bees sleep through the night.md": _TEXT, "claims/bees sleep.md": _TEXT},
    ),
    Explanation(
        rules.LONG_NAME,
        what="The file's name is longer than 200 bytes.",
        why=(
            "Names of more than 255 bytes cannot be stored on most systems, programs append to names, and "
            "letters beyond the English alphabet take two to four bytes each."
        ),
        fix="Shorten the name, and keep the whole proposition in the field `title`.",
        bad={f"claims/{_LONG.strip()}.md": _TEXT},
        good={
            "claims/bees sleep.md": "---\ntype: claim\ntitle: Bees sleep by night and day\n---\n\nThey do.\n"
        },
    ),
    Explanation(
        rules.EMPTY_NOTE,
        what="The note has no text below its front matter.",
        why="Whoever follows a link to it finds an empty page.",
        fix="Write what there is to say, or remove the file until there is something.",
        bad={"claims/bees sleep.md": "---\ntype: claim\n---\n"},
        good={"claims/bees sleep.md": _TEXT},
    ),
    Explanation(
        rules.NAME_COLLISION,
        what=(
            "Two paths differ only in small and capital letters, or in how an accent is stored (the Unicode "
            "form)."
        ),
        why="On macOS and Windows these are one file: whoever clones the repository there loses one of them.",
        fix="Rename one of the two.",
        bad={"claims/bees sleep.md": _TEXT, "claims/Bees sleep.md": _TEXT},
        good={"claims/bees sleep at night.md": _TEXT, "claims/Bees sleep.md": _TEXT},
    ),
    Explanation(
        rules.REFUSED_NAME,
        what=(
            "The name of the file, or of a folder that it is in, is one that Windows does not take: it holds "
            'one of `<>:"|?*\\`, is that of a device such as `aux` or `con`, or ends with a dot or a space.'
        ),
        why="Whoever clones the repository there does not get the note, and Git may refuse to go on.",
        fix="Rename it. The title may hold what the name may not, in the field `title`.",
        bad={"claims/do bees sleep?.md": _TEXT},
        good={"claims/bees sleep.md": "---\ntype: claim\ntitle: Do bees sleep?\n---\n\nThey do.\n"},
    ),
)
