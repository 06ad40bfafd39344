"""The commands `apiuser rules` and `apiuser policies`."""

import argparse

from apiuser.cli.options import (
    CLEAN,
    Commands,
    add_command,
    add_policy,
    find_policy,
    print_json,
)
from apiuser.policies import DEFAULT_POLICY, POLICIES


def add_to(commands: Commands) -> None:
    """Add the commands."""
    rules = add_command(
        commands, "rules", _rules, "List every rule with its reason and sources."
    )
    add_policy(rules)
    rules.add_argument("--json", action="store_true")
    policies = add_command(commands, "policies", _policies, "List the policies.")
    policies.add_argument("--json", action="store_true")


def _rules(options: argparse.Namespace) -> int:
    policy = find_policy(options.policy)
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
                        {"title": s.title, "url": s.url, "certainty": s.certainty}
                        for s in rule.sources
                    ],
                }
                for rule in policy.rules
            ]
        )
        return CLEAN
    for rule in policy.rules:
        print(f"{rule.code}  {rule.severity:8} {rule.message}")
        print(f"        {rule.reason}")
        for source in rule.sources:
            print(f"        Source: {source.title} ({source.certainty} certainty)")
    return CLEAN


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
        print(f"{policy.name}{default}: {policy.title}")
    return CLEAN
