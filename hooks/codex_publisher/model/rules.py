"""The catalogue of rules. A code keeps its meaning for ever; retired codes are not reused."""

from __future__ import annotations

from typing import Final

from codex_publisher.model.problems import Rule, Severity

FRONT_MATTER_MISSING: Final = Rule("F101", Severity.WARNING, "Front matter is missing")
FRONT_MATTER_BROKEN: Final = Rule("F102", Severity.ERROR, "Front matter is not valid YAML")
FRONT_MATTER_UNCLOSED: Final = Rule("F103", Severity.ERROR, "Front matter is not closed")
DUPLICATE_KEY: Final = Rule("F104", Severity.ERROR, "A field stands twice")
FRONT_MATTER_TOO_LARGE: Final = Rule("F105", Severity.ERROR, "Front matter is too large or too deep")
YAML_ALIAS: Final = Rule("F106", Severity.ERROR, "YAML anchors, aliases and merge keys are not read")
SECOND_DOCUMENT: Final = Rule("F107", Severity.WARNING, "A second block of front matter")
FIELD_MISSING: Final = Rule("F201", Severity.WARNING, "A field is missing")
FIELD_TYPE: Final = Rule("F202", Severity.WARNING, "A field has the wrong shape")
UNKNOWN_VALUE: Final = Rule("F203", Severity.WARNING, "A value outside its vocabulary")
BAD_DATE: Final = Rule("F204", Severity.WARNING, "A date that does not exist")
BAD_ADDRESS: Final = Rule("F206", Severity.WARNING, "An address that cannot be opened")
LEGACY_FIELD: Final = Rule("F205", Severity.INFO, "A legacy field name")
FUTURE_DATE: Final = Rule("F207", Severity.WARNING, "A date in the future")

WANTED_LINK: Final = Rule("L101", Severity.WARNING, "A link to a note that is not written yet")
AMBIGUOUS_LINK: Final = Rule("L102", Severity.WARNING, "A link that fits several notes")
MISSING_HEADING: Final = Rule("L103", Severity.WARNING, "A link to a heading that is not there")
BROKEN_PATH: Final = Rule("L104", Severity.WARNING, "A relative link that leads nowhere")
MISSING_ATTACHMENT: Final = Rule("L105", Severity.WARNING, "An image or file that is not there")
SELF_LINK: Final = Rule("L106", Severity.WARNING, "A link to its own note")
REFUSED_ATTACHMENT: Final = Rule("S104", Severity.WARNING, "An attachment of a kind that is not published")

DUPLICATE_STEM: Final = Rule("N101", Severity.WARNING, "Two notes share a name")
LONG_NAME: Final = Rule("N102", Severity.INFO, "A name too long for some systems")
EMPTY_NOTE: Final = Rule("N103", Severity.WARNING, "A note without a text")
NAME_COLLISION: Final = Rule("N104", Severity.WARNING, "Names that differ only in case or Unicode form")

NEAR_DUPLICATE: Final = Rule("N105", Severity.INFO, "Two notes with nearly the same title")
NAME_STYLE: Final = Rule("N106", Severity.INFO, "A name unlike the convention")
REFUSED_NAME: Final = Rule("N107", Severity.INFO, "A name that some systems refuse")

NO_RESULT: Final = Rule("Q101", Severity.WARNING, "A processed source from which nothing came")
NO_REASON: Final = Rule("Q102", Severity.WARNING, "A null result without a reason")
OVERDUE: Final = Rule("Q103", Severity.WARNING, "A source that waits too long")
DONE_IN_QUEUE: Final = Rule("Q104", Severity.WARNING, "A source in the queue that is done")
OPEN_IN_ARCHIVE: Final = Rule("Q105", Severity.INFO, "A source in the archive that still waits")

LABEL_TITLE: Final = Rule("C101", Severity.INFO, "A title that names a subject and claims nothing")
UNSUPPORTED_CLAIM: Final = Rule("C102", Severity.WARNING, "A claim without any source or link")
UNANSWERED_CHALLENGE: Final = Rule("C103", Severity.WARNING, "A likely claim silent about what disputes it")
ABOVE_ITS_GROUND: Final = Rule("C104", Severity.WARNING, "A claim rated above what it rests on")
ONE_SIDED_CHALLENGE: Final = Rule("C105", Severity.INFO, "A dispute that only one side mentions")
CIRCLE: Final = Rule("C106", Severity.WARNING, "A note that rests on itself")
RESTS_ON_MISSING: Final = Rule(
    "C201", Severity.WARNING, "A belief or position that rests on what is not written"
)
RESTS_ON_RETIRED: Final = Rule("C202", Severity.WARNING, "A belief or position that rests on a retired claim")
RESTS_ON_WEAKER: Final = Rule("C203", Severity.INFO, "A belief or position surer than what it rests on")

ENCODING: Final = Rule("S101", Severity.ERROR, "Bytes that are not text")
UNSAFE_NAME: Final = Rule("S102", Severity.ERROR, "A name with hidden characters")
SYMBOLIC_LINK: Final = Rule("S103", Severity.ERROR, "A symbolic link is not followed")
UNREADABLE: Final = Rule("S105", Severity.ERROR, "A file that could not be read")
DIRECTION_CHANGED: Final = Rule("S107", Severity.WARNING, "Characters that turn the writing round")
NOT_AS_MEANT: Final = Rule("S108", Severity.WARNING, "Text that is not shown as it was meant")
REMOVED_HTML: Final = Rule("S109", Severity.WARNING, "HTML or an address that is taken away")
RENDERED_AS_TEXT: Final = Rule("S106", Severity.ERROR, "A note that could only be shown as plain text")
