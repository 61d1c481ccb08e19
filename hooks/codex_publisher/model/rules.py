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

WANTED_LINK: Final = Rule("L101", Severity.WARNING, "A link to a note that is not written yet")
AMBIGUOUS_LINK: Final = Rule("L102", Severity.WARNING, "A link that fits several notes")
MISSING_HEADING: Final = Rule("L103", Severity.WARNING, "A link to a heading that is not there")
BROKEN_PATH: Final = Rule("L104", Severity.WARNING, "A relative link that leads nowhere")
MISSING_ATTACHMENT: Final = Rule("L105", Severity.WARNING, "An image or file that is not there")
REFUSED_ATTACHMENT: Final = Rule("S104", Severity.WARNING, "An attachment of a kind that is not published")

DUPLICATE_STEM: Final = Rule("N101", Severity.WARNING, "Two notes share a name")
LONG_NAME: Final = Rule("N102", Severity.INFO, "A name too long for some systems")
EMPTY_NOTE: Final = Rule("N103", Severity.WARNING, "A note without a text")
NAME_COLLISION: Final = Rule("N104", Severity.WARNING, "Names that differ only in case or Unicode form")

ENCODING: Final = Rule("S101", Severity.ERROR, "Bytes that are not text")
UNSAFE_NAME: Final = Rule("S102", Severity.ERROR, "A name with hidden characters")
SYMBOLIC_LINK: Final = Rule("S103", Severity.ERROR, "A symbolic link is not followed")
UNREADABLE: Final = Rule("S105", Severity.ERROR, "A file that could not be read")
DIRECTION_CHANGED: Final = Rule("S107", Severity.WARNING, "Characters that turn the writing round")
NOT_AS_MEANT: Final = Rule("S108", Severity.WARNING, "Text that is not shown as it was meant")
RENDERED_AS_TEXT: Final = Rule("S106", Severity.ERROR, "A note that could only be shown as plain text")
