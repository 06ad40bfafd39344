"""Names that are lists, masks, markup or cut leave nothing proved."""

from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports import ResourceTable, read_resources
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader

HEADER = "ID,Username,Status,License Type"
WRAPPED = [
    *("a1; b2", "a1, b2", "a1,", "a1|b2", "a1\nb2", "a1 / b2", "a1 & b2"),
    *("'a1", "'a1'", "`a1`", "*a1", "**a1**", "{a1}", "[a1]", '"a1"', "=a1"),
    *("<b>a1</b>", "Ada <a1@x.example.com>", "[a1](https://x)", '["a1"]'),
    *("a1&nbsp;", "a&#49;", "a%31", "a1%40x.example.com", "mailto:a1@x.example.com"),
    *("SAMPLE\\a1", "a1 (inactive)", "(none)", "[REDACTED]", "<hidden>"),
    *("a1...", "a1..", "a1\u2026", "a***", "a**1", "\u2022\u2022\u2022", "***"),
    *("?", "??", "_", "-@x.example.com", "."),
    *(
        "ad\u25cf\u25cf\u25cf",
        "be\u2588",
        "em\uff0a\uff0a",
        "fr\u2217",
        "cy###",
        "gi???",
    ),
    *("who?", "?a", "m?ller", "m\u251c\u255dller", "m\u221a\u00bcller"),
    *("a(b)c", "a[1]", "a<1>b", 'a"b"c', "a(@x.example.com", '"a1', "a1>"),
]
PLAIN = [
    *("o'brien", "anna maria", "a.b-c_d", "a/b", "r&d", "50%", "a+b", "#1a", "$a1"),
    *("o'neill-smith", "d'arcy", "a(b", "a]b", '5"disk', "a<b", "a>b@x.example.com"),
    *("a1@x.example.com", "-ada", "+ada", "ren\u00e9", "\u5f20\u4f1f", "a*b", "a~1"),
    *("a#1", "##a"),
]


def read_beside(path: Path, name: str, read: Reader) -> ResourceTable:
    field = '"' + name.replace('"', '""') + '"'
    rows = [HEADER, "1,xyz,Active,Professional", f"2,{field},Inactive,3"]
    path.write_text("\n".join([*rows, "3,ben,Active,Professional", ""]), "utf-8")
    table = read(path)
    assert isinstance(table, LargeTable) == (read is READERS[1])
    return table


@pytest.mark.parametrize("read", READERS, ids=["rows", "DuckDB"])
@pytest.mark.parametrize("name", WRAPPED)
def test_a_name_that_is_more_or_less_than_a_name_leaves_nothing_proved(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit([read_beside(tmp_path / "export.csv", name, read)], co_managed=False)

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved
    assert "(line 3)" in "".join(report.notices)


@pytest.mark.parametrize("read", READERS, ids=["rows", "DuckDB"])
@pytest.mark.parametrize("name", PLAIN)
def test_a_name_with_other_signs_stays_one(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit([read_beside(tmp_path / "export.csv", name, read)], co_managed=False)

    assert (report.missing, report.proved) == ((), True)


@pytest.mark.parametrize("sign", ["[", "(", "<", '"x', " ", "1 ", "`", "%", "x", "a.."])
def test_a_long_name_is_looked_at_once(tmp_path: Path, sign: str) -> None:
    # With the square of its length this would end at the time limit of tests.
    path = tmp_path / "export.csv"
    name = f"1{sign * (400_000 // len(sign))}0".replace('"', '""')
    path.write_text(f'Username,Status,License Type\n"{name}",Active,7\nada,Active,3\n')

    assert read_resources(path).records == 2
