"""Integration presets are checked on load, and vendors are found by other names."""

from pathlib import Path

import pytest

from apiuser.errors import AccessError, IntegrationError
from apiuser.howto.integrations import (
    find_vendors,
    load_integrations,
    load_vendors,
    read_integration,
)

GOOD = """
name = "sample"
title = "Sample MSP reports"
first_name = "Sample"
last_name = "Integration"
custom = false
vendor = "Zapier"
email_advice = "Somebody must read it."
level_advice = "Copy a system level."
secret_limit = 20

[[email_choices]]
label = "A mailbox of yours"

[[sources]]
title = "Sample guide"
url = "https://example.com/guide"
"""


def test_presh_via_zapier_is_the_default_and_says_what_the_how_to_says() -> None:
    first = next(iter(load_integrations().values()))

    assert first.name == "presh-zapier"
    assert (first.first_name, first.last_name) == ("Presh", "Integration")
    assert (first.vendor, first.custom) == ("Zapier", False)
    assert [choice.address for choice in first.email_choices] == [
        "info@preshmarketingsolutions.com",
        "",
    ]
    assert "Lock-out mails" in first.email_advice


def test_the_custom_preset_names_no_vendor() -> None:
    custom = load_integrations()["custom"]

    assert custom.custom
    assert not custom.vendor


def test_a_consultants_own_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text(GOOD, encoding="utf-8")

    integration = read_integration(path)

    assert integration.title == "Sample MSP reports"
    assert integration.secret_limit == 20
    assert integration.sources[0].url == "https://example.com/guide"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "sample"', "", "name is missing; write text in quotes"),
        ("custom = false", 'custom = "no"', "custom must be true or false"),
        ("secret_limit = 20", "secret_limit = 65", "a whole number from 1 to 64"),
        ("secret_limit = 20", "secret_limit = true", "secret_limit must be a whole"),
        ('vendor = "Zapier"', "", "vendor is missing"),
        ("custom = false", "custom = true", "vendor must be left out"),
        ("custom = false", "custom = false\ncolour = 1", "colour is unknown"),
        ('label = "A mailbox of yours"', "label = 3", "label in [[email_choices]]"),
        ('title = "Sample guide"', "", "title in [[sources]] number 1"),
        ('url = "', "url = ", "is not TOML"),
        ('first_name = "Sample"', f'first_name = "{"a" * 51}"', "at most 50"),
        ("[[sources]]", "[[sources]]\npage = 1", "page in [[sources]] number 1"),
    ],
)
def test_a_wrong_preset_names_file_key_and_what_is_expected(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")

    with pytest.raises(IntegrationError) as caught:
        read_integration(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert expected in str(caught.value)


@pytest.mark.parametrize("text", [f"a = {'[' * 9999}", f"a = {'1' * 9999}"])
def test_a_preset_nested_or_numbered_too_far_is_refused(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(IntegrationError, match=r"deep\.toml"):
        read_integration(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match=r"nowhere\.toml: cannot be read"):
        read_integration(tmp_path / "nowhere.toml")


def test_vendors_are_found_by_label_and_by_alias_whatever_the_case() -> None:
    assert [v.label for v in find_vendors("msp360")] == ["CloudBerry Lab - BDR"]
    assert [v.label for v in find_vendors("IT GLUE")] == [
        "ITG - Documentation Management"
    ]
    assert find_vendors("") == load_vendors()
