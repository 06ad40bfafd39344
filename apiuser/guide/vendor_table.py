"""The labels of the vendor list as a table."""

from collections.abc import Iterable, Mapping

from apiuser.guide.marking import keep_marks
from apiuser.howto.integrations import Vendor


def render_vendors(vendors: Iterable[Vendor], sources: Mapping[str, str]) -> str:
    """Render labels and their other names as a Markdown table.

    Args:
        vendors: The labels.
        sources: For each label the key of the source that prints it.
    """
    rows = [
        f"| {keep_marks(vendor.label)} [[{sources[vendor.label]}]] "
        f"| {keep_marks(', '.join(vendor.aliases))} |"
        for vendor in vendors
    ]
    return "\n".join(["| Label | Look for it as |", "| --- | --- |", *rows, ""])
