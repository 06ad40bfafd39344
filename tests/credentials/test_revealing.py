"""A text reveals a secret if one can read it there, and not by chance."""

import pytest

from apiuser.credentials.credential import Secret
from apiuser.credentials.encodings_of_a_secret import reveals
from tests.planted import ENCODED, FEW_LETTERS, SECRETS

LETTERS = [sign for sign in SECRETS[0] if sign.isalnum()]


@pytest.mark.parametrize(("size", "found"), [(6, False), (7, True)])
def test_a_secret_of_six_characters_is_looked_for_only_as_it_is(
    size: int, *, found: bool
) -> None:
    secret = SECRETS[0][:size]

    assert reveals(f"of {secret}", Secret(secret))
    assert reveals(ENCODED["hex"](secret), Secret(secret)) == found


@pytest.mark.parametrize(("size", "found"), [(6, False), (7, True)])
def test_seven_letters_in_their_order_are_a_secret_with_any_marks(
    size: int, *, found: bool
) -> None:
    letters = LETTERS[:size]

    assert reveals("-".join(letters), Secret(".".join(letters))) == found


@pytest.mark.parametrize("before", ["half \ud800 ", "no text %FF "])
def test_a_secret_beside_what_is_no_text_is_found(before: str) -> None:
    assert reveals(f"{before}{ENCODED['quoted'](SECRETS[0])}", Secret(SECRETS[0]))
    assert not reveals(f"{before}{SECRETS[1]}", Secret(SECRETS[0]))


def number(secret: str) -> list[str]:
    return [f"&#{ord(sign)};" for sign in secret]


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        (FEW_LETTERS[0], "\u200b".join(FEW_LETTERS[0])),
        (FEW_LETTERS[0], "\u200b".join("".join(number(FEW_LETTERS[0])))),
        (FEW_LETTERS[1], " ".join(number(FEW_LETTERS[1]))),
        (FEW_LETTERS[1], FEW_LETTERS[1].replace("!", "%21")),
    ],
    ids=["unseen", "unseen in code", "blanks in code", "half in code"],
)
def test_a_secret_of_marks_is_found_through_what_stands_between(
    secret: str, text: str
) -> None:
    assert reveals(f"of {text}", Secret(secret))
    assert not reveals(f"of {text}", Secret(f"{secret}{secret}"))
