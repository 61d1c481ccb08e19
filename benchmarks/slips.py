"""Front matter as it is written in haste."""

from __future__ import annotations

from collections.abc import Mapping

from corpus import Corpus


def block(fields: Mapping[str, str]) -> str:
    """These fields as front matter."""
    lines = "".join(
        f"{name}:{'' if value.startswith(chr(10)) else ' '}{value}\n" for name, value in fields.items()
    )
    return f"---\n{lines}---\n\n"


def with_slips(codex: Corpus, fields: dict[str, str]) -> str:
    """These fields, with a slip in about one note of ten."""
    dice = codex.dice
    which = dice.random()
    if which < 0.02:
        # None at all.
        return ""
    if which < 0.03:
        # Quotes within quotes are no valid YAML.
        title = codex.heading(20)
        return block({**fields, "title": f'"{title}" said "{title}"'})
    if which < 0.05:
        # A field stands twice.
        return block(fields).removesuffix("---\n\n") + f"{next(iter(fields))}: {fields['type']}\n---\n\n"
    if which < 0.07:
        fields.pop("domain", None)
    elif which < 0.09 and "url" in fields:
        # Names from former years.
        fields["source"] = fields.pop("url")
        fields["date_published"] = fields.pop("date")
        fields["source_type"] = fields.pop("format")
    elif which < 0.1:
        # The thirtieth of February.
        fields["created"] = "2025-02-30"
    return block(fields)
