"""Names that were decoded by another encoding leave nothing proved."""

from pathlib import Path
from quopri import encodestring

import pytest

from apiuser.auditing import audit
from apiuser.exports import ResourceTable
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader

WESTERN = ["m\u00fcller", "ren\u00e9", "j\u00f8rgen", "\u00e7elik", "\u00f1u\u00f1ez"]
OTHERS = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859-2", "iso8859-7", "mac-roman", "cp437", "cp850", "cp866", "koi8-r"),
    *("cp932", "cp874"),
]


def decode_wrongly() -> dict[str, str]:
    found = {}
    for name in WESTERN:
        for codec in OTHERS:
            found[f"{name} as {codec}"] = name.encode().decode(codec, "replace")
        found[f"{name} as cp437 by Windows"] = name.encode("cp1252").decode("cp437")
        found[f"{name} quoted"] = encodestring(name.encode()).decode()
        found[f"{name} quoted by Windows"] = encodestring(
            name.encode("cp1252")
        ).decode()
        found[f"{name} in UTF-7"] = name.encode("utf-7").decode()
    for name in ("\u0438\u0432\u0430\u043d", "\u03b1\u03bd\u03bd\u03b1"):
        for codec in ("cp1250", "cp1251", "cp1252", "cp1253", "mac-roman", "koi8-r"):
            found[f"{name} as {codec}"] = name.encode().decode(codec, "replace")
    return found


GARBLED = {
    **decode_wrongly(),
    "\u00fc of Windows as OEM": "m\u00b3ller",
    "\u00e9 of Windows as OEM": "ren\u00da",
    "\u00f6 of OEM as Windows": "st\u201dr",
    "\u00e4 of OEM as Windows": "\u201erger",
    "\u00e9 of OEM as Windows": "ren\u201a@x.example.com",
    "\u00fc of a Mac": "m\u0178",
    "\u00f1 of OEM as Windows": "nu\u00a4ez",
    "\u00f8 of Windows as OEM": "j\u00b0rgen",
    "\u00ed of OEM as Windows": "garc\u00a1a",
    "\u00f3 of OEM as Windows": "l\u00a2pez",
    "\u00fa of OEM as Windows": "ra\u00a3l@x.example.com",
    "\u00df of a Mac": "strau\u00a7",
    "\u00df of Windows on a Mac": "strau\ufb02",
    "\u00eb of a Mac": "zo\u2018@x.example.com",
    "\u00eb of a Mac before a digit": "zo\u20181",
    "\u00eb of a Mac before a dot": "zo\u2018.x",
    "\u00e9 of a Mac before a dot": "jos\u017d.x",
    "\u00f1 of a Mac": "nu\u2013ez@x.example.com",
    "\u00ec of Windows as OEM": "n\u221ecola",
    "\u00f9 of Windows on a Mac": "g\u02d8",
    "\u00f8 of Windows as OEM, first": "\u00b0rsted",
    "\u00f8 of Windows as OEM, first, of another": "\u00barsted@x.example.com",
    "\u00e9 of Windows as OEM, inside": "ren\u00dae",
    "\u00e8 of Windows as OEM, inside": "h\u00del\u00dane@x.example.com",
    "\u00e9 of Windows on a Mac, inside": "r\u00c8mi",
    "\u00e9 lost": "ren?",
    "\u00e9 lost before a suffix": "andr?@x.example.com",
    "\u00c9 lost": "?ric",
    "\u00fc lost beside another": "m?ll\u00e9r",
    "an encoded word": "=?utf-8?q?m=C3=BCller?=",
}
PLAIN = [
    *(
        "m\u00fcller",
        "JOS\u00c9",
        "ren\u00e9",
        "J\u00d8RGEN",
        "\u00c9milie",
        "stra\u00dfe",
    ),
    *("\u0141ukasz", "\u017ei\u017eka", "\u0160t\u011bp\u00e1n", "PI\u00d3\u0141KO"),
    *(
        "\u0438\u0432\u0430\u043d",
        "\u0420\u0456\u0432\u043d\u0435",
        "\u0434\u0456\u0457",
    ),
    *(
        "\u03b1\u03bd\u03bd\u03b1",
        "\u0623\u062d\u0645\u062f",
        "\u5f20\u4f1f",
        "\u738bwei",
    ),
    *(
        "\u5c71\u7530",
        "\uff71\uff77\uff97",
        "\uae40\ucca0\uc218",
        "\u0938\u0940\u0924\u093e",
    ),
    *(
        "o\u2019neil",
        "o\u00b4brien",
        "col\u00b7lell",
        "n\u00ba1",
        "m\u00aacarmen",
        "n\u00b01",
    ),
    *("\u0438\u0432\u0430\u043d.it", "a=1", "ab=cd", "a+b-c", "ada+test-1", "x=f1"),
    *(
        "\u011e\u00fcler",
        "\u015eahin",
        "\u0131\u015f\u0131k",
        "anna-\u00c9lise",
        "T\u0102NASE",
    ),
    *("anna\u00c5", "p\u00c5", "lars\u00d6", "jon\u00d8", "ana\u00c9", "max\u00dc"),
    *("o\u2018neil", "bo\u2018ri", "m\u00aa", "n\u00ba", "1\u00baa"),
    *("ana\u017d", "eva\u0160@x.example.com", "se\u00e1n\u00d3", "mia\u00d3"),
    *("j\u0160koda", "ana\u017dupan", "j\u00d3lafsson", "j\u00d6sterberg"),
    *("eva\u00c4@x.example.com", "jos\u00e9\u00c1", "ib\u00c6", "ana\u00c7"),
]


def read_beside(path: Path, name: str, read: Reader) -> ResourceTable:
    field = '"' + name.replace('"', '""') + '"'
    rows = [
        "ID,Username,Status,License Type",
        "1,ada,Active,3",
        f"2,{field},Inactive,3",
    ]
    path.write_text("\n".join([*rows, "3,ben,Active,3", ""]), "utf-8")
    table = read(path)
    assert isinstance(table, LargeTable) == (read is READERS[1])
    return table


@pytest.mark.parametrize("read", READERS, ids=["rows", "DuckDB"])
@pytest.mark.parametrize("name", GARBLED.values(), ids=GARBLED)
def test_a_name_in_a_wrong_encoding_leaves_nothing_proved(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit([read_beside(tmp_path / "export.csv", name, read)], co_managed=False)

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved
    assert "(line 3)" in "".join(report.notices)


@pytest.mark.parametrize("read", READERS, ids=["rows", "DuckDB"])
@pytest.mark.parametrize("name", PLAIN)
def test_a_name_of_any_language_is_one(tmp_path: Path, name: str, read: Reader) -> None:
    report = audit([read_beside(tmp_path / "export.csv", name, read)], co_managed=False)

    assert (report.missing, report.proved) == ((), True)
