"""The labels of the vendor list as a table."""

from collections.abc import Iterable

from apiuser.integrations import Vendor
from apiuser.reference.marking import keep_marks


def render_vendors(vendors: Iterable[Vendor]) -> str:
    """Render labels and their other names as a Markdown table."""
    rows = [
        f"| {keep_marks(vendor.label)} | {keep_marks(', '.join(vendor.aliases))} |"
        for vendor in vendors
    ]
    return "\n".join(["| Label | Look for it as |", "| --- | --- |", *rows, ""])
