"""Every rule with its default numbers, its reason and its sources."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.catalogue.completeness import COMPLETENESS_RULES
from apiuser.catalogue.hygiene import HYGIENE_RULES
from apiuser.catalogue.identity import IDENTITY_RULES
from apiuser.catalogue.secret import SECRET_RULES
from apiuser.catalogue.username import USERNAME_RULES
from apiuser.rules import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            *USERNAME_RULES,
            *SECRET_RULES,
            *IDENTITY_RULES,
            *COMPLETENESS_RULES,
            *HYGIENE_RULES,
        )
    }
)
"""All rules by their code, in the order in which findings are listed."""
