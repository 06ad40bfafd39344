"""What looks like a secret but is none: ids, digests, names that contain numbers."""

import re

_STRUCTURED = re.compile(
    r"""
    [A-Za-z][A-Za-z0-9+.-]*://\S*             # addresses
    | (data|mailto|urn|arn|doi|arXiv):\S*
    | [\w.+-]+@[\w-]+(\.[\w-]+)+              # mail addresses and full usernames
    | (sha|SHA|md|MD)\d+[-:=]\S*              # fingerprints with their name
    | [A-Za-z0-9]*[+/][A-Za-z0-9+/]*=*\\?      # base64, of digests and pictures
    | [A-Za-z0-9_-]+={1,2}\\?
    | ([0-9A-Fa-f]{2,}[-:]){2,}[0-9A-Fa-f]+   # UUIDs, hardware addresses
    | IPY_MODEL_\w+
    | (~|\.{0,2})(/[\w.+@%~-]+)+/?(\?\S*)?    # paths, with queries
    | [\w.+-]+(/[\w.+-]+)+/?(\?\S*)?          # relative paths, media types
    | ([A-Za-z]:|\\)\\\S*
    | @[\w.-]+/[\w./-]+                       # packages
    | \d{4}-\d\d-\d\d([T_]\S*)?               # dates
    | W/"[^"]*"?                              # ETags
    | [A-Za-z]+[-_=]v?\d+(\.\d+)+            # versions
    | [A-Za-z_][\w.]*\([^()]*\)               # calls and representations
    | \$\{?[A-Za-z_]\w*\}?                     # variables
    | \S*\b0x[0-9A-Fa-f]{6,}\S*               # places in memory
    | \S*\\x[0-9a-f]{2}\S*                    # bytes as Python prints them
    | [0-9A-Fa-f]{16}-[A-Z]{3}                # rays of Cloudflare
    | (Root|Self|Parent)=1-[0-9a-f]{8}-[0-9a-f]{24}\S*  # rays of AWS
    | (asst|batch|call|chatcmpl|cmpl|evt|file|gen|job|msg|raysubmit|req|resp|run|thread)
      [-_][A-Za-z0-9_-]+                      # ids of services
    | 1[A-Za-z0-9_-]{32}([A-Za-z0-9_-]{11})?   # files of Google Drive
    | [BCNOPSFHIbcnopsrl\d()\[\]=\#@+/\\%.-]+ # formulas of molecules, as SMILES
    """,
    re.VERBOSE,
)
# Parts of programs: variables, commands, paths in JSON, character classes, dates.
_PROGRAM = re.compile(
    r"\$\{[\w#@%]|\$\([a-z]|\{\.\w|\[\^?(?:[A-Za-z]-[A-Za-z]|\d-\d|\\[dws])"
    r"|%[YmdHMS][-:/T_]?%[YmdHMS]|\(\?[=!:<i]"
)
_NAME = re.compile(
    r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+"  # a name in a program
    r"|[\w.-]+\.(csv|txt|md|py|json|html?|ipynb|xlsx?|png|jpe?g|svg|pdf|zip|gz"
    r"|kdbx|age|toml|ya?ml|css|js|log|whl|parquet|gguf|docx)"  # the name of a file
)
# Names of platforms, machines, models and versions: parts that are each a word, a
# number, or letters of one case with digits.
_PART = (
    r"(?:[0-9a-z]+|[0-9A-Z]+|[A-Z][0-9a-z]+|[A-Z]+\d+[a-z]+|[A-Z]+[a-z]+\d*|\d+x\d+[A-Z]"
    r"|[A-Z]?[a-z]{2,}(?:[A-Z][a-z]+|[A-Z]+)+\d*|[A-Z][a-z][A-Z][a-z]{3,})"
)
_LABEL = re.compile(rf"{_PART}(?:[._+:/@=<>~-]+{_PART})+")
_AROUND = "()[]{}<>,;:|\"'`*%"


def is_structured(token: str) -> bool:
    """Tell whether a token has the form of a known kind of id, address or path."""
    return _STRUCTURED.fullmatch(token) is not None


def is_of_a_program(token: str) -> bool:
    """Tell whether a token holds only what occurs in programs and patterns."""
    return _PROGRAM.search(token) is not None


def is_name(token: str) -> bool:
    """Tell whether a token is a name in a program, or the name of a file."""
    return _NAME.fullmatch(token) is not None


def is_label(token: str) -> bool:
    """Tell whether a token is made up of words and numbers, as labels are."""
    return _LABEL.fullmatch(token.strip(_AROUND)) is not None
