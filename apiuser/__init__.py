"""Create, check and audit Autotask PSA API users.

This front page loads the standard library only, and each part when it is asked
for; tables, forms and files are imported from their own modules.
"""

from importlib import import_module

TYPE_CHECKING = False  # as typing has it, whose import costs the command time
if TYPE_CHECKING:
    from apiuser.credential import Secret, Username
    from apiuser.generation import generate_secret, generate_username
    from apiuser.rules.policies import POLICIES
    from apiuser.rules.rule import Finding
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

_HOMES = {
    "POLICIES": "rules.policies",
    "Finding": "rules.rule",
    "Secret": "credential",
    "Username": "credential",
    "check_secret": "validation",
    "check_username": "validation",
    "generate_secret": "generation",
    "generate_username": "generation",
}


def __getattr__(name: str) -> object:
    # Late, so that `apiuser check NAME` does not wait for the generator.
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"apiuser.{_HOMES[name]}"), name)
