"""What the receiver of a handover file does with it, with the commands to type."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# PowerShell takes each of these for a single quotation mark.
_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")
_PLAIN = re.compile(r"[A-Za-z0-9_][\w.-]*", re.ASCII)


class ReceivingStep(NamedTuple):
    """A step and the commands for it, each with the system it is for."""

    text: str
    commands: tuple[tuple[str, str], ...] = ()


def list_steps(path: Path, *, by_key: bool) -> Iterator[ReceivingStep]:
    """Yield what the receiver of a file does, in order.

    Args:
        path: The file.
        by_key: Whether a key opens it, and not a passphrase.
    """
    yield ReceivingStep(
        "Open a terminal where the file is, and run the command for your system. "
        "Compare what it shows with the fingerprint above; capitals make no difference.",
        list_fingerprint_commands(path.name),
    )
    if path.suffix.lower() == ".kdbx":
        yield ReceivingStep(
            "Open the file with KeePass, KeePassXC or another program that reads KDBX 4."
        )
        yield ReceivingStep("Move the entry into your own vault and delete the file.")
    else:
        key, of_key = (
            ("-i key.txt ", ", with your key in key.txt") if by_key else ("", "")
        )
        yield ReceivingStep(
            "Open the file with age, which shows the entry on the screen, or with another "
            "program that reads age files.",
            ((f"age{of_key}", f"age --decrypt {key}{_quote_for_shells(path.name)}"),),
        )
        yield ReceivingStep("Put the entry into your own vault and delete the file.")
    yield ReceivingStep("Confirm to the sender that the entry works.")


def list_fingerprint_commands(name: str) -> tuple[tuple[str, str], ...]:
    """Return what prints the SHA-256 of a file, each command with its system.

    `Get-FileHash` is in PowerShell 4 and later and takes SHA-256 by default; macOS has
    `shasum`, and the coreutils of Linux `sha256sum`.

    Args:
        name: The name of the file, in the folder where the command runs.
    """
    if _PLAIN.fullmatch(name):
        powershell = name
    else:
        powershell = "'" + _QUOTES.sub(r"\1\1", name) + "'"
    shell = _quote_for_shells(name)
    return (
        ("Windows, PowerShell", f"Get-FileHash -LiteralPath {powershell}"),
        ("macOS", f"shasum -a 256 {shell}"),
        ("Linux", f"sha256sum {shell}"),
    )


def _quote_for_shells(name: str) -> str:
    """Quote a name for sh; one with a leading hyphen would be an option."""
    return shlex.quote(f"./{name}" if name.startswith("-") else name)
