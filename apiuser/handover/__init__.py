"""Hand a credential over: encrypted files, paste-ready forms, a sheet without it."""

from apiuser.handover.encrypted_files import (
    KINDS,
    Handover,
    check_handover,
    write_handover,
)
from apiuser.handover.entry import Entry
from apiuser.handover.handover_sheet import (
    Sheet,
    check_sheet,
    check_sheet_texts,
    render_html,
    render_markdown,
    write_sheet,
)
from apiuser.handover.passphrase import (
    PASSPHRASE_BITS,
    check_passphrase,
    generate_passphrase,
)
from apiuser.handover.paste import FORMS, make_paste
from apiuser.handover.plaintext import check_plaintext, write_plaintext

__all__ = [
    "FORMS",
    "KINDS",
    "PASSPHRASE_BITS",
    "Entry",
    "Handover",
    "Sheet",
    "check_handover",
    "check_passphrase",
    "check_plaintext",
    "check_sheet",
    "check_sheet_texts",
    "generate_passphrase",
    "make_paste",
    "render_html",
    "render_markdown",
    "write_handover",
    "write_plaintext",
    "write_sheet",
]
