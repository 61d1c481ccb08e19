"""The text of a new note, such that it is read back as it was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, TypeAlias

from codex_publisher.model.forms import TITLE, Field, Form
from codex_publisher.model.front_matter import MAX_BYTES
from codex_publisher.model.names import HIDDEN, tame
from codex_publisher.model.note import MAX_TITLE, Note, read_note
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.wiki_links import plain_text
from codex_publisher.model.yaml_writing import inline_list, plain_or_quoted, quoted

Values: TypeAlias = Mapping[str, Sequence[str]]
"""What was given for each field, by its name."""

_JOINERS: Final = "\u200c\u200d"
"""Cannot be seen, but several scripts need them."""
_NO_TEXT: Final = re.compile("[\ufffd\ufffe\uffff]")
_MARKUP: Final = re.compile(r"[\\`*\[\]<~&$]|(?<!\w)_|_(?!\w)|#(?=#*$)")


class DraftError(Exception):
    """A note that cannot be written as it was meant; its text is a sentence for the person."""


def tidy(text: str) -> str:
    """A text on one line, as notes are read. Raises DraftError when it holds what nobody could see."""
    text = " ".join(text.split())
    for pattern in (HIDDEN, _NO_TEXT):
        for found in pattern.finditer(text):
            if found[0] not in _JOINERS:
                raise DraftError(
                    f"Character {found.start() + 1} is U+{ord(found[0]):04X}, which cannot be seen or turns "
                    "the writing round. Write the text without it."
                )
    return tame(text)


def tidy_title(text: str) -> str:
    """A title as notes are read: on one line, wiki links as their words. Raises DraftError."""
    title = " ".join(plain_text(tidy(text)).split())
    if not title:
        raise DraftError("A title needs at least one letter.")
    if len(title) > MAX_TITLE:
        raise DraftError(f"The title has {len(title)} characters, of which {MAX_TITLE} are read.")
    return title


def compose(
    form: Form,
    path: NotePath,
    title: str,
    values: Values,
    today: date,
    topic: str = "",
    with_blanks: bool = False,
) -> Note:
    """The note that a form makes of these values, with its text as `digest_source`.

    `with_blanks` leaves a line for what is needed and not given, for somebody to fill in. Raises DraftError
    when what would be read is not what was given.
    """
    text = partial(_text, form, title, values, today, topic, with_blanks)
    note = read_note(path, text(form.fields))
    if note.title != title and TITLE not in form.fields:
        # A first heading is not read as the title when it holds what Markdown takes for marks.
        note = read_note(path, text((form.fields[0], TITLE, *form.fields[1:])))
    errors = [problem for problem in note.problems if problem.severity is Severity.ERROR]
    if errors:
        raise DraftError(f"The note would not be right. {errors[0].message}")
    if note.title != title or note.kind is not form.kind:
        raise DraftError("The title would not be read as it was given. Write it in plain words.")
    return note


def _text(
    form: Form,
    title: str,
    values: Values,
    today: date,
    topic: str,
    with_blanks: bool,
    fields: Sequence[Field],
) -> bytes:
    given = {
        "type": [form.kind.name],
        "created": [today.isoformat()],
        **values,
        "title": [title],
        "name": [title],
    }
    lines = [line for field in fields for line in _lines(field, given.get(field.name, ()), with_blanks)]
    front_matter = "\n".join(["---", *lines, "---", ""])
    if len(front_matter.encode()) > MAX_BYTES:
        raise DraftError(f"The fields are longer than the {MAX_BYTES:,} bytes that are read of them.")
    body = form.body.format(heading=heading(title), topic=f"- [[{topic}]]\n" if topic else "")
    return (front_matter + body).encode()


def _lines(field: Field, given: Sequence[str], with_blanks: bool) -> list[str]:
    """The lines of a field; when it has no value none, or a blank one for what is needed."""
    values = [field.fixed] if field.fixed else list(dict.fromkeys(filter(None, given)))
    if not values:
        return [f"{field.name}:"] if with_blanks and field.is_needed else []
    if field.name == "depends_on":
        return [f"{field.name}:", *(f"  - {quoted(f'[[{value}]]')}" for value in values)]
    if field.is_list:
        return [f"{field.name}: {inline_list(values)}"]
    if field.is_date:
        return [f"{field.name}: {values[0]}"]
    write = quoted if field.is_quoted else plain_or_quoted
    return [f"{field.name}: {write(values[0])}"]


def heading(title: str) -> str:
    """A first heading with these words, whatever Markdown would make of them."""
    return "# " + _MARKUP.sub(lambda found: f"\\{found[0]}", title)
