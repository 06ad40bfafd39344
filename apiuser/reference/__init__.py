"""Pages of the guide, written from what the program itself uses."""

from apiuser.reference.command import render_command_line
from apiuser.reference.names import render_names
from apiuser.reference.rules import render_rules
from apiuser.reference.steps import name_sources, render_steps
from apiuser.reference.vendors import render_vendors

__all__ = [
    "name_sources",
    "render_command_line",
    "render_names",
    "render_rules",
    "render_steps",
    "render_vendors",
]
