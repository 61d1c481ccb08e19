"""The command `codex` and its subcommands, each of which is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from codex_publisher import __version__
from codex_publisher.cli.vault import Vault

SECTIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Write": {
            "new": "codex_publisher.cli.new",
            "move": "codex_publisher.cli.move",
            "rename": "codex_publisher.cli.rename",
        },
        "Check": {
            "check": "codex_publisher.cli.check",
            "explain": "codex_publisher.cli.explain",
            "summary": "codex_publisher.cli.summary",
        },
        "Find": {
            "list": "codex_publisher.cli.list",
            "show": "codex_publisher.cli.show",
        },
        "Set up": {
            "completion": "codex_publisher.cli.completion",
            "clean": "codex_publisher.cli.clean",
        },
    }
)
"""The module of each subcommand, which holds it as `command`, below the headings of the help."""

COMMANDS: Final = MappingProxyType(
    {name: module for section in SECTIONS.values() for name, module in section.items()}
)
EXAMPLES: Final = "\b\nTo begin with:\n  codex check\n  codex list --status unprocessed\n  codex new --help\n"


class Subcommands(click.Group):
    """Knows the subcommands by name; what a subcommand needs is imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as the help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name."""
        module = COMMANDS.get(cmd_name)
        return import_module(module).command if module else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands below headings, by what one does with them."""
        width = max(map(len, COMMANDS))
        for heading, modules in SECTIONS.items():
            with formatter.section(heading):
                commands = ((name, self.get_command(ctx, name)) for name in modules)
                # Columns are the same below all headings.
                rows = [(f"{name:{width}}", one.get_short_help_str(80)) for name, one in commands if one]
                formatter.write_dl(rows)


@click.group(cls=Subcommands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codex")
@click.option(
    "-C",
    "--codex",
    "folder",
    type=click.Path(path_type=Path),
    envvar="CODEX_ROOT",
    help="The folder of the codex. Otherwise it is found from where you are: what the nearest mkdocs.yml "
    "names, or else the Git repository.",
)
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Check, write and keep a codex: a Git repository of Markdown notes with [[wiki links]]."""
    context.obj = Vault(Path.cwd(), folder, date.today())
