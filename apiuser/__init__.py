"""Create, check and audit Autotask PSA API users.

This front page loads the standard library only; tables, forms and files are
imported from their own modules.
"""

from apiuser.credential import Secret, Username
from apiuser.generation import generate_secret, generate_username
from apiuser.policies import POLICIES
from apiuser.rules import Finding
from apiuser.validation import check_secret, check_username

__all__ = [
    "POLICIES",
    "Finding",
    "Secret",
    "Username",
    "check_secret",
    "check_username",
    "generate_secret",
    "generate_username",
]
