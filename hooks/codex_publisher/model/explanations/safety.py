"""The rules about what is not shown as it was written, for the safety of readers, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_PATH: Final = "claims/bees sleep.md"
_TEXT: Final = "---\ntype: claim\n---\n\nBees do.\n"

EXPLANATIONS: Final = (
    Explanation(
        rules.ENCODING,
        what="The file has bytes that are not UTF-8, or control characters. Each is shown as \ufffd.",
        why="The reader sees a mark where a letter was, and a name with such a mark is found by no search.",
        fix="Save the file as UTF-8, and delete what is not text.",
        bad={_PATH: b"---\ntype: claim\n---\n\nSeen in a caf\xe9.\n"},
        good={_PATH: "---\ntype: claim\n---\n\nSeen in a café.\n"},
    ),
    Explanation(
        rules.UNSAFE_NAME,
        what=(
            "The file's name has characters that cannot be seen or that change the direction of writing. "
            "They are shown as \ufffd."
        ),
        why="A name can be made to look like another one, or hide what a link leads to.",
        fix="Rename the file with visible characters only.",
        bad={"claims/bees\u200b sleep.md": _TEXT},
        good={_PATH: _TEXT},
    ),
    Explanation(
        rules.SYMBOLIC_LINK,
        what="A file or folder is a symbolic link. It is not followed, and nothing of it is published.",
        why="A link can lead out of the codex, to a file of the machine that builds the site.",
        fix="Put a copy of the file in its place, or link to the note from a note.",
        instead="`ln -s ../../elsewhere/bees.md claims/bees.md` makes such a link.",
    ),
    Explanation(
        rules.UNREADABLE,
        what="A file or folder could not be read, or is no ordinary file.",
        why="Its note is published empty, or not at all.",
        fix="Make it readable for whoever builds the site.",
        instead="`chmod 000 'claims/bees sleep.md'` makes such a file.",
    ),
    Explanation(
        rules.RENDERED_AS_TEXT,
        what="The note could only be shown as plain text. The message says why.",
        why="Its headings, lists and links are lost to the reader.",
        fix="Make the text simpler. Most often, quotes or lists are nested without end.",
        bad={_PATH: f"---\ntype: claim\n---\n\n{'>' * 120} Bees do.\n"},
        good={_PATH: "---\ntype: claim\n---\n\n> Bees do.\n"},
    ),
    Explanation(
        rules.DIRECTION_CHANGED,
        what="A field has unseen characters that turn the direction of writing. They are left out.",
        why="They turn round whatever follows on the page, and a title can be made to read as another.",
        fix="Delete the characters, or write the value anew.",
        bad={_PATH: "---\ntype: claim\ntitle: Bees \u202esleep\n---\n\nBees do.\n"},
        good={_PATH: "---\ntype: claim\ntitle: Bees sleep\n---\n\nBees do.\n"},
    ),
    Explanation(
        rules.NOT_AS_MEANT,
        what=(
            "A part of the text is not shown as it was meant: tables too wide to be tables, or a comment "
            "that never ends and hides what follows."
        ),
        why="Readers of the site miss it, and the writer does not notice.",
        fix="Narrow the tables to at most 100 columns; end the comment with `-->`.",
        bad={_PATH: "---\ntype: claim\n---\n\nBees do.\n\n<!-- by night\n\nDrones too.\n"},
        good={_PATH: "---\ntype: claim\n---\n\nBees do.\n\n<!-- by night -->\n\nDrones too.\n"},
    ),
)
