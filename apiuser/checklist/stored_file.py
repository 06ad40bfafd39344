"""An encrypted file that was written for the secret of a sheet."""

from dataclasses import dataclass

UNOPENED = "nobody can open it any more"
"""Why a file is of no use: its passphrase was generated, and is shown nowhere now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """An encrypted file that was written for the secret of a form.

    Attributes:
        path: Where it is.
        kind: What opens it.
        digest: The SHA-256 of its bytes, as hexadecimal digits.
        generated: Whether its passphrase was generated.
        sealed: Whether nobody has seen that passphrase yet.
        useless: Why the file is of no use by now; blank if it is of use.
    """

    path: str
    kind: str
    digest: str
    generated: bool = False
    sealed: bool = False
    useless: str = ""
