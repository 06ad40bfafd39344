"""Weak passphrases are refused; generated ones hold the stated entropy."""

import math
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from scipy.stats import chisquare

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.handover import (
    KINDS,
    PASSPHRASE_BITS,
    check_passphrase,
    generate_passphrase,
    write_handover,
)
from apiuser.handover.passphrase import LEAST_CHARACTERS, LEAST_DIFFERENT, SIGNS
from tests.handover.handover_samples import make_entry
from tests.planted import (
    EIGHT_SIGNS,
    GUESSED,
    LISTED,
    PASSPHRASES,
    SECRETS,
    SEVEN_SIGNS,
)


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("short-one", f"fewer than {LEAST_CHARACTERS} characters"),
        ("x" * LEAST_CHARACTERS, f"fewer than {LEAST_DIFFERENT} different"),
        ("abcABC" * 5, f"fewer than {LEAST_DIFFERENT} different"),
        ("abcdefgh\tabcdefgh", "cannot be typed"),
        ("", f"fewer than {LEAST_CHARACTERS} characters"),
    ],
)
def test_a_weak_passphrase_is_refused_and_nothing_written(
    passphrase: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told) as caught:
        write_handover(make_entry(), tmp_path / "new.kdbx", Secret(passphrase))

    assert not passphrase or passphrase not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_of_the_least_length_is_taken() -> None:
    check_passphrase(Secret("sixteen letters!"))


def test_a_passphrase_needs_eight_different_characters() -> None:
    check_passphrase(Secret(EIGHT_SIGNS))

    for few in (SEVEN_SIGNS, SEVEN_SIGNS[:8] + SEVEN_SIGNS[:8].upper()):
        with pytest.raises(InputError, match="fewer than 8 different characters"):
            check_passphrase(Secret(few))


@pytest.mark.parametrize("passphrase", GUESSED)
def test_repeats_rows_sequences_and_common_words_are_refused(
    passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apiuser.handover.guessing.find_spec", lambda _name: None)

    with pytest.raises(
        InputError, match=r"easily guessed: too much|different"
    ) as caught:
        check_passphrase(Secret(passphrase))

    assert passphrase not in str(caught.value)


@pytest.mark.parametrize("passphrase", LISTED)
def test_zxcvbn_refuses_what_people_take(passphrase: str) -> None:
    with pytest.raises(InputError, match=r"zxcvbn expects 10\^\d+ tries"):
        check_passphrase(Secret(passphrase))


def test_what_nobody_foresees_is_taken_without_zxcvbn_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = [
        *PASSPHRASES,
        EIGHT_SIGNS,
        *(generate_passphrase().reveal() for _ in "x" * 99),
    ]
    for passphrase in good:
        check_passphrase(Secret(passphrase))

    monkeypatch.setattr("apiuser.handover.guessing.find_spec", lambda _name: None)

    for passphrase in good:
        check_passphrase(Secret(passphrase))


CLOSE = {
    "the secret": (SECRETS[0], "secret"),
    "the secret and more": (f"{SECRETS[0]}!7", "secret"),
    "the secret with a slip": (SECRETS[0].replace("Nr", "Mr"), "secret"),
    "the secret backwards": (SECRETS[0][::-1], "secret"),
    "the login": ("sample1key@example.com", "username"),
    "the login, twice": ("Sample1key-sample1KEY", "username"),
    "the title": ("sample msp zapier co", "title"),
    "the address": ("https example com a 1 b 2", "URL"),
    "the tracking identifier": ("sample0tracking0identifier0", "tracking identifier"),
    "the name of the file": ("kundenordner-zapier", "name of the file"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("passphrase", "name"), CLOSE.values(), ids=CLOSE)
def test_what_others_know_is_refused_as_passphrase(
    passphrase: str, name: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / f"Kundenordner Zapier{kind}"

    with pytest.raises(InputError, match=f"is the {name} or close to it") as caught:
        write_handover(make_entry(), path, Secret(passphrase))

    assert passphrase not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_long_passphrase_is_looked_at_at_once() -> None:
    start = time.process_time()  # not the time that other programs take

    with pytest.raises(InputError, match="easily guessed"):
        check_passphrase(Secret("abcdefgh1234" * 10_000))

    assert time.process_time() - start < 1


def test_generated_passphrases_hold_the_stated_entropy() -> None:
    drawn = [generate_passphrase().reveal() for _ in range(2000)]
    counts = Counter("".join(drawn).replace("-", ""))

    assert all(
        re.fullmatch(rf"(?:[{SIGNS}]{{4}}-){{5}}[{SIGNS}]{{4}}", p) for p in drawn
    )
    assert len(set(drawn)) == len(drawn)
    assert len(SIGNS) == len(set(SIGNS)) == 28
    assert math.isclose(PASSPHRASE_BITS, math.log2(28**24))
    assert not set("aeioul01") & set(SIGNS)
    assert chisquare([counts[sign] for sign in SIGNS]).pvalue > 1e-6
