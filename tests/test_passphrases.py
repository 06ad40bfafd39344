"""Weak passphrases are refused; generated ones hold the stated entropy."""

import math
import re
from collections import Counter
from pathlib import Path

import pytest
from scipy.stats import chisquare

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.handover import (
    PASSPHRASE_BITS,
    check_passphrase,
    generate_passphrase,
    write_handover,
)
from apiuser.handover.passphrase import LEAST_DIFFERENT, LEAST_LENGTH, SIGNS
from tests.handover_samples import make_entry
from tests.planted import EIGHT_SIGNS, SEVEN_SIGNS


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("short-one", f"fewer than {LEAST_LENGTH} characters"),
        ("x" * LEAST_LENGTH, f"fewer than {LEAST_DIFFERENT} different"),
        ("abcABC" * 5, f"fewer than {LEAST_DIFFERENT} different"),
        ("abcdefgh\tabcdefgh", "cannot be typed"),
        ("", f"fewer than {LEAST_LENGTH} characters"),
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
