"""A refused export is answered by its place, what is wrong with it, and what to do."""

from typing import Any

import pytest

from tests.exports.export_reading import HEADER, Export, refusal

CLOSED = "a quotation mark is opened but not closed"
RAISE = "Raise the limit with max_{}=... if this is right."
NO_HEADER = (
    "If the first line is a record already, say so with no_header=... and name columns "
    "by their numbers."
)
NAME_IT = (
    "Name the username column with column=..., or export again with the column Username "
    f"shown. {NO_HEADER}"
)
MISSING = (
    "the header seems to be missing: a number or an e-mail address is where a header "
    "has words. Export again with the header, or name the columns by their numbers, such "
    "as column='3' for the third."
)
SCREEN = (
    "for the screen, as {} it: long cells may be cut. In PowerShell, use Export-Csv "
    "-NoTypeInformation instead; or export with a delimiter, as with sqlcmd -W -s "
    '";".'
)
ONE_HEADER = (
    "the header has one column, but records have more, split by semicolon, the first "
    "in line {}. Export again with a header over each column; if all of it belongs to "
    "the usernames, begin the file with a line sep=,"
)
SEPARATOR = (
    "sep= is followed by {}, where one ASCII punctuation mark or a tab must be. "
    "Correct or delete the line."
)


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", {}, "contains no data. Export the resources again."),
        (
            HEADER,
            {"skip_lines": 1},
            "contains no data after the lines skipped. Check skip_lines=....",
        ),
        (
            HEADER,
            {"skip_lines": 9},
            (
                "has no more than 9 lines, and all are skipped. Skip fewer with "
                "skip_lines=...."
            ),
        ),
        ('sep=,\n"ID,Username\n', {}, f"line 2: {CLOSED}. Export the file again."),
        (
            f"Username,{'x' * 31}",
            {"max_columns": 1},
            (
                "line 1: there are 2 columns, "
                f"above the limit of 1. {RAISE.format('columns')}"
            ),
        ),
        (
            "sep=,\nUsername,Login\n",
            {},
            (
                "line 2: there are 2 username columns (Username, Login). Keep one of them "
                "in the export, or name one with column=...."
            ),
        ),
        (
            "ID,Username,Username \n",
            {},
            (
                "line 1: there are 2 username columns (Username, Username ). Keep one of "
                "them in the export, or name one by its number, such as column='2' for the "
                "first of them."
            ),
        ),
        ("x\nsep=xx\n", {"skip_lines": 1}, f"line 2: {SEPARATOR.format('xx')}"),
        ("sep=\nID,Username\n", {}, f"line 1: {SEPARATOR.format('nothing')}"),
        (
            "sep=\t\0234567890\n",
            {},
            f"line 1: {SEPARATOR.format('<U+0009><U+0013>4567890')}",
        ),
        (
            '\nID,Who,19" rack\n',
            {"column": "who"},
            (
                "line 2, column 10: a quotation mark inside a field that does not begin "
                "with one, so it is not certain where each header ends. Remove it, or "
                "put that header in quotation marks and write this one twice."
            ),
        ),
        (
            'sep=,\n\nID,Username,19" rack\n',
            {},
            (
                "line 3, column 15: a quotation mark inside a field that does not "
                "begin with one, so it is not certain where each header ends. Remove "
                "it, or put that header in quotation marks and write this one twice."
            ),
        ),
        (
            '"I\nD",Username,19" "rack"\n',
            {},
            (
                "line 2, column 15: a quotation mark inside a field that does not "
                "begin with one, so it is not certain where each header ends. Remove "
                "it, or put that header in quotation marks and write this one twice."
            ),
        ),
        (
            'ID,Username\n1,"a\nb","c\n',
            {},
            (
                f"line 3, record 1: {CLOSED}. Write a quotation mark inside a field twice, "
                "or export again."
            ),
        ),
        (
            '\n"ID,Who"\n"1,a1"\n',
            {"column": "who"},
            (
                "line 2: the whole line is in quotation marks, so it is one field. Remove the "
                "marks around each line and write those inside once, or export "
                "again."
            ),
        ),
        (
            "sep=,\nNr,Nick\n1,a\n",
            {},
            f"line 2: there is no username column; the headers are: Nr, Nick. {NAME_IT}",
        ),
        (
            "Nr,Nick\n1,a\n",
            {"column": "who"},
            (
                "line 1: there is no column who; the headers are: Nr, Nick. Name one of "
                "these."
            ),
        ),
        (
            f"one\ntwo\n{HEADER}",
            {},
            (
                "line 1: there is no username column; the headers are: one. The header "
                "seems to be in line 3: give skip_lines=2"
            ),
        ),
        ("sep=,\n1,a@example.com,a1\n", {}, f"line 2: {MISSING}"),
        ("1,a@example.com\n", {"no_header": True}, f"line 1: {MISSING}"),
        (
            'sep=,\nNr,19" X \n',
            {},
            f'line 2: there is no username column; the headers are: Nr, 19" X . {NAME_IT}',
        ),
        (
            'sep=,\nNr,19" X\n',
            {},
            f'line 2: there is no username column; the headers are: Nr, 19" X. {NAME_IT}',
        ),
        (
            "\na\nb;1\nc;1\n",
            {"no_header": True, "column": "1"},
            f"line 2: {ONE_HEADER.format(3)}",
        ),
        (
            "\n userName | active \n----------+--------\n a1       | t\n",
            {},
            f"line 2: is a table {SCREEN.format('Format-Table and sqlcmd write')}",
        ),
        ("\n1,a@example.com,a1\n", {"column": "a1"}, f"line 2: {MISSING}"),
        ("\0\0\0\0 \n", {}, "contains no data. Export the resources again."),
        (
            "title\nWho,ID\n",
            {"column": "who"},
            (
                "line 1: there is no column who; the headers are: title. "
                "The header seems to be in line 2: give skip_lines=1"
            ),
        ),
        *(
            (
                f"sep=,\n{header}",
                {},
                (
                    "line 2: the header seems to be in two lines, 2 and 3. Make one "
                    "line of them, with one header over each column."
                ),
            )
            for header in ("Username,License\n,Type", "ID,User,License\n,Name,Type")
        ),
        (
            "\nuserName isActive\n-------- --------\na1 True\n",
            {},
            f"line 2: is a table {SCREEN.format('Format-Table and sqlcmd write')}",
        ),
        (
            "\nn : a1\ni : True\n",
            {},
            f"line 2: is a list {SCREEN.format('Format-List writes')}",
        ),
        (
            "Username,x;Login\na1,b;c\nd,1;e\n",
            {},
            (
                "the header can be read in more than one way (by comma: Username, x;Login; "
                "or by semicolon: Username,x, Login). Export with a different delimiter, or "
                "begin the file with a line such as sep=;"
            ),
        ),
        (
            "\nUsername\na\nb;1\nc;1",
            {},
            f"line 2: {ONE_HEADER.format(4)}",
        ),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_in_full_sentences(
    export: Export, text: str, options: dict[str, Any], said: str
) -> None:
    path = export(text)

    assert refusal(path, **options) == f"{path}: {said}"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (
            f'{HEADER}1,a1,Active\n2,"b1,Active\n3,c1,Active\n',
            {},
            (
                f"line 3, record 2: {CLOSED}. Write a quotation mark inside a field twice, "
                "or export again."
            ),
        ),
        (
            f'{HEADER}1,a1,Active\n2,"b\\"1",Active\n',
            {},
            (
                "line 3, record 2: text follows a closing quotation mark (a backslash does "
                "not protect it). Write a quotation mark inside a field twice, or export "
                "again."
            ),
        ),
        (
            f'{HEADER}1,"a1"x,Active\n',
            {},
            (
                "line 2, record 1: text follows a closing quotation mark. Write a "
                "quotation mark inside a field twice, or export again."
            ),
        ),
        (
            f"{HEADER}1,a1,Active\n2,{'b' * 41},Active\n",
            {"max_cell": 40},
            (
                "line 3, record 2: a cell contains more than 40 characters. "
                f"{RAISE.format('cell')}"
            ),
        ),
        (
            f"{HEADER}1,a1;Active\n2,b1;Active\n",
            {},
            (
                "no record is as wide as the header, split by comma (3 fields: ID, "
                "Username, Status). The first, in line 2, has 2 fields where the "
                "header has 3. Export the file again."
            ),
        ),
        (
            "sep=,\nUsername\na,b\n",
            {},
            (
                "no record is as wide as the header, split by comma (1 field: "
                "Username). The first, in line 3, has 2 fields where the header has "
                "1. Export the file again."
            ),
        ),
        (
            "sep=:\nID:Username\n1\n",
            {},
            (
                "no record is as wide as the header, split by character given (2 "
                "fields: ID, Username). The first, in line 3, has 1 field where the "
                "header has 2. Export the file again."
            ),
        ),
    ],
)
def test_records_that_cannot_be_read_are_refused_in_full_sentences(
    export: Export, text: str, options: dict[str, Any], said: str
) -> None:
    path = export(text)

    assert refusal(path, **options) == f"{path}: {said}"


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (
            f"{HEADER}1,",
            "line 2, record 1: the record contains more than 400 characters.",
        ),
        (
            f'{HEADER}1,a1,Active\n2,"b1\n',
            f"line 3, record 2: {CLOSED} within the next 65503 characters.",
        ),
        ('"', "no header ends within the first 400 characters."),
    ],
)
def test_what_goes_on_and_on_is_refused_before_its_end(
    export: Export, begin: str, said: str
) -> None:
    path = export(begin + "x" * (1 << 20))

    said = f"{path}: {said} {RAISE.format('cell')}"

    assert refusal(path, max_cell=100) == said
