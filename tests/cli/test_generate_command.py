"""`apiuser generate` shows a secret only where that is asked for."""

import json
import re
from pathlib import Path

import pytest

from apiuser import POLICIES, check_secret, check_username
from apiuser.credentials.drawing import entropy_bits
from apiuser.rules.case import Subject
from apiuser.rules.policies import DEFAULT_POLICY
from tests.cli.command_driver import Call, run, run_in_terminal


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_secret_is_not_printed_into_a_pipe(words: list[str]) -> None:
    result = run("generate", *words)

    assert result.returncode == 2
    assert result.stdout == ""
    assert "add --show-secret" in result.stderr


def test_a_secret_is_printed_into_a_pipe_if_that_is_asked_for(call: Call) -> None:
    code, out, err = call(
        "generate", "--show-secret", "--json", "--suffix", "example.com"
    )

    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert set(answer) == {
        "username",
        "secret",
        "policy",
        "username_bits",
        "secret_bits",
    }
    assert answer["username"].endswith("@example.com")
    assert check_username(answer["username"]) == ()
    assert check_secret(answer["secret"], username=answer["username"]) == ()
    assert answer["policy"] == DEFAULT_POLICY.name
    assert answer["secret_bits"] == entropy_bits(DEFAULT_POLICY)
    assert answer["username_bits"] == entropy_bits(
        DEFAULT_POLICY, subject=Subject.LOCAL_PART
    )


def test_a_secret_is_printed_to_a_terminal() -> None:
    code, seen = run_in_terminal(["generate", "--length", "12"])

    match = re.fullmatch(
        r"Username \(key\)     ([a-z0-9]{15})\n"
        r"Password \(secret\)  (\S{12})\n"
        r"[\d.]+ and [\d.]+ bits, policy autotask-2025\.6\. "
        r"Store both before you press Save\.\n",
        seen,
    )
    assert code == 0
    assert match
    assert check_secret(match[2]) == ()


def test_the_full_alphabet_and_the_older_policy_can_be_asked_for(call: Call) -> None:
    words = ("--policy", "autotask-legacy", "--alphabet", "full", "--length", "9")
    _, out, _ = call("generate", "--show-secret", "--json", *words)

    answer, policy = json.loads(out), POLICIES["autotask-legacy"]
    codes = {finding.code for finding in check_secret(answer["secret"], policy=policy)}
    assert len(answer["secret"]) == 9
    # Some of the full alphabet's characters are changed by scripts.
    assert codes <= {"SEC011"}
    assert answer["secret_bits"] == entropy_bits(policy, 9, alphabet="full")


def test_an_impossible_length_is_refused_with_the_least_that_works(call: Call) -> None:
    code, out, err = call("generate", "--show-secret", "--length", "5")

    assert (code, out) == (3, "")
    assert "SEC002" in err
    assert "The shortest length that works is 12." in err


def test_a_generated_key_is_not_one_of_those_in_a_file(
    tmp_path: Path, call: Call
) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text("other1\n", encoding="utf-8")

    code, out, _ = call("generate", "--show-secret", "--taken", str(taken))

    assert code == 0
    assert re.match(r"Username \(key\)     [a-z0-9]{15}\n", out)


def test_a_policy_may_come_from_a_file(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "tenant.toml"
    file.write_text(
        "minimum_length = 30\nstrong_passwords = true\nentered_on = 2026-11-24\n",
        encoding="utf-8",
    )

    _, out, _ = call("generate", "--show-secret", "--json", "--policy", str(file))

    answer = json.loads(out)
    assert (answer["policy"], len(answer["secret"])) == ("tenant", 30)


@pytest.mark.parametrize("suffix", ["", "@@bad", "no domain"])
def test_a_suffix_that_is_not_a_domain_is_refused(call: Call, suffix: str) -> None:
    code, text, error = call("generate", "--show-secret", "--suffix", suffix)

    assert code == 3
    assert text == ""
    assert "what comes after the @" in error
