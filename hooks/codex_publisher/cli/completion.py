"""`codex completion`: the lines by which a shell completes the command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    r"""Print what makes a shell complete subcommands, options, values and names of notes.

    Put one of these lines into the file that your shell reads when it starts:

    \b
        eval "$(codex completion bash)"          # ~/.bashrc
        eval "$(codex completion zsh)"           # ~/.zshrc
        codex completion fish | source           # ~/.config/fish/config.fish
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"Nothing is known of the shell {shell}.")
    click.echo(completion(context.find_root().command, {}, "codex", "_CODEX_COMPLETE").source())
