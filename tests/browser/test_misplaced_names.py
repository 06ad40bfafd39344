"""A secret where the audit form asks for a name is refused beside that field."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.audit_steps import renew_audit
from tests.browser.pages import shoot
from tests.planted import SECRETS

if TYPE_CHECKING:
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
