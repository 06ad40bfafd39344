"""Create, check and audit Autotask PSA API users.

This front page loads the standard library only, and each part when it is asked
for; tables, forms and files are imported from their own modules.
"""

TYPE_CHECKING = False  # like the one in typing, whose import slows the command
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

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
    return load_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__  # as notebooks list what can be typed


def load_late(package: str, homes: "Mapping[str, str]", name: str) -> "Any":  # noqa: ANN401  # what the name stands for
    """Return what a package offers under a name, and load its module only then.

    Args:
        package: The name of the package.
        homes: The module in it that each name is in.
        name: The name.

    Raises:
        AttributeError: The package offers nothing under the name.
    """
    if name not in homes:
        message = f"module {package!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  # as little as can be at first

    return getattr(import_module(f"{package}.{homes[name]}"), name)
