"""Every page is made of a template, and what it is given stays text on it."""

import base64
import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

import apiuser
from apiuser.auditing import AuditReport, TenantAudit, audit
from apiuser.checklist import write_html
from apiuser.errors import escape_invisible
from apiuser.exports import read_resources
from apiuser.files.rendering import render
from apiuser.handover import Handover, Sheet
from apiuser.handover.handover_sheet import render_html as render_sheet
from apiuser.reports import plot_counts, render_html, render_tenants_html
from tests.checklist.sheet_driver import open_session

PACKAGE = Path(apiuser.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/*.html"))
# The rules find the same of them, and no reader of HTML finds anything.
HARMLESS = str.maketrans("<>&\"'", "^~$[?")
ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></style><b>",
    '" onfocus="alert(1)" autofocus="',
    "' onfocus='alert(1)",
    "&lt;b&gt;",
    "<!-- {{ 7 * 7 }} {% endblock %} -->",
)
HOSTILE = st.sampled_from(ATTACKS) | st.text("<>&\"'/=!-{}%# ab1\u202e", min_size=1)


class Outline(HTMLParser):
    """Keeps the tags of a page with their attributes, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.spoken: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.spoken += [value or "" for name, value in attrs if name == "aria-label"]

    def handle_data(self, data: str) -> None:
        self.text += data


def make_report(folder: Path, name: str) -> AuditReport:
    """Audit a name that others have too, from a file and a column called like it."""
    buffer = io.StringIO()
    name = f"a{name}"  # without a letter it could pass for a mask
    rows = [("Username", "License Type"), (name, "7"), (name, "7"), ("short",)]
    csv.writer(buffer).writerows(rows)
    path = folder / "export.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8")
    table = read_resources(path)
    odd = replace(table, path=Path(name), username_column=name, notices=(name,))
    report = audit([odd], proposed=[name])
    return replace(report, suggestions={name: name}, refused=(name,))


def draw_report(folder: Path, text: str) -> str:
    return render_html(make_report(folder, text))


def draw_tenants(folder: Path, text: str) -> str:
    report = make_report(folder, text)
    refused = TenantAudit(tenant=text, report=None, refused=(text,))
    return render_tenants_html([TenantAudit(tenant=text, report=report), refused])


def draw_sheet(_folder: Path, text: str) -> str:
    handover = Handover(
        path=Path(f"{text}x.kdbx"),
        kind=text,
        size=1,
        sha256=text,
        opened_with=text,
        made_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )
    names = {"title": text, "username": text, "url": text}
    people = {"made_by": text, "meant_for": text}
    return render_sheet(Sheet(handover=handover, **names, **people))


def draw_record(_folder: Path, text: str) -> str:
    session = open_session()
    checklist = session.checklist
    for key in ("tenant", "consultant", "first_name", "username", "remarks"):
        checklist.set(key, text)
    return write_html(session)


@pytest.mark.parametrize("draw", [draw_report, draw_tenants, draw_sheet, draw_record])
@given(text=HOSTILE)
@pytest.mark.many
def test_markup_in_what_a_page_is_given_is_text_on_it(
    tmp_path_factory: pytest.TempPathFactory,
    draw: Callable[[Path, str], str],
    text: str,
) -> None:
    folder = tmp_path_factory.mktemp("page")

    page = Outline(draw(folder, text))

    assert page.tags == Outline(draw(folder, text.translate(HARMLESS))).tags
    assert escape_invisible(text).strip() in page.text
    assert "\u202e" not in page.text


@given(text=HOSTILE)
def test_markup_in_what_a_plot_is_given_is_text_on_it(text: str) -> None:
    def draw(text: str) -> Outline:
        bar = {"top": 1, "length": 2, "colour": text}
        bar |= dict.fromkeys(("code", "title", "number"), text)
        sizes = dict.fromkeys(("width", "height", "bar", "gap", "left"), 9)
        plot = {"spoken": text, "bars": [bar], **sizes}
        return Outline(render("reports/templates/plot.svg", plot=plot))

    plot = draw(text)

    assert plot.tags == draw(text.translate(HARMLESS)).tags
    assert plot.spoken == [f"Findings by code: {escape_invisible(text)}"]
    assert escape_invisible(text) in plot.text


@pytest.mark.parametrize("draw", [draw_report, draw_tenants, draw_sheet, draw_record])
def test_a_page_runs_and_wears_its_own_script_and_style_only(
    tmp_path: Path, draw: Callable[[Path, str], str]
) -> None:
    page = draw(tmp_path, "sample1")

    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("default-src") == "'none'"
    for rule, tag in (("style-src", "style"), ("script-src", "script")):
        parts = re.findall(f"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        allowed = [rules.pop(rule)] if rule in rules else []
        assert [f"'sha256-{hash_text(part)}'" for part in parts] == allowed
    assert rules == {"base-uri": "'none'", "form-action": "'none'"}
    assert not re.search(r"\s(?:style|on\w+)=", page)


def hash_text(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_only_the_packages_own_styles_and_scripts_are_taken_as_markup() -> None:
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        trusted = re.findall(r"\{\{[^}]*\bsafe\b[^}]*\}\}|autoescape|Markup", text)
        assert [
            t for t in trusted if not re.match(r"\{\{ read\(\w+\) \| safe", t)
        ] == []


def test_a_template_without_a_value_that_it_uses_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'title' is undefined"):
        render("handover/templates/sheet.html", facts=[], steps=[])


def test_a_page_shows_nothing_for_a_value_that_is_not_known(
    tmp_path: Path,
) -> None:
    page = render_html(make_report(tmp_path, "sample1"))

    assert "None" not in page
    assert plot_counts(make_report(tmp_path, "sample1")).startswith("<svg")
