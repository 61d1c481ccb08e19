"""`codex new`: begins a note, with the right name, fields and sections, in the right place."""

from __future__ import annotations

import os
import posixpath
import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from codex_publisher.cli.completing import complete_note, complete_value
from codex_publisher.cli.interview import Interview, option_name
from codex_publisher.cli.terminal import Refusal, is_interactive, say, tell
from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex
from codex_publisher.model.dates import PartialDate, parse_date
from codex_publisher.model.discovery import would_be_note
from codex_publisher.model.drafts import DraftError, compose
from codex_publisher.model.facets import DOMAIN, split_authors
from codex_publisher.model.forms import FORMS, TITLE, Field, Form
from codex_publisher.model.habits import usual_folder, usual_style, usual_topic
from codex_publisher.model.names import HIDDEN, visible
from codex_publisher.model.near import NearMatches
from codex_publisher.model.note import Note
from codex_publisher.model.note_names import SUFFIX, fault_of_stem, stem_of
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.repository.writing import WritingError, create_file

_ADDRESS_DATE: Final = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?/")
_EXAMPLES: Final = {
    "source": 'codex new source https://example.org/naps --title "Naps: a survey" --date 2026-03-12 '
    "--domain health",
    "claim": 'codex new claim "short naps improve recall in adults" --domain health --confidence likely '
    '--description "Rests on three trials"',
    "belief": 'codex new belief "rest is work" --agent iris --domain health --confidence strong '
    '--description "Why naps count"',
    "position": 'codex new position "schools will have nap rooms by 2030" --agent iris --domain health '
    '--confidence moderate --description "Judged by what ministries publish"',
    "entity": 'codex new entity "Nap Institute" --entity-type organisation --domain health',
    "conviction": 'codex new conviction "naps will be taught in schools" --domain health '
    '--staked-by "Jane Smith" --stake high --description "Ten years of teaching"',
    "musing": 'codex new musing "what naps do to classes" --agent iris --tag schools',
    "sector": 'codex new sector "Nap research" --domain health --tracked-by iris --status growing '
    '--description "Who studies naps, and to what end"',
    "map": 'codex new map "how rest is studied" --description "From the first trials on"',
}
EXAMPLES: Final = (
    "\b\nExamples:\n"
    "  codex new source https://example.org/naps\n"
    '  codex new claim "short naps improve recall in adults"\n'
)


class Kinds(click.Group):
    """The kinds of notes in the order in which they come about: what was read before what it shows."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(self.commands)


@click.group("new", cls=Kinds, short_help="Begin a note.", epilog=EXAMPLES)
def command() -> None:
    """Begin a note, with its name, fields and sections, in the folder where the codex keeps its like.

    At a terminal, what is missing is asked for. Elsewhere it has to be given by options, and the command
    says which ones. Nothing is ever overwritten.
    """


def _command(form: Form) -> click.Command:
    def begin(context: click.Context, /, **given: Any) -> None:
        _begin(context.obj, form, given)

    return click.Command(
        form.kind.name,
        callback=click.pass_context(begin),
        params=[
            click.Argument([form.argument.name], required=False),
            *(_option(field) for field in _open_fields(form)),
            click.Option(["--new-domain"], metavar="NAME", help="A domain that no note has yet."),
            click.Option(["--folder"], metavar="PATH", help="Where to put it, from the root of the codex."),
            click.Option(["--name"], metavar="NAME", help="What to call the file."),
            click.Option(
                ["-y", "--yes"], is_flag=True, help="Write it, though there is a note much like it."
            ),
            click.Option(["--dry-run"], is_flag=True, help="Show the note, and write nothing."),
        ],
        short_help=f"Begin {_a(form)}.",
        help=f"Begin {_a(form)}. {form.argument.name.upper()} is {form.argument.help}.",
        epilog=f"\b\nExample:\n  {_wrapped_example(form)}",
    )


def _a(form: Form) -> str:
    return f"an {form.kind}" if form.kind.name[0] in "aeiou" else f"a {form.kind}"


def _wrapped_example(form: Form) -> str:
    return _EXAMPLES[form.kind.name].replace(" --", " \\\n      --")


def _open_fields(form: Form) -> list[Field]:
    """What a person may fill in by options."""
    return [field for field in form.fields if field.help]


def _option(field: Field) -> click.Option:
    complete = complete_value(field.facet) if field.facet else None
    if field.name == "depends_on":
        complete = complete_note
    choices = f" ({', '.join(field.choices)})" if field.choices else ""
    repeated = " Give it again for another." if field.is_list else ""
    return click.Option(
        [option_name(field), field.name],
        multiple=field.is_list,
        metavar="VALUE",
        shell_complete=complete,
        help=f"{field.help[0].upper()}{field.help[1:]}{choices}.{repeated}",
    )


for _form in FORMS:
    command.add_command(_command(_form))


def _begin(vault: Vault, form: Form, given: dict[str, Any]) -> None:
    codex, root = vault.codex, vault.folder.root
    asks = is_interactive()
    interview = Interview(codex, asks, given["new_domain"] or "")
    if given["new_domain"] and given["domain"]:
        raise click.UsageError(
            "--domain names one that there is, and --new-domain another: give one of them."
        )
    try:
        values = _values(codex, form, given, interview)
        title = values["title"][0]
        path = _path(vault, form, title, values, given)
        _refuse_namesakes(codex, Path(path).stem)
        domain = "".join(values["domain"])
        topic = usual_topic(codex, form.kind, domain) if domain else ""
        note = compose(form, path, title, values, vault.today, topic)
    except DraftError as error:
        raise Refusal(str(error)) from error
    if given["dry_run"]:
        say(visible(f"This would be {path}:"))
        for line in note.digest_source.decode().split("\n")[:-1]:
            tell(visible(line))
        return
    try:
        place = create_file(root, path, note.digest_source)
    except FileExistsError as error:
        raise Refusal(f"There is a file already at {path}. Choose another name with --name.") from error
    except WritingError as error:
        raise Refusal(str(error)) from error
    _tell(vault, form, place)


def _tell(vault: Vault, form: Form, place: Path) -> None:
    from_here = os.path.relpath(place, vault.start)
    tell(visible(from_here))
    say(form.next_step)
    # Without it the same command would look at the codex of the folder where it is started.
    named = f" -C {shlex.quote(visible(str(vault.named)))}" if vault.named else ""
    say(f"Then see what is wrong with it: codex{named} check {shlex.quote(visible(from_here))}")


def _values(
    codex: Codex, form: Form, given: dict[str, Any], interview: Interview
) -> dict[str, tuple[str, ...]]:
    """What each field gets. Asks for the title first, since a note much like it may be there already."""
    fields = _open_fields(form)
    first = [form.argument] if TITLE not in fields else [form.argument, TITLE]
    values: dict[str, tuple[str, ...]] = {}
    for field in first:
        values[field.name] = interview.settle(field, _list(given[field.name]))
    if values.get("title"):
        if given["name"] or not usual_style(codex, form.kind).is_dated:
            # Other names are known only when the date is.
            _refuse_namesakes(codex, _stem(codex, form, values["title"][0], "", None, given["name"]))
        _weigh_likeness(codex, form, values, given["yes"], interview.is_interactive)
    for field in fields:
        if field.name not in values:
            offered = _date_in_address(values["url"]) if field.name == "date" else field.default
            values[field.name] = interview.settle(replace(field, default=offered), _list(given[field.name]))
    missing = [field for field in (*first, *fields) if field.is_needed and not values[field.name]]
    if missing:
        names = dict.fromkeys(_name_of(form, field) for field in missing)
        raise Refusal(
            f"{_a(form).capitalize()} needs {_and(list(names))}. Give what is missing, or run the command at "
            "a terminal, where it asks."
        )
    return values


def _date_in_address(url: Sequence[str]) -> str:
    """The date that many an address of an article has in it, as in `/2026/03/12/naps`; or nothing."""
    found = _ADDRESS_DATE.search("".join(url))
    return "-".join(f"{int(part):02}" for part in found.groups() if part) if found else ""


def _name_of(form: Form, field: Field) -> str:
    if field is form.argument:
        return field.name.upper()
    return "--domain (or --new-domain)" if field.facet is DOMAIN else option_name(field)


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _list(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _weigh_likeness(
    codex: Codex, form: Form, values: dict[str, tuple[str, ...]], is_sure: bool, asks: bool
) -> None:
    """Stop where the codex may have the note already, unless the person says otherwise."""
    like = _like(codex, form, values)
    if is_sure or not like:
        return
    lines = "\n".join(f"  {note.title}  ({note.path})" for note in like)
    said = f"The codex may have this already:\n{lines}"
    if not asks:
        raise Refusal(f"{said}\nIf it says something else, give --yes.")
    for line in said.split("\n"):
        say(visible(line))
    if not click.confirm("Write another all the same?", err=True):
        raise Refusal("Nothing was written.")


def _like(codex: Codex, form: Form, values: dict[str, tuple[str, ...]]) -> list[Note]:
    alike = [note for note in codex.notes.values() if note.kind is form.kind]
    url = "".join(values.get("url", ()))
    same = [note.path for note in alike if url and _bare_address(note.url) == _bare_address(url)]
    near = NearMatches(alike).find(values["title"][0])
    return [codex.notes[path] for path in dict.fromkeys((*same, *near))]


def _bare_address(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/").casefold()


def _path(
    vault: Vault, form: Form, title: str, values: dict[str, tuple[str, ...]], given: dict[str, Any]
) -> NotePath:
    """Where the note goes. Raises DraftError when it would not be a note there."""

    def one(name: str) -> str:
        return "".join(values.get(name, ())[:1])

    only = vault.folder.only
    folder = _folder(vault, given["folder"]) if given["folder"] else None
    if folder is None:
        folder = usual_folder(vault.codex, form.kind, one("domain"), one("agent"), only)
    stem = _stem(vault.codex, form, title, one("author"), parse_date(one("date")), given["name"])
    path = f"{folder}/{stem}{SUFFIX}" if folder else f"{stem}{SUFFIX}"
    is_skipped = any(path.startswith(f"{skipped}/") for skipped in vault.folder.skipped)
    if HIDDEN.search(folder) or ".." in folder.split("/") or is_skipped or not would_be_note(path, only):
        where = f" Notes are in {', '.join(only)}." if only else ""
        raise DraftError(f"A file {path} would not be taken for a note.{where} Use --folder or --name.")
    return NotePath(path)


def _folder(vault: Vault, named: str) -> str:
    """A folder from the root of the codex; one outside begins with `..`."""
    inside = os.path.relpath(named, vault.folder.root) if Path(named).is_absolute() else named
    folder = posixpath.normpath(inside.replace(os.sep, "/"))
    return "" if folder == "." else folder


def _stem(
    codex: Codex, form: Form, title: str, author: str, date: PartialDate | None, named: str | None
) -> str:
    if named is None:
        first_author = "".join(split_authors(author)[:1])
        return stem_of(title, usual_style(codex, form.kind), date, first_author)
    stem = named.removesuffix(SUFFIX)
    if why := fault_of_stem(stem):
        raise DraftError(f"The name “{stem}” {why}. Choose another with --name.")
    return stem


def _refuse_namesakes(codex: Codex, stem: str) -> None:
    for note in codex.notes.values():
        if fold(note.stem) == fold(stem):
            raise DraftError(
                f"There is a note of that name already: {note.path}. Choose another with --name."
            )
