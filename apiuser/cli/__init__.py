"""The command `apiuser`."""

import argparse
import contextlib
import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from apiuser.cli.options import (
    CLEAN,
    INTERRUPTED,
    explain_error,
    find_near,
    format_help,
)
from apiuser.cli.telling import complain, find_loss
from apiuser.errors import AccessError, ApiuserError, InputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, SupportsWrite

# Loaded one by one: `apiuser check NAME` waits for no other command.
_MODULES = {
    "lab": "opening",
    "form": "opening",
    "generate": "generate",
    "check": "check",
    "audit": "audit",
    "compare": "compare",
    "handover": "handover",
    "scan": "scan",
    "explain": "explain",
    "verify": "verify",
    "rules": "listing",
    "policies": "listing",
}
_ERROR_OUTPUT = 2
_SECRETS = "a secret is asked for at a prompt"
_ASKING = {"check", "handover", "scan", "verify"}
"""The commands that ask for a secret, so that one may have been given to them."""
_EXAMPLES = """examples:
  apiuser lab                                    open the form in JupyterLab
  apiuser form                                   open the form alone
  apiuser generate                               make a key and a secret
  apiuser check presh2integration                check a username
  apiuser check --secret                         check a secret, asked for at a prompt
  apiuser audit active.csv inactive.csv          look for conflicts and broken rules
  apiuser audit *.csv --proposed names.txt --report report.html
  apiuser compare before.csv after.csv           say what changed between two exports
  apiuser handover --generate --suffix example.com --to new.kdbx   into an encrypted file
  apiuser scan notebooks                         look for secrets left in notebooks
  apiuser audit --tenants exports                every tenant's exports in a folder
  apiuser explain 401                            say why a log-in is refused
  apiuser verify abc1@example.com                ask Autotask for the username's zone
  apiuser verify abc1@example.com --login --saved-at 14:05   log in once after that
  apiuser rules                                  list every rule with its source

exit codes: 0 nothing worse than a notice, or handed over, 1 errors or warnings found,
2 wrong usage, 3 input refused, 4 could not read, write or reach Autotask, 130 interrupted

A command without an answer prints nothing, with --json too: the reason goes to
standard error.
"""


def run() -> int:
    """Run the command as a process of its own."""
    _forbid_dumps()
    sys.stderr = _open_error_output()
    try:
        return main() or (AccessError.exit_code if find_loss() else CLEAN)
    finally:
        _settle_output()
        if "_duckdb" not in sys.modules:  # which says what it leaves
            gc.freeze()  # else the interpreter would look for cycles as it ends


def _forbid_dumps() -> None:
    """Let no crash write what the process holds, perhaps a secret, to disk."""
    try:
        import resource  # noqa: PLC0415  # late: not on Windows
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        return _run(arguments)
    except ApiuserError as error:
        complain(explain_error(error))
        return error.exit_code
    except MemoryError:
        complain(
            "there is not enough memory. Give less at a time, or use a computer with "
            "more."
        )
        return InputError.exit_code
    except KeyboardInterrupt as error:
        _drop_output()  # it may say what was taken back
        complain("interrupted.")
        _tell_left(error)
        return INTERRUPTED
    except BrokenPipeError as error:
        # The reader has gone, as in `apiuser rules | head`; nothing more to say of it.
        _tell_left(error)
        _drop_output()
        return AccessError.exit_code
    except OSError as error:
        complain(f"cannot write ({error.strerror}).")
        _tell_left(error)
        _drop_output()
        return AccessError.exit_code


def _tell_left(error: BaseException) -> None:
    """Say which files stay that should not."""
    for note in getattr(error, "__notes__", ()):
        complain(note)


def _run(arguments: Sequence[str] | None) -> int:
    _prepare_streams()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        options = build_parser(words).parse_args(words)
    except SystemExit:
        sys.stdout.flush()  # the help, which may not have been written
        raise
    code = int(options.run(options))
    sys.stdout.flush()
    return code


def _prepare_streams() -> None:
    if sys.stdout is None:
        message = "There is no standard output. Leave it open, or give it a file."
        raise AccessError(message)
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper) and isinstance(out.buffer, io.RawIOBase):
        # Python without buffers takes a write that was cut short for a whole one.
        sys.stdout = open(  # noqa: SIM115  # by number, and left open
            out.fileno(), "w", buffering=1, encoding=out.encoding, closefd=False
        )
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding lacks is shown by its code point.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Heedless(io.FileIO):
    """A file that accepts everything; what cannot be written is dropped.

    Attributes:
        lost: Why something was dropped, if it was.
    """

    lost: OSError | None = None

    def write(self, data: "ReadableBuffer") -> int:
        """Write; a full disk or a reader that has gone makes no difference."""
        try:
            written = super().write(data)
            if written is None:  # full, and told not to wait
                self.lost = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        except OSError as error:
            self.lost, written = error, None
        return memoryview(data).nbytes if written is None else written


def _open_error_output() -> io.TextIOWrapper:
    """Reopen the error output, so that nothing said there changes an exit code."""
    if sys.stderr is None:  # closed by the caller, who wants to hear nothing
        # The number is taken, or what is opened next would be the error output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _ERROR_OUTPUT)
        os.set_inheritable(_ERROR_OUTPUT, True)  # noqa: FBT003  # it takes no keyword
    return io.TextIOWrapper(
        io.BufferedWriter(_Heedless(_ERROR_OUTPUT, "w", closefd=False)),
        encoding=None if sys.stderr is None else sys.stderr.encoding,
        line_buffering=True,
    )


def _settle_output() -> None:
    """Write what is left, such as after an error; Python would fail over it."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Drop what could not be written, or Python tries again when it ends."""
    with contextlib.suppress(OSError):  # it may not be a file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser that repeats no word of the command line, which may be a secret.

    argparse repeats a value when it says what is wrong with it, so values are checked
    here: by `read_count`, and below. An option is written in full.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # as argparse has them
        super().__init__(**settings, allow_abbrev=False, exit_on_error=False)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """Parse, and exit with 2 if a word is wrong or unknown."""
        try:
            found, unknown = super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            flags = ["/".join(a.option_strings) for a in self._actions if a.nargs == 0]
            if error.argument_name in flags:
                self.error(f"{error.argument_name} takes no value{self._hint()}")
            self.error(str(error))
        if unknown:
            name = str(unknown[0]).partition("=")[0]
            near = find_near(name, self._option_string_actions)
            meant = near not in {"", "--secret"}
            hint = f"; did you mean {near}?" if meant else self._hint()
            self.error(f"unrecognized arguments{hint}")
        return found, unknown

    def _hint(self) -> str:
        return f"; {_SECRETS}" if self.prog.rpartition(" ")[2] in _ASKING else ""

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            near = find_near(str(value), map(str, action.choices))
            meant = f"did you mean {near!r}? Otherwise " if near else ""
            choices = ", ".join(map(repr, action.choices))
            message = f"invalid choice; {meant}choose from {choices}"
            raise argparse.ArgumentError(action, message)

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Write the help; argparse would ignore an output that cannot be written."""
        (file or sys.stdout).write(self.format_help())


class _Version(argparse.Action):
    """Print the version, which takes a while to find out, and exit."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415  # late: seldom needed

        sys.stdout.write(f"{parser.prog} {version(parser.prog)}\n")
        parser.exit()


def build_parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Build the parser of the command that the words begin with, or of all."""
    parser = _Parser(
        prog="apiuser",
        description="Create, check and audit Autotask PSA API users.",
        epilog=_EXAMPLES,
        formatter_class=format_help,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="print the version and exit"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    if [*words[:1]] == ["--version"]:
        return parser
    wanted = [_MODULES[word] for word in words[:1] if word in _MODULES]
    for name in wanted or dict.fromkeys(_MODULES.values()):
        import_module(f"apiuser.cli.{name}").add_to(commands)
    return parser
