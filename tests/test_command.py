"""The command answers with exit codes, JSON and plain sentences; secrets stay out."""

import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from apiuser import POLICIES, check_secret, check_username
from apiuser.cli import main
from apiuser.credentials.drawing import GENERATION_RULES, entropy_bits
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.policies import DEFAULT_POLICY
from tests.planted import SECRETS

COMMAND = [sys.executable, "-m", "apiuser"]
GOOD = "free7@example.com"
FULL = Path("/dev/full")
Call = Callable[..., tuple[int, str, str]]
"""Takes words; gives the exit code, the output and what was said on the side."""


def run(*words: str, typed: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words], input=typed, capture_output=True, text=True, check=False
    )


@pytest.fixture
def call(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Call:
    """Give a way to run the command in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call_main(*words: str) -> tuple[int, str, str]:
        try:
            code = main(words)
        except SystemExit as stop:  # how argparse ends
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call_main


def run_in_terminal(
    words: Sequence[str],
    *,
    typed: bytes = b"",
    prompt: bytes = b"",
    interrupt: bool = False,
) -> tuple[int, str]:
    """Run the command in a terminal of its own; type once the prompt is there."""
    pty = pytest.importorskip("pty", reason="there are no such terminals here")
    terminal, inside = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *words],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    ) as process:
        os.close(inside)
        seen = b""
        while select.select([terminal], [], [], 30)[0]:
            try:
                part = os.read(terminal, 4096)
            except OSError:  # how Linux reports the end of a terminal
                break
            if not part:
                break
            seen += part
            if prompt and prompt in seen:
                if interrupt:
                    process.send_signal(signal.SIGINT)
                os.write(terminal, typed)
                prompt = b""
    os.close(terminal)
    return process.returncode, seen.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "code"), [(GOOD, 0), ("free7", 0), ("free@example.com", 1), ("a$7@b", 1)]
)
def test_the_exit_code_tells_whether_more_than_notices_were_found(
    name: str, code: int
) -> None:
    assert run("check", name).returncode == code


def test_findings_are_printed_one_a_line(call: Call) -> None:
    code, out, err = call("check", "free@example.com@")

    expected = [str(finding) for finding in check_username("free@example.com@")]
    assert out.splitlines() == expected
    assert (code, err) == (1, "")


def test_a_name_that_keeps_to_the_rules_is_said_to() -> None:
    assert run("check", GOOD).stdout == (
        "Nothing found: every rule of the policy holds.\n"
    )


def test_findings_are_printed_as_json(call: Call) -> None:
    code, out, _ = call("check", "a 7@example.com", "--json")

    assert code == 1
    assert json.loads(out) == {
        "username": "a 7@example.com",
        "findings": [
            {
                "code": "USR005",
                "severity": "error",
                "message": RULES["USR005"].message,
                "where": "position 2: U+0020 space",
            }
        ],
    }


def test_a_name_is_judged_against_names_in_a_file_and_an_address(
    tmp_path: Path, call: Call
) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text("other1\nFREE7@example.com\n", encoding="utf-8")

    code, out, _ = call("check", GOOD, "--taken", str(taken), "--email", GOOD, "--json")

    codes = [finding["code"] for finding in json.loads(out)["findings"]]
    assert (code, codes) == (1, ["USR007", "USR009"])


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_a_secret_is_read_from_standard_input(ending: str) -> None:
    result = run("check", "--secret", "--json", typed=SECRETS[0] + ending)

    findings = check_secret(SECRETS[0])
    assert json.loads(result.stdout) == {
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "message": finding.message,
                "where": finding.where,
            }
            for finding in findings
        ]
    }
    assert result.returncode == 1
    assert SECRETS[0] not in result.stdout + result.stderr


def test_a_secret_typed_at_the_prompt_is_not_shown() -> None:
    code, seen = run_in_terminal(
        ["check", "--secret"], typed=SECRETS[4].encode() + b"\n", prompt=b"Secret: "
    )

    assert code == 0
    assert seen.endswith("Nothing found: every rule of the policy holds.\n")
    assert SECRETS[4] not in seen


def test_an_interrupted_prompt_is_no_traceback() -> None:
    code, seen = run_in_terminal(
        ["check", "--secret"], prompt=b"Secret: ", interrupt=True
    )

    assert code == 130
    assert seen.endswith("apiuser: interrupted.\n")
    assert "Traceback" not in seen


@pytest.mark.parametrize("words", [["check"], ["check", GOOD, "--secret"]])
def test_a_name_or_a_secret_is_asked_for_and_not_both(
    words: list[str], call: Call
) -> None:
    code, out, err = call(*words)

    assert (code, out) == (2, "")
    assert "give a NAME or --secret, one of the two." in err


def test_no_option_of_any_command_takes_a_secret(call: Call) -> None:
    for command in ("lab", "generate", "check", "audit", "rules", "policies"):
        code, out, _ = call(command, "--help")

        assert code == 0
        for option in re.findall(r"^  (--\S*secret.*?)(?:  |$)", out, re.MULTILINE):
            assert option in {"--secret", "--show-secret"}


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_secret_is_not_printed_into_a_pipe(words: list[str]) -> None:
    result = run("generate", *words)

    assert result.returncode == 2
    assert result.stdout == ""
    assert "add --show-secret" in result.stderr


def test_a_secret_is_printed_into_a_pipe_where_that_is_asked_for(call: Call) -> None:
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

    secret = json.loads(out)["secret"]
    assert len(secret) == 9
    assert check_secret(secret, policy=POLICIES["autotask-legacy"]) == ()


def test_an_impossible_length_is_refused_with_the_least_that_works(call: Call) -> None:
    code, out, err = call("generate", "--show-secret", "--length", "5")

    assert (code, out) == (3, "")
    assert "SEC002" in err
    assert "The least length that works is 12." in err


def test_a_generated_key_is_none_of_those_in_a_file(tmp_path: Path, call: Call) -> None:
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
        (["{}"], "COMMAND: invalid choice; choose from 'lab', 'generate', 'check'"),
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


@pytest.mark.parametrize("suffix", ["", "@@bad", "no domain"])
def test_a_suffix_that_is_no_domain_is_refused(call: Call, suffix: str) -> None:
    code, text, error = call("generate", "--show-secret", "--suffix", suffix)

    assert code == 3
    assert text == ""
    assert "what stands behind the @" in error


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


def test_the_policies_are_listed_and_the_default_is_marked(call: Call) -> None:
    _, text, _ = call("policies")
    _, listing, _ = call("policies", "--json")

    policies = json.loads(listing)

    assert [policy["name"] for policy in policies] == list(POLICIES)
    assert "autotask-2025.6 (default): " in text


def test_a_reader_that_leaves_early_is_no_error_to_see() -> None:
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
