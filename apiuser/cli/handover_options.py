"""The options of `apiuser handover`, and which of them go together."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from apiuser.cli.options import WOULD_KEEP, add_json, add_making

FORMS = ("env", "powershell", "bash", "json", "yaml", "headers", "xml")


def add_options(handover: argparse.ArgumentParser) -> None:
    """Add every option of the command."""
    handover.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="the full username; asked for if left out",
    )
    handover.add_argument(
        "--generate", action="store_true", help="make a key and a secret"
    )
    add_making(handover)
    add_json(handover)
    _add_writing(handover)
    _add_locking(handover)
    _add_entry(handover)


def _add_writing(handover: argparse.ArgumentParser) -> None:
    writing = handover.add_argument_group("what is written or printed")
    writing.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        help="an encrypted file: .kdbx for KeePass, or .age",
    )
    writing.add_argument(
        "--sheet",
        type=Path,
        metavar="FILE",
        help="a sheet for the receiver, without the secret",
    )
    writing.add_argument("--paste", choices=FORMS, help="print it ready to paste")
    writing.add_argument(
        "--show-secret",
        action="store_true",
        help="print the paste-ready form to a pipe or file too",
    )
    writing.add_argument(
        "--plaintext",
        type=Path,
        metavar="FILE",
        help="a .csv for Bitwarden's import, NOT encrypted",
    )
    writing.add_argument(
        "--overwrite", action="store_true", help="replace existing files"
    )
    writing.add_argument(
        "--inside-git", action="store_true", help="write into a git work tree too"
    )


def _add_locking(handover: argparse.ArgumentParser) -> None:
    locking = handover.add_argument_group("what opens the encrypted file")
    locking.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="KEY",
        help="an age public key of the receiver; may be repeated",
    )
    locking.add_argument(
        "--ask-passphrase",
        action="store_true",
        help="type a passphrase instead of having one generated",
    )
    locking.add_argument(
        "--show-passphrase",
        action="store_true",
        help="print a generated passphrase to a pipe or file too",
    )


def _add_entry(handover: argparse.ArgumentParser) -> None:
    entry = handover.add_argument_group("what the entry and the sheet say")
    for name, text in (
        ("title", "what the entry is called"),
        ("url", "where the credential is used"),
        ("tracking-identifier", "the custom identifier, if there is one"),
        ("notes", "any text"),
        ("made-by", "who hands over, for the sheet"),
        ("meant-for", "who receives, for the sheet"),
    ):
        entry.add_argument(f"--{name}", default="", metavar="TEXT", help=text)


def find_misuse(options: argparse.Namespace) -> Iterator[str]:
    """Say what does not go together, before anybody is asked for a secret."""
    shown = sys.stdout.isatty()
    typed = options.ask_passphrase or options.recipient
    if not any((options.to, options.paste, options.plaintext)):
        yield "give --to FILE, --paste FORM or both, or --plaintext FILE."
    if options.name is not None and options.generate:
        yield "give either a NAME or --generate."
    if options.to is None and (options.sheet is not None or typed):
        yield "--sheet, --recipient and --ask-passphrase need --to FILE."
    if options.ask_passphrase and options.recipient:
        yield "give either --recipient or --ask-passphrase."
    if options.paste is not None and options.json:
        yield "give either --paste or --json."
    if options.paste is not None and not (options.show_secret or shown):
        yield f"{WOULD_KEEP.format('secret')}."
    if generates_passphrase(options) and not (options.show_passphrase or shown):
        yield f"{WOULD_KEEP.format('passphrase')}, or --ask-passphrase."


def generates_passphrase(options: argparse.Namespace) -> bool:
    """Tell whether the encrypted file, if there is one, gets a generated passphrase."""
    given = options.ask_passphrase or options.recipient
    return options.to is not None and not given
