"""The page of rules."""

from collections.abc import Iterable, Iterator

from apiuser.guide.marking import keep_marks
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.policies import POLICIES, Policy
from apiuser.rules.rule import Rule, Severity, Source

_FAMILIES = {
    "USR": "Username (key)",
    "SEC": "Password (secret)",
    "NAM": "Names",
    "EML": "E-mail address",
    "VEN": "Integration vendor",
    "TRK": "Tracking identifier",
    "AUD": "What an audit can prove",
    "HYG": "The state of API users",
    "GEN": "What the generator follows beyond the policy",
}
_IN_SHORT = {"SEC": ("secret-rules", "Secret rules in short: length and characters")}
"""Families whose errors are listed first, with the anchor and title of that list."""
_INTRODUCTION = """# Rules

This page is written from the rules that the program itself uses.
A rule keeps its code; its wording may change.
Errors must be fixed, and warnings should be; a notice is good to know.
Rules marked as our own advice do not come from Autotask.

"""


def render_rules(policies: Iterable[Policy] = tuple(POLICIES.values())) -> str:
    """Render the rules page as Markdown, with an anchor for each code.

    Args:
        policies: Their rules are shown too, if they differ or are not of the
            catalogue.
    """
    policies = tuple(policies)
    known = dict(RULES)
    for policy in policies:
        for rule in policy.rules:
            known.setdefault(rule.code, rule)
    rules = [*known.values(), *GENERATION_RULES]
    parts = [_INTRODUCTION]
    # A family that nobody has named yet is called by its letters.
    families = dict.fromkeys((*_FAMILIES, *(rule.code[:3] for rule in rules)))
    for family in families:
        title = _FAMILIES.get(family, family)
        members = [rule for rule in rules if rule.code.startswith(family)]
        parts.append(f"## {title}\n\n")
        if family in _IN_SHORT:
            parts.extend(_list_errors(*_IN_SHORT[family], members))
        parts.extend(_render_rule(rule, policies) for rule in members)
    return "".join(parts).rstrip("\n") + "\n"


def _list_errors(anchor: str, title: str, rules: Iterable[Rule]) -> Iterator[str]:
    """List what must be fixed, without reasons and sources."""
    yield f"### {title} {{ #{anchor} }}\n\n"
    for rule in rules:
        if rule.severity is Severity.ERROR:
            yield f"- {keep_marks(rule.message)}\n"
    yield "\n"


def _render_rule(rule: Rule, policies: Iterable[Policy]) -> str:
    advice = ", our own advice" if rule.ours else ""
    lines = [
        f"### {rule.code}: {keep_marks(rule.problem)} {{ #{rule.code.lower()} }}",
        "",
        f"**{rule.severity.capitalize()}**, {rule.subject}{advice}.",
        "",
        f"{keep_marks(rule.message)}",
        "",
        f"Why: {keep_marks(rule.reason)}",
        "",
        *_list_differences(rule, policies),
        *(f"- {_render_source(source)}" for source in rule.sources),
        "",
        "",
    ]
    return "\n".join(lines)


def _list_differences(rule: Rule, policies: Iterable[Policy]) -> Iterator[str]:
    """Say what other policies do with a rule of the default one."""
    for policy in policies:
        other = next((r for r in policy.rules if r.code == rule.code), rule)
        if other is not rule:
            yield (
                f"Policy {policy.name}: **{other.severity.capitalize()}**, "
                f"{keep_marks(other.message)}"
            )
            yield ""


def _render_source(source: Source) -> str:
    title = (
        f"[{keep_marks(source.title)}]({source.url})" if source.url else source.title
    )
    date = f", stored copy, read on {source.date}" if source.date else ""
    return f"Source: {title} ({source.kind}, certainty {source.certainty}{date})"
