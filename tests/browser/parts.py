"""Notebooks with the parts of the forms."""

TRANSFER_CELL = """
import hashlib
from apiuser.forms.widgets.guard import form_box
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Download, Upload
status = StatusLine()
def on_file(path):
    data = path.read_bytes()
    status.say(f"{path.name} {len(data)} {hashlib.sha256(data).hexdigest()[:12]}")
form_box(
    Upload(on_file=on_file, label="Exports", accept=".csv"),
    Download(label="Save the report", make=lambda: ("report.bin", b"0123456789" * 1_500_000)),
    status,
)
"""

FIELD_CELL = """
from apiuser.forms.widgets.fields import text_field
from apiuser.forms.widgets.guard import form_box
from apiuser.credentials.validation import check_last_name
field = text_field("Last Name", watch=None, value="Integration", advice="As in Autotask.")
def judge(change):
    field.show_findings(check_last_name(change["new"]))
field.input.observe(judge, "value")
form_box(field.view)
"""
