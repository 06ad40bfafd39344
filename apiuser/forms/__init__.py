"""The forms of the notebooks, over the checklist and the audit."""

from typing import TYPE_CHECKING

from apiuser import load_late

if TYPE_CHECKING:
    from apiuser.forms.audit_sheet import show_audit
    from apiuser.forms.work_sheet import show_checklist

__all__ = ["show_audit", "show_checklist"]

_HOMES = {
    "show_audit": "audit_sheet",
    "show_checklist": "work_sheet",
}


def __getattr__(name: str) -> object:
    # Late, so that showing one form does not load what the other one needs.
    return load_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__  # as notebooks list what can be typed
