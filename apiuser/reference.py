"""Pages of the guide, written from the rules and from the command's own help."""

import argparse
from collections.abc import Iterator
from html import escape

from apiuser.catalogue import RULES
from apiuser.generation import GENERATION_RULES
from apiuser.policies import POLICIES
from apiuser.rules import Rule, Source

_FAMILIES = {
    "USR": "Username (key)",
    "SEC": "Password (secret)",
    "NAM": "Names",
    "EML": "E-mail address",
    "VEN": "Integration vendor",
    "TRK": "Tracking identifier",
    "AUD": "What an audit can prove",
    "HYG": "The state of API users",
    "GEN": "What the generator keeps to beyond the policy",
}
_INTRODUCTION = """# Rules

This page is written from the rules that the program itself uses.
The code is stable; the wording may change.
An error must be mended, a warning should be, and a notice is good to know.
Rules marked as our own advice do not come from Autotask.

"""


def render_rules() -> str:
    """Render the rules page as Markdown, with an anchor for each code."""
    rules = [*RULES.values(), *GENERATION_RULES]
    parts = [_INTRODUCTION]
    for family, title in _FAMILIES.items():
        members = [rule for rule in rules if rule.code.startswith(family)]
        parts.append(f"## {title}\n\n")
        parts.extend(_render_rule(rule) for rule in members)
    return "".join(parts).rstrip("\n") + "\n"


def render_command_line(parser: argparse.ArgumentParser) -> str:
    """Render the command's own help as Markdown, one section for each command."""
    parts = [f"# Command line\n\n```text\n{parser.format_help().rstrip()}\n```\n"]
    for action in parser._actions:  # noqa: SLF001  # argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            parts.extend(
                f"\n## apiuser {name}\n\n```text\n{command.format_help().rstrip()}\n```\n"
                for name, command in action.choices.items()
            )
    return "".join(parts)


def _render_rule(rule: Rule) -> str:
    advice = ", our own advice" if rule.ours else ""
    lines = [
        f"### {rule.code} {{ #{rule.code.lower()} }}",
        "",
        f"**{rule.severity.capitalize()}**, {rule.subject}{advice}.",
        "",
        f"{_mark(rule.message)}",
        "",
        f"Why: {_mark(rule.reason)}",
        "",
        *_list_differences(rule),
        *(f"- {_render_source(source)}" for source in rule.sources),
        "",
        "",
    ]
    return "\n".join(lines)


def _list_differences(rule: Rule) -> Iterator[str]:
    """Say what other policies do with a rule of the default one."""
    for policy in POLICIES.values():
        other = next((r for r in policy.rules if r.code == rule.code), rule)
        if other is not rule:
            yield (
                f"Policy {policy.name}: **{other.severity.capitalize()}**, "
                f"{_mark(other.message)}"
            )
            yield ""


def _render_source(source: Source) -> str:
    title = f"[{_mark(source.title)}]({source.url})" if source.url else source.title
    date = f", read on {source.date}" if source.date else ""
    return f"Source: {title} ({source.kind}, certainty {source.certainty}{date})"


def _mark(text: str) -> str:
    """Keep characters that Markdown or its attribute lists would take for marks."""
    return "".join(
        f"\\{c}" if c in "\\`*_[]{}|#" else c for c in escape(text, quote=False)
    )
