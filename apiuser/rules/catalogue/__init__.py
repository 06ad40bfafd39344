"""The rules with their default numbers, their reasons and their sources."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.rules.catalogue.audit_rules import COMPLETENESS_RULES, HYGIENE_RULES
from apiuser.rules.catalogue.identity_rules import IDENTITY_RULES
from apiuser.rules.catalogue.secret_rules import SECRET_RULES
from apiuser.rules.catalogue.username_rules import USERNAME_RULES
from apiuser.rules.rule import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            *USERNAME_RULES,
            *SECRET_RULES,
            *IDENTITY_RULES,
            *HYGIENE_RULES,
            *COMPLETENESS_RULES,
        )
    }
)
"""The rules by their code, in the order in which findings are listed.

Those that only generated secrets follow find nothing, so they are not among them.
"""
