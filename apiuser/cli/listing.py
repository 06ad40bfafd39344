"""The commands `apiuser rules` and `apiuser policies`."""

import argparse
from collections.abc import Sequence

from apiuser.cli.options import (
    CLEAN,
    Commands,
    add_command,
    add_json,
    add_policy,
    find_near,
    find_policy,
)
from apiuser.cli.telling import print_json, tell
from apiuser.errors import InputError
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.policies import DEFAULT_POLICY, POLICIES, Policy
from apiuser.rules.rule import Rule

_RULES_EXAMPLES = f"""\
  apiuser rules
  apiuser rules {next(iter(RULES))}
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
        "List every rule with its reason and sources, or those with the codes given.",
        examples=_RULES_EXAMPLES,
        codes="0 listed; 3 there is no rule with this code in the policy",
    )
    rules.add_argument(
        "codes",
        nargs="*",
        metavar="CODE",
        help="the code of a rule, as in a finding; without any, all are listed",
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
    rules = _choose(_list_rules(find_policy(options.policy)), options.codes)
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


def _choose(rules: Sequence[Rule], codes: Sequence[str]) -> Sequence[Rule]:
    """Return the rules with some codes, in that order, or all if there are no codes.

    Raises:
        InputError: A code is none of a rule here; it is not repeated, as any word of
            the command line may be a secret.
    """
    known = {rule.code: rule for rule in rules}
    wanted = dict.fromkeys(code.upper() for code in codes)
    for at, code in enumerate(wanted, start=1):
        if code not in known:
            which = "this code" if len(wanted) == 1 else f"code {at}"
            near = find_near(code, known)
            meant = f"did you mean {near}? " if near else ""
            message = (
                f"no rule of this policy has {which}; {meant}“apiuser rules” lists "
                "them all."
            )
            raise InputError(message)
    return [known[code] for code in wanted] or rules


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
