"""`apiuser check` answers with exit codes, JSON and plain sentences."""

import json
from pathlib import Path

import pytest

from apiuser import check_secret, check_username
from apiuser.rules.catalogue import RULES
from tests.cli.command_driver import GOOD, Call, run, run_in_terminal
from tests.planted import SECRETS


@pytest.mark.parametrize(
    ("name", "code"), [(GOOD, 0), ("free7", 0), ("free@example.com", 1), ("a$7@b", 1)]
)
def test_the_exit_code_tells_whether_more_than_notices_were_found(
    name: str, code: int
) -> None:
    assert run("check", name).returncode == code


def test_findings_are_printed_one_per_line(call: Call) -> None:
    code, out, err = call("check", "free@example.com@")

    expected = [str(finding) for finding in check_username("free@example.com@")]
    assert out.splitlines() == expected
    assert (code, err) == (1, "")


def test_a_name_that_follows_the_rules_is_reported_as_such_and_not_as_free(
    tmp_path: Path,
) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text("other1\n", encoding="utf-8")
    found = "Nothing found: it follows every rule of the policy.\n"

    assert run("check", GOOD, "--taken", str(taken)).stdout == found
    assert run("check", GOOD).stdout == (
        f"{found}Not compared with the names in use: add --taken FILE.\n"
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


def test_a_name_is_compared_with_names_in_a_file_and_an_address(
    tmp_path: Path, call: Call
) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text("other1\nFREE7@example.com\n", encoding="utf-8")

    code, out, _ = call("check", GOOD, "--taken", str(taken), "--email", GOOD, "--json")

    found = {f["code"]: f["where"] for f in json.loads(out)["findings"]}
    assert code == 1
    assert found["USR009"] == ""
    assert found["USR007"] == "FREE7@example.com is in use"
    assert not {"USR008", "USR011"} & set(found)


def test_a_name_in_use_is_shown_without_what_steers_a_terminal(
    tmp_path: Path, call: Call
) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text("ada # old\nRMM: free7\n", encoding="utf-8")
    assert call("check", "free7", "--taken", str(taken))[0] == 1
    taken.write_text("free7\x1b[31m@example.com\nfr\u200bee7\n", encoding="utf-8")

    _, out, _ = call("check", "free7@example.com", "--taken", str(taken))

    assert "fr<U+200B>ee7 is in use: Choose a username" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("ada\nk***a\nNULL\n", "2 lines hide names (k***a, NULL)"),
        ("ada\nredacted2@example.com", "1 line hides a name (redacted2@example.com)"),
        ("old: ke...\nxxxx", "2 lines hide names (old: ke..., xxxx)"),
        ("k???a\nkxxxxxa", "2 lines hide names (k???a, kxxxxxa)"),
        ("ada # old\nRMM: free8\nben removed\n--- x ---\nhidden\nadaxx", ""),
        *((f"{header}\nada", "") for header in ("Username", "User Name", "userName")),
        ("ada\n${userName}", "1 line hides a name (${userName})"),
    ],
)
def test_lines_that_hide_names_in_use_are_said_to(
    tmp_path: Path, call: Call, lines: str, said: str
) -> None:
    taken = tmp_path / "taken.txt"
    taken.write_text(lines, encoding="utf-8")

    code, _, err = call("check", GOOD, "--taken", str(taken))

    so = ", so nothing shows that a name is free. List the usernames as they are."
    assert code == 0
    assert " ".join(err.split()) == (f"apiuser: {taken}: {said}{so}" if said else "")


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
    assert seen.endswith("Nothing found: it follows every rule of the policy.\n")
    assert SECRETS[4] not in seen


def test_an_interrupted_prompt_shows_no_traceback() -> None:
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
    assert "give either a NAME or --secret." in err


def test_a_secret_is_checked_against_its_username_and_address(call: Call) -> None:
    run_ = run(
        "check",
        "--secret",
        "--username",
        "sampleonly@example.com",
        typed=f"{SECRETS[3]}\n",
    )

    assert "contain the username" in run_.stdout


@pytest.mark.parametrize("command", [("check", GOOD), ("generate", "--show-secret")])
def test_an_export_as_names_in_use_is_told_how_to_be_compared(
    tmp_path: Path, call: Call, command: tuple[str, ...]
) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Username,Status\nabc1,Active\n", encoding="utf-8")

    code, out, err = call(*command, "--taken", str(export))

    assert (code, out) == (3, "")
    assert "not a list of names" in err
    assert err.endswith(
        "To compare with an export: “apiuser audit EXPORT --proposed FILE”, where FILE "
        "lists the new names.\n"
    )


@pytest.mark.parametrize(
    "words", [("--secret", "--taken", "x.txt"), (GOOD, "--username", GOOD)]
)
def test_an_option_that_would_be_ignored_is_refused(
    call: Call, words: tuple[str, ...]
) -> None:
    code, out, err = call("check", *words)

    assert (code, out) == (2, "")
    assert "goes only with" in err


def test_a_name_with_only_a_notice_follows_the_rules(call: Call) -> None:
    code, out, _err = call("check", "presh2integration")

    assert code == 0
    assert "Give NAME@ending to check the full username. (USR013)" in out
    assert "Enter" not in out
    assert "Nothing else found: it follows the policy.\n" in out


def test_programs_are_told_what_to_do_on_the_command_line_too(call: Call) -> None:
    _code, out, _err = call("check", "presh2integration", "--json")

    (finding,) = json.loads(out)["findings"]
    assert finding["message"] == "Give NAME@ending to check the full username."


@pytest.mark.parametrize(
    "name", ["jane@example.com", "jane.doe@example.com", "jane7@gmail.com"]
)
def test_a_name_that_looks_like_a_mailbox_is_named_so(call: Call, name: str) -> None:
    code, out, _err = call("check", name)

    first = out.splitlines()[0]
    assert code == 1
    assert first.endswith("it looks like an e-mail address. (USR014)")


def test_a_name_that_would_do_as_a_secret_is_pointed_out(call: Call) -> None:
    _, _, err = call("check", SECRETS[0])

    assert "If it is one, your shell remembers it" in err
    assert SECRETS[0] not in err
    assert call("check", GOOD)[2] == ""
