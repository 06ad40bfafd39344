"""Integration presets say what the how-to says, and vendors are found by other names."""

from apiuser.howto.integrations import (
    find_vendors,
    load_integrations,
    load_vendors,
)


def test_presh_via_zapier_is_the_default_and_says_what_the_how_to_says() -> None:
    first = next(iter(load_integrations().values()))

    assert first.name == "presh-zapier"
    assert (first.first_name, first.last_name) == ("Presh", "Integration")
    assert (first.vendor, first.custom) == ("Zapier", False)
    assert first.email == "info@preshmarketingsolutions.com"
    assert "one that you create for Presh under your own domain" in first.email_advice


def test_the_custom_preset_names_no_vendor() -> None:
    custom = load_integrations()["custom"]

    assert custom.custom
    assert not custom.vendor


def test_vendors_are_found_by_label_and_by_alias_whatever_the_case() -> None:
    assert [v.label for v in find_vendors("msp360")] == ["CloudBerry Lab - BDR"]
    assert [v.label for v in find_vendors("IT GLUE")] == [
        "ITG - Documentation Management"
    ]
    assert find_vendors("") == load_vendors()
