"""The optional packages that encrypt."""

from importlib.util import find_spec

from apiuser.errors import ExtraError


def check_extra(*packages: str) -> None:
    """Refuse to go on without the packages of the extra `handover`.

    Raises:
        ExtraError: One of them is not installed.
    """
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        message = (
            f"Handover files need {' and '.join(missing)}, not installed here. "
            "Run `uv run --extra handover apiuser handover ...`."
        )
        raise ExtraError(message)
