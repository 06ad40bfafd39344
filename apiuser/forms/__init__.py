"""The forms of the notebooks, over the checklist and the audit."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apiuser.forms.audit_sheet import show_audit
    from apiuser.forms.work_sheet import show_checklist

__all__ = ["show_audit", "show_checklist"]

_HOMES = {
    "show_audit": "apiuser.forms.audit_sheet",
    "show_checklist": "apiuser.forms.work_sheet",
}


def __getattr__(name: str) -> object:
    # Late, so that showing one form does not load what the other one needs.
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
