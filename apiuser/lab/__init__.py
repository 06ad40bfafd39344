"""The forms opened in the browser, in JupyterLab or alone."""

from apiuser.lab.copies import (
    AUDIT,
    FIRST,
    copy_notebooks,
    find_notebooks,
    is_as_shipped,
)
from apiuser.lab.starting import (
    JUPYTER_SETTINGS,
    end_process,
    open_form,
    open_lab,
)

__all__ = [
    "AUDIT",
    "FIRST",
    "JUPYTER_SETTINGS",
    "copy_notebooks",
    "end_process",
    "find_notebooks",
    "is_as_shipped",
    "open_form",
    "open_lab",
]
