"""Pages of the guide, written from what the program itself uses."""

from apiuser.guide.claims import Claim, join_claims, read_claims
from apiuser.guide.command_page import render_command_line
from apiuser.guide.diagnosis_tables import render_diagnosis
from apiuser.guide.page_sketch import draw_page
from apiuser.guide.python_page import render_names
from apiuser.guide.rules_page import render_rules
from apiuser.guide.step_lists import name_sources, render_steps
from apiuser.guide.vendor_table import render_vendors
from apiuser.guide.words_page import render_words

__all__ = [
    "Claim",
    "draw_page",
    "join_claims",
    "name_sources",
    "read_claims",
    "render_command_line",
    "render_diagnosis",
    "render_names",
    "render_rules",
    "render_steps",
    "render_vendors",
    "render_words",
]
