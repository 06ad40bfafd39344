"""Create, check and audit Autotask PSA API users.

This front page loads the standard library only, and each part when it is asked
for; tables, forms and files are imported from their own modules.
"""

TYPE_CHECKING = False  # like the one in typing, whose import slows the command
if TYPE_CHECKING:
    from apiuser.credentials.credential import Secret, Username
    from apiuser.credentials.drawing import generate_secret, generate_username
    from apiuser.credentials.validation import check_secret, check_username
    from apiuser.rules.policies import POLICIES
    from apiuser.rules.rule import Finding

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
    "Secret": "credentials.credential",
    "Username": "credentials.credential",
    "check_secret": "credentials.validation",
    "check_username": "credentials.validation",
    "generate_secret": "credentials.drawing",
    "generate_username": "credentials.drawing",
}


def __getattr__(name: str) -> object:
    # Late, so that `apiuser check NAME` does not wait for the generator.
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  # as little as can be at first

    return getattr(import_module(f"apiuser.{_HOMES[name]}"), name)
