"""What looks like a secret is noticed inside other words; addresses and names are not."""

import pytest

from apiuser.credentials.drawing import generate_secret
from apiuser.credentials.secret_look import shows_secret
from tests.planted import DRAWN_LOOKING, SECRETS


@pytest.mark.parametrize("secret", DRAWN_LOOKING)
@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "Old one was {}",
        "Zapier\n{}",
        "It was “{}”.",
        "Mr ({})",
        "({}), until May",
    ],
)
def test_a_drawn_secret_is_noticed_among_other_words(text: str, secret: str) -> None:
    assert shows_secret(text.format(secret))


@pytest.mark.parametrize("secret", SECRETS)
def test_any_secret_is_noticed_alone(secret: str) -> None:
    assert shows_secret(f" {secret} ")


@pytest.mark.parametrize(
    "text",
    [
        "Ticket T20261128.0001, see SampleMSP-2026-11-28.pdf",
        "https://sample.example.com/Ticket/T20261128.0001",
        "Stored in 1Password, item Presh-Zapier#1",
        "Zapier-Prod2026\nSampleApp-V2.1",
        "C:\\Vaults\\Sample1.kdbx is deleted",
        "Info@Sample1.example.com",
        "First.Last2026@Sample.example.com and others",
        "Tel. +1 (555) 010-0199",
        "",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert not shows_secret(text)


def test_most_generated_secrets_are_noticed_among_other_words() -> None:
    made = [generate_secret().reveal() for _ in range(200)]

    noticed = [shows_secret(f"Old: {secret}") for secret in made]

    assert sum(noticed) > 180  # of all, 99 in 100 are; fewer is no luck
