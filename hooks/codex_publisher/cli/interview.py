"""What a new note needs to have filled in: from options, or by asking the person at the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import click

from codex_publisher.cli.terminal import Refusal, either, say
from codex_publisher.model.codex import Codex
from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.drafts import DraftError, tidy, tidy_title
from codex_publisher.model.facets import DOMAIN, Facet
from codex_publisher.model.forms import Field
from codex_publisher.model.link_names import link_name
from codex_publisher.model.names import visible
from codex_publisher.model.queries import near_values
from codex_publisher.model.slugs import ROOT, fold
from codex_publisher.model.web import is_web_address

MOST_NAMED: Final = 8
_ADDRESSES: Final = ("url", "website")


def option_name(field: Field) -> str:
    """What a field is called on the command line; a list is filled by giving its option again."""
    name = {"tags": "tag", "secondary_domains": "secondary-domain"}.get(field.name, field.name)
    return f"--{name.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Interview:
    """Settles one value after another: checked, and spelled as the codex spells it."""

    codex: Codex
    is_interactive: bool
    new_domain: str = ""
    """A domain that is to be made, though no note has it."""

    def settle(self, field: Field, given: Sequence[str]) -> tuple[str, ...]:
        """The values for a field: what was given, else what the person answers, else its default.

        Raises Refusal when a value cannot be used; if a person is there, only for what options gave.
        """
        if field.facet is DOMAIN and not field.is_list:
            given = [self.new_domain] if self.new_domain else given
        if given:
            try:
                return self._settled(field, given)
            except DraftError as error:
                hint = " A title goes after --title." if field.name == "url" else ""
                raise Refusal(f"{error}{hint}") from error
        if self.is_interactive and field.is_asked and field.help:
            return self._asked(field)
        return (field.default,) if field.default and not field.is_needed else ()

    def _asked(self, field: Field) -> tuple[str, ...]:
        def read(answer: str) -> tuple[str, ...]:
            answers = answer.split(",") if field.is_list else [answer]
            try:
                return self._settled(field, [one for one in answers if one.strip()])
            except DraftError as error:
                # The prompt shows it and asks again.
                raise click.UsageError(visible(str(error))) from error

        settled = _prompt(self._question(field), None if field.is_needed else "", field.default, read)
        return settled if settled or not field.is_needed else self._asked(field)

    def _question(self, field: Field) -> str:
        known = field.choices or (self._commonest(field.facet) if field.facet else ())
        options = f" [{', '.join(known)}]" if known else ""
        commas = ", commas between several" if field.is_list else ""
        name = "URL" if field.name == "url" else field.name.replace("_", " ").capitalize()
        return visible(f"{name} ({field.help}{commas}){options}")

    def _commonest(self, facet: Facet) -> tuple[str, ...]:
        values = sorted(self.codex.values(facet).values(), key=lambda value: (-len(value.notes), value.slug))
        more = ("…",) if len(values) > MOST_NAMED else ()
        return (*(value.label for value in values[:MOST_NAMED]), *more)

    def _settled(self, field: Field, given: Sequence[str]) -> tuple[str, ...]:
        settled = (self._value(field, tidy(one)) for one in given)
        return tuple(dict.fromkeys(value for value in settled if value))

    def _value(self, field: Field, value: str) -> str:
        """One value as it is to be written. Raises DraftError."""
        if not value:
            return ""
        if field.choices:
            return _one_of(field.choices, value)
        if field.facet is DOMAIN:
            return self._domain(value)
        if field.facet:
            return self._facet_value(field.facet, value)
        special: dict[str, Callable[[str], str]] = {
            "title": tidy_title,
            "date": _date,
            "depends_on": self._link,
            **dict.fromkeys(_ADDRESSES, _address),
        }
        return special.get(field.name, str)(value)

    def _domain(self, value: str) -> str:
        known = self.codex.value(DOMAIN, value)
        if known:
            return known.label
        if not self.codex.values(DOMAIN) or fold(value) == fold(self.new_domain):
            return value
        near = near_values(self.codex, DOMAIN, value)
        if (
            near
            and self.is_interactive
            and click.confirm(
                visible(f"No note has the domain “{value}”. Did you mean “{near[0]}”?"),
                default=True,
                err=True,
            )
        ):
            return near[0]
        if self.is_interactive and click.confirm(visible(f"Make “{value}” a new domain?"), err=True):
            return value
        hint = f"Did you mean {either(near)}?" if near else f"There are {', '.join(self._commonest(DOMAIN))}."
        way = "" if self.is_interactive else " Use --new-domain to make one."
        raise DraftError(f"No note has the domain “{value}”. {hint}{way}")

    def _facet_value(self, facet: Facet, value: str) -> str:
        value = value.lstrip("# ")
        known = self.codex.value(facet, value)
        if known or not value:
            return known.label if known else ""
        near = near_values(self.codex, facet, value)
        hint = f" Did you mean {either(near)}?" if near else ""
        say(visible(f"The {facet.name} “{value}” is new.{hint}"))
        return value

    def _link(self, value: str) -> str:
        """The target of a wiki link to the note that is meant; the value itself if it is not written yet."""
        found = self.codex.links.resolver.resolve(value, ROOT)
        if found is None:
            say(
                visible(
                    f"No note is called “{value}” yet, so the link will lead nowhere until it is written."
                )
            )
            return value
        if found.others:
            raise DraftError(f"“{value}” means {len(found.others) + 1} notes. Name one by its path.")
        return link_name(self.codex, self.codex.notes[found.path])


def _prompt(
    question: str, empty: str | None, default: str, read: Callable[[str], tuple[str, ...]]
) -> tuple[str, ...]:
    answer: tuple[str, ...] | str = click.prompt(
        question, default=default or empty, show_default=bool(default), value_proc=read, err=True
    )
    return answer if isinstance(answer, tuple) else read(answer)


def _one_of(choices: Sequence[str], value: str) -> str:
    if fold(value) not in choices:
        raise DraftError(f"“{value}” is not one of {', '.join(choices)}.")
    return fold(value)


def _date(value: str) -> str:
    try:
        date = parse_date(value)
    except ImpossibleDate as impossible:
        raise DraftError(str(impossible)) from impossible
    if date is None:
        raise DraftError(f"“{value}” is not a date. Write it as 2026-03-12, 2026-03 or 2026.")
    return date.iso


def _address(value: str) -> str:
    if not is_web_address(value):
        raise DraftError(f"“{value}” is not the address of a page on the web. Write it whole, with https://.")
    return value
