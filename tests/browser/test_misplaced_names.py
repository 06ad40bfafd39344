"""A secret where the audit form asks for a name is refused beside that field."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.audit_steps import check, renew_audit
from tests.browser.pages import shoot
from tests.planted import SECRETS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

# How far what is said is below the field.
DISTANCE = """([said, field]) =>
  said.getBoundingClientRect().top - field.getBoundingClientRect().bottom"""


@pytest.mark.parametrize(
    ("job", "label", "press", "done"),
    [
        ("One tenant", "Names, one per line", "Check", "checked"),
        ("One tenant", "Names, one per line", "Check names", "checked"),
        ("Before and after", "New API user", "Compare", "compared"),
    ],
)
def test_a_secret_in_place_of_a_name_is_refused_beside_its_field(
    page: "Page", job: str, label: str, press: str, done: str
) -> None:
    renew_audit(page)
    page.get_by_role("button", name=job).click()
    field = page.get_by_label(label)
    field.fill(SECRETS[0])

    page.get_by_role("button", name=press, exact=True).click()
    said = page.locator("p.aus-error", has_text="looks like a secret")
    said.wait_for()
    distance = page.evaluate(DISTANCE, [said.element_handle(), field.element_handle()])
    shoot(page, f"audit-secret-{press}")

    assert f"so nothing was {done}. Delete it" in said.inner_text()
    assert 0 <= distance < 20
    assert field.evaluate("field => field.getAttribute('aria-invalid')") == "true"
    assert field.evaluate("field => field === document.activeElement")
    assert "secret" not in page.locator(".aus-foot").inner_text()

    field.fill("")
    assert said.count() == 0
    assert field.evaluate("field => field.getAttribute('aria-invalid')") == "false"


def test_what_is_not_accepted_beside_a_file_is_said_beside_it(
    page: "Page", tmp_path: "Path"
) -> None:
    renew_audit(page)
    export = tmp_path / "names.csv"
    export.write_text("Who\nabc1\n", encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(export)
    item = page.locator(".aus-exports > li", has_text=export.name)
    item.wait_for()
    check(page)

    item.get_by_label("Username column").fill(SECRETS[0])
    item.get_by_role("button", name="Read again").click()

    item.locator(".aus-error", has_text="looks like a secret").wait_for()
