"""What the forms in the guide's pictures show, as a hash by picture.

A picture is old when its hash differs: a value, a label, a message or the look changed.
What is drawn or counted anew each time is left out of it.
"""

import hashlib
import json
import re
import tomllib
from contextlib import chdir
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from apiuser.auditing import audit
from apiuser.auditing.checkup.inquiry import Inquiry, find_answer
from apiuser.auditing.checkup.sheet_view import describe_answer, describe_inquiry
from apiuser.browser.page import Page
from apiuser.exports import read_resources
from apiuser.forms.widgets.scripts import WIDGETS
from apiuser.reports import render_html

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "docs" / "assets"
DATA = ROOT / "notebooks" / "data"
SAMPLES = [DATA / f"sample-{half}.csv" for half in ("active", "inactive")]
FAULTY = [DATA / f"sample-faulty-{half}.csv" for half in ("active", "inactive")]
ASKED = "presh2integration\naarcher"
PROPOSED = ("aarcher", "fresh2name@sample.example.com")
_WORDS = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')


def read_hashes() -> dict[str, str]:
    """Return what the forms showed when the pictures were taken."""
    text = (ASSETS / "pictures.toml").read_text(encoding="utf-8")
    return {str(name): str(value) for name, value in tomllib.loads(text).items()}


def write_hashes() -> None:
    """Keep what the forms show now, once their pictures are taken."""
    lines = [f'{name} = "{value}"\n' for name, value in hash_forms().items()]
    head = (
        "# What each form showed when its picture was taken: tests/make_pictures.py.\n"
    )
    (ASSETS / "pictures.toml").write_text(
        head + "".join(lines), encoding="utf-8", newline="\n"
    )


def hash_forms() -> dict[str, str]:
    """Return a hash of what each pictured form shows now."""
    shared = ("drawing.js", "sheet.css")
    audit = "audit_sheet.js audit_findings.js audit_parts.js audit_sheet.css"
    return {
        "create-form": _hash(
            show_work_sheet(),
            ("sheet.js", "rows.js", "controls.js", "notes.js", *shared),
        ),
        "audit-form": _hash(show_audit_sheet(), (*audit.split(), *shared)),
        "report": _hash(show_report(), ()),
    }


def show_work_sheet() -> str:
    """Return what the work sheet shows at the stage Fill in, without its random key."""
    page = Page()
    shown = json.loads(page.show())
    for event in (
        {"do": "press", "name": "choose:presh-zapier"},
        *({"do": "file", "path": str(one), "name": one.name} for one in SAMPLES),
        {"do": "set", "key": "tenant", "value": "Sample MSP"},
        {"do": "set", "key": "existing_username", "value": "@sample.example.com"},
        {"do": "press", "name": "stage:fill"},
        {"do": "press", "name": "generate"},
    ):
        shown = json.loads(
            page.answer(json.dumps(event | {"drawn": shown.get("drawn")}))
        )
        assert "refused" not in shown, shown["refused"]
    key = page.session.checklist.username.local
    return json.dumps(_leave_out_help(shown)).replace(key, "key")


def _leave_out_help(shown: object) -> object:
    """Leave out what only a press of "?" shows."""
    if isinstance(shown, dict):
        return {k: _leave_out_help(v) for k, v in shown.items() if k != "help"}
    if isinstance(shown, list):
        return [_leave_out_help(one) for one in shown]
    return shown


def show_audit_sheet() -> str:
    """Return what the audit sheet shows after a check of the faulty samples."""
    inquiry = Inquiry(folder=DATA.parent, names=ASKED)
    for path in FAULTY:
        inquiry.files[f"data/{path.name}"].chosen = True
    inquiry.keep(replace(find_answer(inquiry, lambda *_: None), seconds=0.0))
    return json.dumps([describe_inquiry(inquiry), describe_answer(inquiry)])


def show_report() -> str:
    """Return the report whose picture is taken."""
    with chdir(DATA):
        tables = [read_resources(file.name) for file in FAULTY]
    text = render_html(audit(tables, proposed=PROPOSED))
    return text.replace(f"apiuser {version('apiuser')}", "apiuser")


def _hash(shown: str, files: tuple[str, ...]) -> str:
    parts = [shown, *(_read_words(WIDGETS / name) for name in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _read_words(path: Path) -> str:
    """Return the look of a style sheet, or the words that a script may show."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return " ".join(text.split())
    words = (quoted or filled for quoted, filled in _WORDS.findall(text))
    return "\n".join(word for word in words if " " in word or word[:1].isupper())
