"""The page of the command line."""

import argparse


def render_command_line(parser: argparse.ArgumentParser) -> str:
    """Render the command's own help as Markdown, one section for each command."""
    start = "How to start `apiuser` is said under [Install it](index.md#install-it)."
    usage = parser.format_help().rstrip()
    parts = [f"# Command line\n\n{start}\n\n```text\n{usage}\n```\n"]
    for action in parser._actions:  # noqa: SLF001  # argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            parts.extend(
                f"\n## apiuser {name}\n\n```text\n{command.format_help().rstrip()}\n```\n"
                for name, command in action.choices.items()
            )
    return "".join(parts)
