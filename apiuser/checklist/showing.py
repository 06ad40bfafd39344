"""What a screen says besides the values of a checklist, whichever screen it is."""

from apiuser.checklist.state import Checklist
from apiuser.howto import Field, Input
from apiuser.howto.integrations import find_vendors

COPY_AGAIN = "This has changed since it was copied. Copy it again, and paste it."
MISPLACED = "Removed: that is the secret, and it belongs only in Password (Secret)."
NOT_ACCEPTED = (
    "Not accepted: that looks like a secret, and it belongs only in Password (Secret)."
)


def find_advice(checklist: Checklist, field: Field) -> str:
    """Return the advice for a field, from the preset if that has its own."""
    integration = checklist.integration
    match field.key:
        case "email":
            return integration.email_advice
        case "security_level":
            return integration.level_advice
    return field.advice


def find_suggestions(checklist: Checklist, field: Field) -> tuple[str, ...]:
    """Return what can be chosen or is suggested for a field."""
    if field.options or field.input is not Input.SUGGESTION:
        return field.options
    if field.key == "email":
        email = checklist.integration.email
        return (email,) if email else ()
    return tuple(vendor.label for vendor in find_vendors(""))


def find_hint(checklist: Checklist, field: Field) -> str:
    """Say what a person should check again, though no rule is broken."""
    text = checklist.text(field.key)
    return _name_labels(text) if field.key == "vendor" and text else ""


def _name_labels(text: str) -> str:
    """Name the label under which a company known by another name is listed."""
    labels = [vendor.label for vendor in find_vendors(text)]
    if not labels or text in labels:
        return ""
    listed = " or ".join(f"“{label}”" for label in labels)
    return f"Guides give the label {listed}."
