"""`codex completion`: the lines by which a shell completes the command."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import get_completion_class

SHELLS: Final = ("bash", "zsh", "fish")
EXAMPLES: Final = (
    "\b\nLines:\n"
    '  eval "$(codex completion bash)"     # in ~/.bashrc\n'
    '  eval "$(codex completion zsh)"      # in ~/.zshrc\n'
    "  codex completion fish | source      # in ~/.config/fish/config.fish\n"
)


@click.command("completion", short_help="Let your shell complete the command.", epilog=EXAMPLES)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete subcommands, options, values and names of notes.

    Put the line for your shell into the file that it reads when it starts.
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"Nothing is known of the shell {shell}.")
    click.echo(completion(context.find_root().command, {}, "codex", "_CODEX_COMPLETE").source())
