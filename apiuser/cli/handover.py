"""The command `apiuser handover`."""

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING

from apiuser.cli.asking import ask_line, ask_secret, ask_secret_twice
from apiuser.cli.credential_options import make_credential
from apiuser.cli.handover_options import (
    add_options,
    find_misuse,
    generates_passphrase,
)
from apiuser.cli.options import (
    CLEAN,
    FOUND,
    USAGE,
    Commands,
    add_command,
    find_policy,
)
from apiuser.cli.telling import complain, find_loss, print_json, tell, tell_whole
from apiuser.credentials.credential import Credential, Secret, Username
from apiuser.credentials.validation import (
    check_secret,
    check_username,
    find_worst,
    resembles_secret,
)
from apiuser.errors import ApiuserError, InputError, LeftError
from apiuser.interrupts import deliver
from apiuser.rules.rule import Severity

if TYPE_CHECKING:
    from apiuser.handover import Entry, Handover

_HELP = "Write a credential into an encrypted file or a form ready to paste."

_EXAMPLES = """\
  apiuser handover --generate --suffix example.com --to new.kdbx --sheet sheet.md
  apiuser handover key1@sample.example.com --to key1.kdbx --ask-passphrase
  apiuser handover key1@sample.example.com --paste env
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_options(add_command(commands, "handover", _handover, _HELP, examples=_EXAMPLES))


def _handover(options: argparse.Namespace) -> int:
    for misuse in find_misuse(options):
        complain(misuse)
        return USAGE
    _check_places(options)
    credential = make_credential(options) if options.generate else _ask(options)
    if _judge(credential, options) is Severity.ERROR:
        return FOUND
    entry = _make_entry(credential, options)
    try:
        _write(entry, options)
    except OSError as error:  # of the output; those of files are said as what they are
        if not hasattr(error, "__notes__"):  # of files that stay
            _tell_untold(options)
        raise
    return CLEAN  # a warning stops nothing, so the answer is that it was done


def _check_places(options: argparse.Namespace) -> None:
    """Refuse what cannot work, before anybody is asked for a secret."""
    from apiuser.handover import (  # noqa: PLC0415  # late: other commands start faster
        check_handover,
        check_plaintext,
        check_sheet,
    )

    if options.to is not None:
        check_handover(
            options.to,
            recipients=options.recipient,
            overwrite=options.overwrite,
            inside_git=options.inside_git,
        )
    if options.sheet is not None:
        check_sheet(options.sheet, overwrite=options.overwrite)
    if options.plaintext is not None:
        check_plaintext(options.plaintext, overwrite=options.overwrite)


def _check_names(entry: "Entry", options: argparse.Namespace) -> None:
    """Refuse names of files and people that reveal the secret."""
    from apiuser.handover import check_sheet_texts  # noqa: PLC0415  # late, as above
    from apiuser.handover.places import refuse_telling_name  # noqa: PLC0415

    for path in (options.to, options.sheet, options.plaintext):
        if path is not None:
            refuse_telling_name(path, entry.secret)
    if options.sheet is not None:
        check_sheet_texts(
            entry, options.to, made_by=options.made_by, meant_for=options.meant_for
        )


def _ask(options: argparse.Namespace) -> Credential:
    name = ask_line("Username (key)") if options.name is None else options.name
    if resembles_secret(name):
        message = (
            "The username looks like a secret, so nothing was written. The username "
            "comes first, then the secret. If it is the username, give it with its @ "
            "and what comes after."
        )
        raise InputError(message)
    username = Username.parse(name)
    if username.suffix is None and options.suffix:
        username = Username(username.local, options.suffix)
    return Credential(username=username, secret=ask_secret("Password (secret)"))


def _judge(credential: Credential, options: argparse.Namespace) -> Severity | None:
    policy = find_policy(options.policy)
    # A name that is handed over is in use already, so nothing is "taken" here.
    findings = (
        *check_username(credential.username, policy=policy),
        *check_secret(credential.secret, policy=policy, username=credential.username),
    )
    worst = find_worst(findings)
    for finding in findings:
        complain(finding)
    if worst is Severity.ERROR:
        complain(
            "nothing is written. Correct what is named above, or give the --policy the "
            "credential was made under."
        )
    return worst


def _make_entry(credential: Credential, options: argparse.Namespace) -> "Entry":
    from apiuser.handover import Entry  # noqa: PLC0415  # late, as above

    return Entry(
        title=options.title or f"Autotask API user {credential.username.full}",
        username=credential.username,
        secret=credential.secret,
        url=options.url,
        tracking_identifier=options.tracking_identifier,
        notes=options.notes,
    )


def _write(entry: "Entry", options: argparse.Namespace) -> None:
    """Write everything, or nothing."""
    from apiuser.handover import make_paste  # noqa: PLC0415  # late, as above

    # Found before anything is written: names that reveal it, forms that refuse it.
    _check_names(entry, options)
    paste = make_paste(entry, options.paste) if options.paste else None
    try:
        if options.to is not None:
            _write_encrypted(entry, options, paste)
        else:
            _write_rest(entry, options, paste)
    except LeftError:  # it says what is written
        raise
    except ApiuserError as error:
        if options.sheet is not None or options.plaintext is not None:
            error.reason += " Nothing is written."
        raise


def _write_encrypted(
    entry: "Entry", options: argparse.Namespace, paste: Secret | None
) -> None:
    """Write the encrypted file and all that goes with it."""
    from apiuser.handover import (  # noqa: PLC0415  # late, as above
        generate_passphrase,
        write_handover,
    )

    generated = generate_passphrase() if generates_passphrase(options) else None
    lock: Secret | list[str] = generated or options.recipient
    if options.ask_passphrase:
        lock = ask_secret_twice("Passphrase")

    def announce(handover: "Handover") -> None:
        """Write the rest and show what opens the file; otherwise nobody could."""
        _write_rest(entry, options, paste, handover=handover, generated=generated)

    write_handover(
        entry,
        options.to,
        lock,
        overwrite=options.overwrite,
        inside_git=options.inside_git,
        announce=announce,
    )


def _tell_untold(options: argparse.Namespace) -> None:
    """Say that files were taken back, if there were any."""
    files = [file for file in (options.to, options.plaintext) if file is not None]
    if not files:
        return
    unseen = generates_passphrase(options)
    why = "nobody saw its passphrase" if unseen else "the result could not be printed"
    complain(f"{', '.join(map(str, files))}: not written, as {why}.")


def _write_rest(
    entry: "Entry",
    options: argparse.Namespace,
    paste: Secret | None,
    *,
    handover: "Handover | None" = None,
    generated: Secret | None = None,
) -> None:
    """Write what goes beside the encrypted file, then say what was written; or nothing.

    What is said comes last, so it is true; if it is lost, nothing stays.
    """
    from apiuser.handover import (  # noqa: PLC0415  # late, as above
        Sheet,
        write_plaintext,
        write_sheet,
    )

    replaced = {"overwrite": options.overwrite}
    with contextlib.ExitStack() as stack:
        if options.plaintext is not None:
            stack.enter_context(write_plaintext(entry, options.plaintext, **replaced))
        if handover is not None and options.sheet is not None:
            people = {"made_by": options.made_by, "meant_for": options.meant_for}
            sheet = Sheet.of(entry, handover, **people)
            stack.enter_context(write_sheet(sheet, options.sheet, **replaced))
        deliver()  # a Ctrl-C that waits still takes the files back
        if handover is not None:
            _tell(entry, handover, generated, options)
        if paste is not None:
            tell_whole((paste.reveal(),))
        sys.stdout.flush()
        if options.plaintext is not None:
            complain(
                f"{options.plaintext} contains the secret and is not encrypted. "
                "Import it as “Bitwarden (csv)” and delete it."
            )
        if loss := find_loss():
            raise loss
        deliver()


def _tell(
    entry: "Entry",
    handover: "Handover",
    generated: Secret | None,
    options: argparse.Namespace,
) -> None:
    from apiuser.handover import PASSPHRASE_BITS  # noqa: PLC0415  # late, as above

    if options.json:
        answer = {
            "file": str(handover.path),
            "kind": handover.kind,
            "bytes": handover.size,
            "sha256": handover.sha256,
            "username": entry.username.full,
        }
        if generated is not None:
            answer |= {
                "passphrase": generated.reveal(),
                "passphrase_bits": PASSPHRASE_BITS,
            }
        print_json(answer)
        return
    tell(f"Username (key)  {entry.username.full}")
    tell(f"File            {handover.path} ({handover.kind}, {handover.size} bytes)")
    tell(f"SHA-256         {handover.sha256}")
    if generated is None:
        tell(f"Opened with     {handover.opened_with}")
        return
    tell(f"Passphrase      {generated.reveal()}")
    tell(
        f"{PASSPHRASE_BITS:.1f} bits. It is shown only this once: pass it on "
        "separately from the file, by phone for example."
    )
