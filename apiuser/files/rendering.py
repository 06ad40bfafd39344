"""Pages made from templates, which are in the folders of the package.

What a template is given is text: its markup is escaped, and characters that cannot be
seen are shown by their code points.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.errors import escape_invisible

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).parents[1]


def render(template: str, **values: object) -> str:
    """Fill in a template.

    Args:
        template: Its path in the package, with slashes.
        values: What it is given; every name that it uses.
    """
    return _open_environment().get_template(template).render(values)


@cache
def _open_environment() -> "Environment":
    # Late: the core loads without any package, and most commands write no page.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_show,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"read": _read, "hash": _hash}
    return environment


def _show(value: object) -> object:
    """Return what a page shows for a value: nothing for None."""
    if value is None:
        return ""
    # Markup is what a template has written already.
    if (
        isinstance(value, str)
        and not value.isprintable()
        and not hasattr(value, "__html__")
    ):
        # Characters that turn the direction of text would show a different name.
        return escape_invisible(value)
    return value


def _read(name: str) -> str:
    """Return a style or script of the package, to be put into a page."""
    return (_PACKAGE / name).read_text("utf-8")


def _hash(name: str) -> str:
    """Return the SHA-256 by which a content security policy allows it."""
    digest = hashlib.sha256(_read(name).encode()).digest()
    return base64.b64encode(digest).decode()
