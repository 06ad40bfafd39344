"""What is odd about an export and its usernames is said in full sentences."""

from collections.abc import Mapping

import pytest

from apiuser.auditing import audit
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.notices import look_at_names
from tests.exports.export_reading import HEADER, Export, Reader, each_reader

MARK = "\ufeff"
UNSEEN = "\u200b"


def read_notices(
    export: Export,
    text: str,
    column: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> list[str]:
    path = export(text)
    named = columns or {}
    options = ReadOptions(column=column, columns=named, elsewhere=named)
    table = read_resources(path, options)
    assert all(notice.startswith(f"{path}: ") for notice in table.notices)
    return [notice.removeprefix(f"{path}: ") for notice in table.notices]


def test_what_is_around_the_header_is_reported(export: Export) -> None:
    header = "ID,Username,Status,STATUS\n--,--------,--,--\n"

    said = read_notices(export, f"{MARK}{MARK}#TYPE x\n\n\n{header}1,a1,x,y\n")

    assert said == [
        "line 1, PowerShell's #TYPE, skipped.",
        "2 blank lines before the header skipped.",
        (
            "a byte order mark (U+FEFF) is inside the text, before the "
            "header in line 4. Check what put the file together."
        ),
        "the header Status occurs more than once and is not used.",
        "line 5 is a line of dashes under the header, and is not a record.",
    ]


def test_what_is_odd_about_the_records_is_reported(export: Export) -> None:
    rows = (
        "1,a1,on leave\n2,b1,gone\a\n\n3,,Active\n4,1e+5,\n5,zoÃ«,\n6,a\u200e\u200b,\n"
    )

    assert read_notices(export, HEADER + rows) == [
        (
            "2 words of the column Status, in 2 records, said neither active nor "
            "inactive (on leave: 1, gone<U+0007>: 1)."
        ),
        (
            "3 records have nothing in the column Status, so they may be active or "
            "inactive. Export again with a status in every row."
        ),
        "1 blank line skipped.",
        (
            "accents look as if they were encoded twice. Export again and do not save "
            "the file in between."
        ),
        (
            "1 record without a username (line 5). Add the names, or delete what is not a "
            "resource."
        ),
        (
            "2 usernames that may be a number, date, error or formula that a "
            "spreadsheet wrote, or letters in the wrong encoding (lines 6, 7). "
            "Compare with Autotask; if they differ there, export again and do not save "
            "the file in between."
        ),
        (
            "line 8, record 6: the username contains characters that cannot be seen "
            "(U+200B, U+200E)."
        ),
    ]


def test_lines_that_are_not_records_are_reported_by_what_they_are(
    export: Export,
) -> None:
    rows = f"1,a1,Active\n{HEADER}--,--,--\n,(1 rows affected),\n"

    assert read_notices(export, HEADER + rows) == [
        "line 3 is the header again, and is not a record.",
        "line 4 is a line of dashes, and is not a record.",
        "line 5 counts the records, and is not a record.",
    ]


def test_an_export_without_records_is_reported(export: Export) -> None:
    assert read_notices(export, HEADER) == [
        "has a header but no resources. Check the filter."
    ]


def test_names_that_hold_what_separates_fields_are_reported(export: Export) -> None:
    assert read_notices(export, "Username\na1\nb;1\nc|1\n") == [
        (
            "2 usernames with a comma, semicolon, tab or pipe, the first in line 3, "
            "record 2. Check whether columns are missing from the header."
        ),
        (
            "2 usernames with characters that do not belong in one, or that may be a "
            "list, a mask or markup (lines 3, 4). Export the usernames unchanged and "
            "without anything else, one in each record."
        ),
    ]


def test_columns_that_are_not_found_are_reported(export: Export) -> None:
    columns = {"status": "th\a" + "e" * 40, "license_type": "no", "email": "who"}

    said = read_notices(export, "who,there\na1,yes\n", "who", columns)

    assert said == [
        f"there is no column th<U+0007>{'e' * 37} for the status.",
        "there is no column no for the licence type.",
        (
            "besides the usernames no column was found for the status, the licence "
            "type, the security level. If the file has them under other headers, name "
            "those too."
        ),
    ]


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ([f"{at},,Active\n" for at in range(22)], "21 and 2 more). Add the names"),
        ([f"{at},1e+5,Active\n" for at in range(21)], "21 and 1 more). Compare with"),
        ([HEADER] * 23, "3 more lines skipped as they are not records."),
        ([HEADER] * 21, "1 more line skipped as they are not records."),
        ([f"1,{UNSEEN},\n"] * 22, "2 more usernames with such characters."),
        ([f"1,{UNSEEN},\n"] * 21, "1 more username with such characters."),
    ],
)
def test_above_twenty_places_the_others_are_counted(
    export: Export, rows: list[str], more: str
) -> None:
    twenty = read_notices(export, HEADER + "".join(rows[:20]))
    above = read_notices(export, HEADER + "".join(rows))

    assert not any("more" in notice for notice in twenty)
    assert more in above[-1]


def test_no_more_than_five_words_are_shown_and_no_word_in_full(export: Export) -> None:
    words = ["w" * 41, *"kpqruv"]

    (said,) = read_notices(export, HEADER + "".join(f"1,a,{w}\n" for w in words))

    assert said == (
        "7 words of the column Status, in 7 records, said neither active nor inactive "
        f"({'w' * 40}: 1, k: 1, p: 1, q: 1, r: 1)."
    )


@each_reader
def test_an_unknown_status_is_said_with_its_records_and_frees_no_name(
    export: Export, read: Reader
) -> None:
    words = ("Active", "Deleted", "Inactive", "Deleted", "-", "gone", "")
    rows = (f"{at},n{at % 6},{word}\n" for at, word in enumerate(words))

    report = audit([read(export(HEADER + "".join(rows)))])

    said = (
        "2 words of the column Status, in 3 records, said neither active nor inactive"
    )
    assert f"{said} (Deleted: 2, gone: 1)." in "".join(report.notices)
    assert [member.username for member in report.members] == ["n0", "n0"]
    path = export(HEADER + "1,a1,Deleted\n2,A1,Active\n", "two.csv")
    assert [m.username for m in audit([read(path)]).members] == ["a1", "A1"]


def test_what_names_show_is_found_in_each_of_many_slices() -> None:
    slice_ = ["a1"] * ((1 << 13) - 6)
    odd = ["", "1e+5", "[a]", "a\uff20b\ufe6bc", "zo\u00c3\u00abl", "a\u200b"]

    names = look_at_names([*slice_, *odd, *slice_, *odd, "b1"])

    first = len(slice_)
    second = 2 * first + 6
    assert list(names.nameless) == [first, second]
    assert names.changed == [first + 1, first + 4, second + 1, second + 4]
    assert names.wrapped == [first + 2, second + 2]
    assert names.odd_signs == 4
    assert names.twice_encoded
    assert names.invisible == [first + 5, second + 5]
    assert names.delimited == []
    assert look_at_names([*slice_, *"123456", "a;1", "b"]).delimited == [1 << 13]
