"""The encodings an export may have, under any of their names.

Python has other codecs that no export uses: some undo escapes or turn bytes into bytes,
and some cannot say where a byte is wrong.
"""

import codecs

CHARSETS = frozenset(
    {
        "ascii",
        "utf-8",
        *(f"utf-{size}{order}" for size in (16, 32) for order in ("", "-le", "-be")),
        *(f"cp{page}" for page in (874, *range(1250, 1259))),
        # ISO 8859 has no part 12.
        *(f"iso8859-{part}" for part in range(1, 17) if part != 12),  # noqa: PLR2004
        *(f"cp{page}" for page in (437, 720, 737, 775, 850, 852, 855, 857, 858)),
        *(f"cp{page}" for page in (860, 861, 862, 863, 864, 865, 866, 869)),
        *(f"mac-{kind}" for kind in ("roman", "latin2", "cyrillic", "greek")),
        *(f"mac-{kind}" for kind in ("iceland", "turkish")),
        *("koi8-r", "koi8-u", "tis-620"),
        *("shift_jis", "shift_jisx0213", "cp932", "euc_jp"),
        *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950"),
        *("euc_kr", "cp949", "johab"),
    }
)
"""Python's names for them."""

EXAMPLES = (
    "utf-8, utf-16, cp1252, iso-8859-1, cp850, mac-roman, shift_jis, gbk or euc-kr"
)
"""Names for a message."""


def find_charset(name: str) -> str | None:
    """Return Python's name for an encoding; None if no export has it."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = found.removesuffix("-sig")
    return found if found in CHARSETS else None
