"""The optional package that writes age files."""

from importlib.util import find_spec

from apiuser.errors import ExtraError


def check_pyrage() -> None:
    """Refuse to go on without the package of the extra `handover`.

    Raises:
        ExtraError: It is not installed.
    """
    if find_spec("pyrage") is None:
        message = (
            "An .age file needs pyrage, which is not installed here. Make a .kdbx "
            "file, or start apiuser with `uv run --extra handover apiuser ...`."
        )
        raise ExtraError(message)
