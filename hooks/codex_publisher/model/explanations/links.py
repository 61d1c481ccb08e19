"""The rules about links and attachments, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_SLEEP: Final = "---\ntype: claim\n---\n\nThey do so at night.\n"

EXPLANATIONS: Final = (
    Explanation(
        rules.WANTED_LINK,
        what=(
            "A link names a note that is not there. Where an existing note has a name like it, the message "
            "names that note."
        ),
        why=(
            "A reader cannot follow the argument. If the name is only misspelt, the note that was meant also "
            "lacks its link back. A note that is yet to be written is no mistake: it is listed as wanted."
        ),
        fix="Copy the name of the existing note, or write the note that is missing.",
        bad={"claims/naps help.md": "---\ntype: claim\n---\n\nIt follows from [[bees sleeep]].\n"},
        good={"claims/naps help.md": "---\ntype: claim\n---\n\nIt follows from [[bees sleep]].\n"},
        beside={"claims/bees sleep.md": _SLEEP},
    ),
    Explanation(
        rules.AMBIGUOUS_LINK,
        what="A link fits several notes equally well. It leads to one of them, which the message names.",
        why="The next reader, or the next note with that name, may make it mean another note.",
        fix="Write the path of the note that you mean, or rename one of the notes.",
        bad={"claims/naps help.md": "---\ntype: claim\n---\n\nIt follows from [[bees]].\n"},
        good={"claims/naps help.md": "---\ntype: claim\n---\n\nIt follows from [[entities/bees]].\n"},
        beside={
            "entities/bees.md": "---\ntype: entity\n---\n\nAn insect.\n",
            "sectors/bees.md": "---\ntype: sector\n---\n\nHoney.\n",
        },
    ),
    Explanation(
        rules.MISSING_HEADING,
        what="A link names a heading, or a block, that its note does not have. It leads to the note's top.",
        why="The reader lands somewhere else than at the place that you cite, and has to look for it.",
        fix="Copy the heading as it is written there, or leave out what follows the `#`.",
        bad={"claims/naps help.md": "---\ntype: claim\n---\n\nSee [[bees sleep#Proof]].\n"},
        good={"claims/naps help.md": "---\ntype: claim\n---\n\nSee [[bees sleep#Evidence]].\n"},
        beside={"claims/bees sleep.md": "---\ntype: claim\n---\n\n## Evidence\n\nThey were watched.\n"},
    ),
    Explanation(
        rules.BROKEN_PATH,
        what="A relative link leads to no note, or a link has an address that cannot be opened.",
        why="Paths break whenever a note moves to another folder. Links by name do not.",
        fix="Link by name, mend the path, or write the whole address with `https://`.",
        bad={"claims/naps help.md": "---\ntype: claim\n---\n\nSee [the bees](../bee.md).\n"},
        good={"claims/naps help.md": "---\ntype: claim\n---\n\nSee [[bees sleep]].\n"},
        beside={"claims/bees sleep.md": _SLEEP},
    ),
    Explanation(
        rules.MISSING_ATTACHMENT,
        what="A note shows an image, or offers a file, that is not in the codex.",
        why="The reader sees a gap where the picture should be.",
        fix="Add the file to the same pull request, or mend its path or name.",
        bad={"claims/bees sleep.md": "---\ntype: claim\n---\n\n![A bee](hive.png)\n"},
        good={"claims/bees sleep.md": "---\ntype: claim\n---\n\n![A bee](bee.png)\n"},
        beside={"claims/bee.png": b"\x89PNG\r\n\x1a\n"},
    ),
    Explanation(
        rules.REFUSED_ATTACHMENT,
        what="A note shows or offers a file of a kind that is not published, such as SVG, HTML or a drawing.",
        why="Some can run a script in the browser of whoever opens them, and others no browser shows.",
        fix="Save the picture as PNG, JPEG, GIF, WebP or AVIF, and a document as PDF.",
        bad={"claims/bees sleep.md": "---\ntype: claim\n---\n\n![A bee](bee.svg)\n"},
        good={"claims/bees sleep.md": "---\ntype: claim\n---\n\n![A bee](bee.png)\n"},
        beside={"claims/bee.png": b"\x89PNG\r\n\x1a\n"},
    ),
)
