"""The commands `apiuser rules` and `apiuser policies`."""

import argparse

from apiuser.cli.options import (
    CLEAN,
    Commands,
    add_command,
    add_json,
    add_policy,
    find_policy,
)
from apiuser.cli.telling import print_json, tell
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.policies import DEFAULT_POLICY, POLICIES, Policy
from apiuser.rules.rule import Rule

_RULES_EXAMPLES = """\
  apiuser rules
  apiuser rules --policy autotask-legacy
  apiuser rules --json
"""
_POLICIES_EXAMPLES = """\
  apiuser policies
  apiuser policies --json
"""


def add_to(commands: Commands) -> None:
    """Add the commands."""
    rules = add_command(
        commands,
        "rules",
        _rules,
        "List every rule with its reason and sources.",
        examples=_RULES_EXAMPLES,
    )
    add_policy(rules)
    add_json(rules)
    policies = add_command(
        commands,
        "policies",
        _policies,
        "List the policies.",
        examples=_POLICIES_EXAMPLES,
    )
    add_json(policies)


def _rules(options: argparse.Namespace) -> int:
    rules = _list_rules(find_policy(options.policy))
    if options.json:
        print_json(
            [
                {
                    "code": rule.code,
                    "subject": rule.subject,
                    "severity": rule.severity,
                    "message": rule.message,
                    "reason": rule.reason,
                    "ours": rule.ours,
                    "sources": [
                        {
                            "title": s.title,
                            "kind": s.kind,
                            "certainty": s.certainty,
                            "url": s.url,
                            "date": s.date,
                        }
                        for s in rule.sources
                    ],
                }
                for rule in rules
            ]
        )
        return CLEAN
    for rule in rules:
        tell(f"{rule.code}  {rule.severity:8} {rule.message}")
        tell(f"        {rule.reason}")
        for source in rule.sources:
            tell(f"        Source: {source.title} ({source.certainty} certainty)")
    return CLEAN


def _list_rules(policy: Policy) -> tuple[Rule, ...]:
    """List the rules of a policy, then those of audits and of the generator."""
    audits = (rule for rule in RULES.values() if rule.subject is Subject.TABLE)
    return (*policy.rules, *audits, *GENERATION_RULES)


def _policies(options: argparse.Namespace) -> int:
    if options.json:
        print_json(
            [
                {"name": p.name, "title": p.title, "effective": p.effective}
                for p in POLICIES.values()
            ]
        )
        return CLEAN
    for policy in POLICIES.values():
        default = " (default)" if policy is DEFAULT_POLICY else ""
        tell(f"{policy.name}{default}: {policy.title}")
    return CLEAN
