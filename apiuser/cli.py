"""The command `apiuser`."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.errors import AccessError, ApiuserError, InputError
from apiuser.generation import (
    ALPHABETS,
    COPY_SAFE,
    entropy_bits,
    generate_secret,
    generate_username,
)
from apiuser.policies import DEFAULT_POLICY, POLICIES, Policy, read_policy
from apiuser.rules import Finding, Severity, Subject
from apiuser.validation import check_secret, check_username, find_worst

if TYPE_CHECKING:
    from apiuser.auditing import AuditReport

CLEAN, FOUND, USAGE, INTERRUPTED = 0, 1, 2, 130

_EXAMPLES = """examples:
  apiuser lab                                    open the notebooks in JupyterLab
  apiuser generate                               make a key and a secret
  apiuser check presh2integration                judge a username
  apiuser check --secret                         judge a secret, asked for at a prompt
  apiuser audit active.csv inactive.csv          look for conflicts and broken rules
  apiuser audit *.csv --proposed names.txt --report report.html
  apiuser rules                                  list every rule with its source

exit codes: 0 nothing worse than a notice, 1 errors or warnings found,
2 wrong usage, 3 input refused, 4 could not read or write, 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _build_parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except ApiuserError as error:
        print(f"apiuser: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("apiuser: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, as in `apiuser rules | head`; nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return AccessError.exit_code
    return code


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="apiuser",
        description="Create, check and audit Autotask PSA API users.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    lab = add("lab", _lab, "Copy the notebooks to a folder and open the first one.")
    lab.add_argument("folder", nargs="?", type=Path, default=Path("apiuser-notebooks"))
    lab.add_argument("--app", action="store_true", help="show the form without code")

    generate = add("generate", _generate, "Make a key and a secret.")
    _add_policy(generate)
    generate.add_argument("--suffix", help="the tenant's login suffix, where known")
    generate.add_argument("--taken", type=Path, help="names in use, one a line")
    generate.add_argument("--alphabet", choices=ALPHABETS, default=COPY_SAFE)
    generate.add_argument("--length", type=int, help="characters of the secret")
    generate.add_argument(
        "--show-secret", action="store_true", help="print it into a pipe or file too"
    )
    generate.add_argument("--json", action="store_true")

    check = add("check", _check, "Judge a username, or a secret asked for at a prompt.")
    check.add_argument("name", nargs="?", metavar="NAME")
    check.add_argument("--secret", action="store_true", help="ask for a secret")
    _add_policy(check)
    check.add_argument("--taken", type=Path, help="names in use, one a line")
    check.add_argument("--email", default="", help="the user's e-mail address")
    check.add_argument("--json", action="store_true")

    audit = add("audit", _audit, "Look for conflicts and broken rules in exports.")
    audit.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_policy(audit)
    audit.add_argument("--proposed", type=Path, help="names to judge, one a line")
    audit.add_argument(
        "--report",
        type=Path,
        action="append",
        default=[],
        help="write .csv .json .html",
    )
    audit.add_argument("--encoding", help="of the exports, where it is not Unicode")
    audit.add_argument("--column", help="the header of the username column")
    audit.add_argument("--skip-lines", type=int, default=0)
    audit.add_argument("--json", action="store_true")

    rules = add("rules", _rules, "List every rule with its reason and sources.")
    _add_policy(rules)
    rules.add_argument("--json", action="store_true")

    policies = add("policies", _policies, "List the policies.")
    policies.add_argument("--json", action="store_true")
    return parser


def _add_policy(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--policy",
        default=DEFAULT_POLICY.name,
        help=f"{', '.join(POLICIES)}, or a TOML file of the tenant's own",
    )


def _find_policy(name: str) -> Policy:
    if name in POLICIES:
        return POLICIES[name]
    if name.endswith(".toml"):
        return read_policy(name)
    message = f"There is no policy of this name; take {', '.join(POLICIES)} or a .toml."
    raise InputError(message)


def _read_names(path: Path | None) -> list[str]:
    if path is None:
        return []
    from apiuser.tables import read_names  # noqa: PLC0415  # late: needs pyarrow

    return list(read_names(path))


def _lab(options: argparse.Namespace) -> int:
    from apiuser.lab import open_lab  # noqa: PLC0415  # late: needs JupyterLab

    open_lab(options.folder, app=options.app)
    return CLEAN


def _generate(options: argparse.Namespace) -> int:
    if not (options.show_secret or sys.stdout.isatty()):
        print(
            "apiuser: the output is not a terminal and would keep the secret; "
            "add --show-secret if that is what you want.",
            file=sys.stderr,
        )
        return USAGE
    policy = _find_policy(options.policy)
    username = generate_username(
        policy=policy, taken=_read_names(options.taken), suffix=options.suffix
    )
    secret = generate_secret(
        policy=policy,
        alphabet=options.alphabet,
        length=options.length,
        username=username,
    )
    answer = {
        "username": username.full,
        "secret": secret.reveal(),
        "policy": policy.name,
        "username_bits": entropy_bits(policy, subject=Subject.LOCAL_PART),
        "secret_bits": entropy_bits(policy, len(secret), alphabet=options.alphabet),
    }
    if options.json:
        _print_json(answer)
    else:
        print(f"Username (key)     {answer['username']}")
        print(f"Password (secret)  {answer['secret']}")
        print(
            f"{answer['username_bits']:.1f} and {answer['secret_bits']:.1f} bits, "
            f"policy {policy.name}. Store both before you press Save."
        )
    return CLEAN


def _check(options: argparse.Namespace) -> int:
    if (options.name is None) != options.secret:
        print("apiuser: give a NAME or --secret, one of the two.", file=sys.stderr)
        return USAGE
    policy = _find_policy(options.policy)
    if options.secret:
        asked = sys.stdin.isatty()
        text = (
            getpass.getpass("Secret: ")
            if asked
            else sys.stdin.readline().rstrip("\r\n")
        )
        findings = check_secret(text, policy=policy)
    else:
        findings = check_username(
            options.name,
            policy=policy,
            taken=_read_names(options.taken),
            email=options.email,
        )
    if options.json:
        name = {} if options.secret else {"username": options.name}
        _print_json(name | {"findings": [_describe(finding) for finding in findings]})
    elif findings:
        print(*findings, sep="\n")
    else:
        print("Nothing found: every rule of the policy holds.")
    return _grade(findings)


def _audit(options: argparse.Namespace) -> int:
    from apiuser import reports  # noqa: PLC0415  # late: needs pyarrow
    from apiuser.auditing import audit  # noqa: PLC0415
    from apiuser.tables import read_resources  # noqa: PLC0415

    tables = [
        read_resources(
            path,
            encoding=options.encoding,
            column=options.column,
            skip_lines=options.skip_lines,
        )
        for path in options.files
    ]
    report: AuditReport = audit(
        tables,
        proposed=_read_names(options.proposed),
        policy=_find_policy(options.policy),
    )
    for path in options.report:
        reports.write(report, path)
    if options.json:
        _print_json(reports.as_json(report))
    else:
        print(reports.render_terminal(report))
    if any(table.unreadable for table in tables):
        return InputError.exit_code
    return FOUND if report.worst in {Severity.ERROR, Severity.WARNING} else CLEAN


def _rules(options: argparse.Namespace) -> int:
    policy = _find_policy(options.policy)
    if options.json:
        _print_json(
            [
                {
                    "code": rule.code,
                    "subject": rule.subject,
                    "severity": rule.severity,
                    "message": rule.message,
                    "reason": rule.reason,
                    "ours": rule.ours,
                    "sources": [
                        {"title": s.title, "url": s.url, "certainty": s.certainty}
                        for s in rule.sources
                    ],
                }
                for rule in policy.rules
            ]
        )
        return CLEAN
    for rule in policy.rules:
        print(f"{rule.code}  {rule.severity:8} {rule.message}")
        print(f"        {rule.reason}")
        for source in rule.sources:
            print(f"        Source: {source.title} ({source.certainty} certainty)")
    return CLEAN


def _policies(options: argparse.Namespace) -> int:
    if options.json:
        _print_json(
            [
                {"name": p.name, "title": p.title, "effective": p.effective}
                for p in POLICIES.values()
            ]
        )
        return CLEAN
    for policy in POLICIES.values():
        default = " (default)" if policy is DEFAULT_POLICY else ""
        print(f"{policy.name}{default}: {policy.title}")
    return CLEAN


def _describe(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "where": finding.where,
    }


def _grade(findings: Sequence[Finding]) -> int:
    return (
        FOUND if find_worst(findings) in {Severity.ERROR, Severity.WARNING} else CLEAN
    )


def _print_json(value: object) -> None:
    import json  # noqa: PLC0415  # late: `apiuser check NAME` starts faster

    print(json.dumps(value, indent=2, ensure_ascii=False))
