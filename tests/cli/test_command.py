"""Every command says what cannot be done in a sentence; secrets stay out."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest

from apiuser import POLICIES, cli
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from tests.cli.command_driver import COMMAND, FULL, GOOD, Call
from tests.planted import SECRETS


def test_no_option_of_any_command_takes_a_secret(call: Call) -> None:
    _, usage, _ = call("--help")
    commands = re.findall(r"^    ([a-z]+) ", usage, re.MULTILINE)

    assert len(commands) == 12
    for command in commands:
        code, out, _ = call(command, "--help")

        assert code == 0
        for option in re.findall(
            r"^  (--\S*(?:secret|pass).*?)(?:  |$)", out, re.MULTILINE
        ):
            assert option in {
                "--secret",
                "--show-secret",
                "--ask-passphrase",
                "--show-passphrase",
            }


def test_the_version_is_said_without_loading_any_command(call: Call) -> None:
    before = {name for name in sys.modules if name.startswith("apiuser.cli.")}

    code, out, _ = call("--version")

    assert (code, out) == (0, f"apiuser {version('apiuser')}\n")
    assert {name for name in sys.modules if name.startswith("apiuser.cli.")} == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["check", GOOD, "--policy", "none"], 3, "autotask-2025.6, autotask-legacy"),
        (
            ["check", GOOD, "--policy", "missing.toml"],
            4,
            "missing.toml: cannot be read",
        ),
        (["check", GOOD, "--taken", "missing.txt"], 4, "missing.txt"),
        (["bogus"], 2, "invalid choice"),
        ([], 2, "COMMAND"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    words: list[str],
    code: int,
    said: str,
    call: Call,
) -> None:
    answer, out, err = call(*words)

    assert (answer, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [["--secret={}"], ["name1", "{}"], ["--secrex={}"]])
def test_a_secret_given_as_an_option_is_not_repeated(words: list[str]) -> None:
    arguments = [word.format(SECRETS[0]) for word in words]

    result = subprocess.run(
        [sys.executable, "-m", "apiuser", "check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert SECRETS[0] not in result.stderr
    assert "asked for at a prompt" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["{}"],
            "COMMAND: invalid choice; choose from 'lab', 'form', 'generate', 'check'",
        ),
        (
            ["generate", "--alphabet", "{}"],
            "--alphabet: invalid choice; choose from 'copy-safe', 'full'",
        ),
        (["handover", "--paste", "{}"], "--paste: invalid choice; choose from 'env'"),
        (["generate", "--length", "{}"], "--length: give a whole number"),
        (["handover", "--length", "{}"], "--length: give a whole number"),
        (["scan", "--limit", "{}", "."], "--limit: give a whole number"),
        (["scan", "--limit", "5" * 5000, "."], "--limit: give a whole number"),
    ],
)
@pytest.mark.parametrize("secret", [SECRETS[0], f"{SECRETS[1]} (choose from {{}})"])
def test_a_secret_given_as_a_value_is_not_repeated(
    words: list[str],
    said: str,
    secret: str,
    call: Call,
) -> None:
    answer, out, err = call(*(word.format(secret) for word in words))

    assert (answer, out) == (2, "")
    assert said in err
    assert not any(part in err for part in (*SECRETS, "{}", "5555"))


@pytest.mark.parametrize(
    ("word", "meant"),
    [("verfy", "verify"), ("explian", "explain"), ("audits", "audit"), ("Lab", "lab")],
)
def test_a_mistyped_command_is_told_what_may_be_meant(
    word: str, meant: str, call: Call
) -> None:
    answer, out, err = call(word)

    assert (answer, out) == (2, "")
    assert f"did you mean {meant!r}? Otherwise choose from 'lab'" in err


@pytest.mark.parametrize(
    ("words", "meant"),
    [(("audit", "--activ", "x"), "--active"), (("check", "--polcy=x"), "--policy")],
)
def test_a_mistyped_option_is_told_what_may_be_meant(
    words: tuple[str, ...], meant: str, call: Call
) -> None:
    answer, out, err = call(*words)

    assert (answer, out) == (2, "")
    assert err.startswith(f"usage: apiuser {words[0]} ")
    assert err.endswith(f"unrecognized arguments; did you mean {meant}?\n")


def test_every_rule_is_listed_with_reason_and_sources(call: Call) -> None:
    _, text, _ = call("rules")
    _, listing, _ = call("rules", "--json")

    rules = json.loads(listing)

    every = [*RULES.values(), *GENERATION_RULES]
    assert [rule["code"] for rule in rules] == [rule.code for rule in every]
    for rule, listed in zip(every, rules, strict=True):
        assert rule.message in text
        assert rule.reason in text
        assert listed["message"] == rule.message
        assert listed["ours"] == rule.ours
        assert [s["title"] for s in listed["sources"]] == [
            source.title for source in rule.sources
        ]


def test_a_rule_is_looked_up_by_its_code(call: Call) -> None:
    answer, text, _ = call("rules", "usr003", "AUD003", "Usr003")
    _, listing, _ = call("rules", "--json", "gen001")

    assert answer == 0
    lines = text.splitlines()
    assert [one[:6] for one in lines if not one.startswith(" ")] == ["USR003", "AUD003"]
    assert "Use at least one digit in the username." in lines[0]
    assert [rule["code"] for rule in json.loads(listing)] == ["GEN001"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["usr0003"],
            "no rule of this policy has this code; did you mean USR003? ",
        ),
        (["USR003", "x"], "no rule of this policy has code 2; "),
        (["USR014", SECRETS[0]], "no rule of this policy has code 2; "),
    ],
)
def test_an_unknown_code_is_told_what_may_be_meant(
    words: list[str], said: str, call: Call
) -> None:
    answer, out, err = call("rules", *words)

    assert (answer, out) == (3, "")
    assert err.startswith(f"apiuser: {said}")
    assert err.endswith("“apiuser rules” lists them all.\n")
    assert SECRETS[0] not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["policies", "x"], "unrecognized arguments\n"),
        (["policies", "--json=x"], "--json takes no value\n"),
    ],
)
def test_no_secret_is_talked_of_where_none_is_asked_for(
    words: list[str], said: str, call: Call
) -> None:
    answer, out, err = call(*words)

    assert (answer, out) == (2, "")
    assert err.endswith(said)
    assert "secret" not in err


def test_the_policies_are_listed_and_the_default_is_marked(call: Call) -> None:
    _, text, _ = call("policies")
    _, listing, _ = call("policies", "--json")

    policies = json.loads(listing)

    assert [policy["name"] for policy in policies] == list(POLICIES)
    assert "autotask-2025.6 (default): " in text


def test_a_reader_that_leaves_early_causes_no_visible_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert process.returncode in {0, 4}
    assert said == b""


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
def test_an_output_that_cannot_be_written_is_an_error() -> None:
    with FULL.open("w", encoding="utf-8") as full:
        result = subprocess.run(
            [*COMMAND, "rules"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert result.returncode == 4
    assert result.stderr.splitlines()[0].startswith("apiuser: cannot write")


OUTPUTS = (
    ("--help",),
    ("rules",),
    ("rules", "--json"),
    ("policies",),
    ("check", "a1"),
    ("generate",),
    ("generate", "--show-secret"),
    ("audit", "export.csv"),
    ("audit", "export.csv", "--json"),
    ("audit", "--help"),
    ("scan", "."),
)


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_an_output_that_is_closed_or_full_is_said_in_one_sentence(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "export.csv").write_text("Username\na1\n")
    places = {">&-": "There is no standard output", f">{FULL}": "cannot write"}
    if words == ("generate",):  # refused before anything is made
        places.popitem()

    for place, reason in places.items():
        result = subprocess.run(
            ["/bin/sh", "-c", f'exec "$@" {place}', "sh", *COMMAND, *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

        assert result.returncode == 4
        assert result.stderr.startswith("apiuser: ")
        assert reason in result.stderr
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="there is no such shell here")
@pytest.mark.parametrize(
    ("place", "words", "code"),
    [
        ("2>&-", ("check", "--json", "a"), 1),
        ("2>&-", ("audit", "--json", "export.csv"), 1),
        ("2>&-", ("check",), 2),
        ("2>&-", ("audit", "gone.csv"), 4),
        ("<&-", ("audit", "--json", "export.csv"), 1),
        ("<&-", ("check", "--secret"), 3),
        ("<&-", ("lab", "--help"), 0),
        ("<&-", ("handover", "--to", "new.kdbx", "--ask-passphrase"), 3),
    ],
)
def test_other_streams_may_be_closed(
    tmp_path: Path, place: str, words: tuple[str, ...], code: int
) -> None:
    (tmp_path / "export.csv").write_text("Username\na1\n")

    result = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {place}', "sh", *COMMAND, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == code
    assert "Traceback" not in result.stderr
    # What is said on the side does not get into the output.
    assert "apiuser: " not in result.stdout
    if "--json" in words:
        json.loads(result.stdout)


def test_a_module_with_one_command_is_called_like_it() -> None:
    modules = cli._MODULES  # noqa: SLF001
    numbers = Counter(modules.values())

    single = {name: module for name, module in modules.items() if numbers[module] == 1}

    assert len(single) > 5
    assert single == {name: name for name in single}
