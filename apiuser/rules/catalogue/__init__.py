"""Every rule with its default numbers, its reason and its sources."""

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
"""All rules by their code, in the order in which findings are listed."""
