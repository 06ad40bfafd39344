"""The guide's pictures show the forms as they are now."""

import pytest

from tests.guide.pictured_forms import (
    ASSETS,
    ROOT,
    hash_forms,
    read_hashes,
    show_audit_sheet,
    show_report,
    show_work_sheet,
)

NOW = hash_forms()


@pytest.mark.parametrize("name", NOW)
def test_no_form_changed_since_its_picture_was_taken(name: str) -> None:
    advice = "take the pictures anew: python -m tests.make_pictures"

    assert read_hashes().get(name) == NOW[name], advice
    assert all(
        (ASSETS / f"{name}-{theme}.png").is_file() for theme in ("light", "dark")
    )


def test_what_is_drawn_anew_makes_no_picture_old() -> None:
    assert hash_forms() == NOW


def test_no_picture_shows_a_folder_of_the_machine_it_was_taken_on() -> None:
    shown = show_work_sheet() + show_audit_sheet() + show_report()

    assert str(ROOT) not in shown


def test_the_pictured_form_shows_a_tenant_a_vendor_and_the_secret() -> None:
    shown = show_work_sheet()

    assert all(word in shown for word in ("Sample MSP", "Zapier", "Password (Secret)"))
