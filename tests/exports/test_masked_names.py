"""Words and masks in the place of a username are nobody's name; a single one may be."""

import string
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports.vocabulary import list_words
from apiuser.rules.case import Relation
from tests.exports.audited_names import HEADER, audit_names
from tests.exports.export_reading import READERS, Reader, each_reader, read_cases

_MASKS = """
xxxxxxxx XXX xxxx@x.example.com *** *****@x.example.com ?? ---@x [REDACTED]
<hidden> (unknown) ***redacted*** unknown@x.example.com True false
\u2022\u2022\u2022 ...
${userName} ${user.login}@x.example.com $username $env:USERNAME $(username) $$user$$
%USERNAME% %{user_name} %%login%% !USERNAME! #{username} #USERNAME#
__USERNAME__ {{username}} {{userName}}@x.example.com [username] USERNAME userName
"""


@each_reader
@pytest.mark.parametrize(
    "name", sorted({*_MASKS.split(), *list_words("no known username")})
)
@pytest.mark.many
def test_what_hides_a_name_twice_is_no_conflict_and_proves_nothing(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [name, "k4p7q2", name], read)

    assert report.conflicts in ((), [])
    assert not report.proved
    assert report.tables[0].summary.odd_names == 2
    assert "(lines 3, 5)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize("name", ["${userName}", "%USERNAME%", "Ditto", "username_1"])
def test_a_single_variable_in_the_place_of_a_name_proves_nothing(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", ["k4p7q2", name], read)

    assert not report.proved
    assert report.tables[0].unread is None
    assert "(line 4)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize(
    "name",
    [
        "xx",
        "xyz",
        "xxl1",
        "unknown1",
        "usernamer",
        "dittoa",
        "truefalse",
        "missinga",
        "a***",
        "nao",
    ],
)
def test_a_name_that_begins_like_one_is_compared(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [name, "k4p7q2", name], read)

    assert [m.username for m in report.members] == [name, name]


@each_reader
@pytest.mark.parametrize(
    "names",
    read_cases("""
        doxxxxx adxxxxx
        XXXXX01 XXXXX02
        ad_____ be_____
        xxxxxxx1@x.example.com Xxxxxb
        a----- b-----
        ~~~~~a =====b
        doxxxxx be_____
        axxxx-b cxxxx-d
        a....... b.......
    """),
)
def test_names_that_are_mostly_a_mask_prove_nothing(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [names[0], "ben", names[1]], read)

    assert report.tables[0].summary.odd_names == 2
    assert not report.proved
    assert "(lines 3, 5)" in "".join(report.notices)


@pytest.mark.parametrize("sign", string.punctuation)
@pytest.mark.parametrize("form", ["ab{}", "{}ab", "a{}b"])
@pytest.mark.many
def test_both_readers_take_the_same_runs_for_masks(
    tmp_path: Path, sign: str, form: str
) -> None:
    names = [form.format(8 * sign), f"{form.format(8 * sign)}c"]

    reports = [audit_names(tmp_path / "export.csv", names, read) for read in READERS]

    one, other = [(r.tables[0].summary.odd_names, r.missing) for r in reports]
    assert one == other


@each_reader
@pytest.mark.parametrize(
    "names",
    read_cases("""
        doxxxxx
        xxxxsmith xxxxjones
        key00001 key00002
        svc____a_long_name svc____b_long_name
        aaaaab aaaaac
        max.xxx xxl.xxx
        a___b c___d
        10000001 10000002
    """),
)
def test_runs_in_the_names_of_people_are_no_masks(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", names, read)

    assert (report.missing, report.proved) == ((), True)


_WORDS_AND_DATES = """
jan-12 12-mai hidden unknown oculto nan@x.example.com hidden7
unknown-01@x.example.com removed.3f 5-\u043c\u0430\u0440 01-gen
5-\u0444\u0435\u0432@x.example.com lis-25 jan.02
"""


@each_reader
@pytest.mark.parametrize("name", _WORDS_AND_DATES.split())
def test_a_single_name_that_may_be_a_word_or_a_date_is_pointed_out(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [name, "ben"], read)

    assert (report.missing, report.proved) == ((), True)
    (notice,) = [one for one in report.notices if "line 3" in one]
    assert f"{name} may not be a username" in notice
    assert "Look it up in Autotask, and export again if it is not there." in notice


@each_reader
@pytest.mark.parametrize(
    "names",
    read_cases("""
        gen-02 pro-01
        pro-01 pro-02
        jan-10 jan-11 jan-12
        pro-01 gen-02 des-03
        jan-12 jan-13@x.example.com
        jan.02 jan.03
    """),
)
def test_names_that_begin_with_no_two_months_of_a_language_are_pointed_out(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", names, read)

    assert (report.missing, report.proved) == ((), True)
    (notice,) = [one for one in report.notices if "lines 3, 4" in one]
    assert f"{len(names)} usernames, such as {names[0]}, may be dates" in notice


@each_reader
@pytest.mark.parametrize("name", ["hidden", "jan-12"])
def test_a_name_that_may_be_a_word_or_a_date_is_taken(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = tmp_path / "export.csv"

    report = audit_names(path, [name, "ben"], read, proposed=[name])

    assert [member.username for member in report.members] == [name, name]


@each_reader
@pytest.mark.parametrize(
    "names",
    read_cases("""
        VERO VERO, VERO vero, SANT Sant, TOSI TOSI
        WAHR wahr, IGAZ@x.example.com IGAZ, (FALSO) (FALSO)
    """),
)
def test_truth_values_that_may_be_names_are_in_conflict(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", names, read)

    assert [member.username for member in report.members] == names
    assert not report.proved


@each_reader
@pytest.mark.parametrize("listed", [1, 3])
@pytest.mark.parametrize(
    ("name", "proposed"),
    read_cases("""
        VERO VERO, VERO vero, VERO@x.example.com vero
        TRUE TRUE, TRUE true, WAHR wahr, FALSO falso
        redacted REDACTED, hidden hidden, HIDDEN hidden
        *** ***, xxxx XXXX, [hidden] [hidden]
    """),
)
def test_a_proposed_name_is_taken_by_what_stands_there(
    tmp_path: Path, name: str, proposed: str, listed: int, read: Reader
) -> None:
    path = tmp_path / "export.csv"

    report = audit_names(path, [name] * listed, read, proposed=[proposed])

    (taken,) = [one for one in report.found if one.table == 1 and one.group]
    assert taken.rule.relation is Relation.TAKEN
    assert len(report.members) == listed + 1


@each_reader
def test_masks_are_in_conflict_with_a_proposed_name_alone(
    tmp_path: Path, read: Reader
) -> None:
    masks = ["redacted"] * 3

    report = audit_names(tmp_path / "export.csv", masks, read, proposed=["redacted"])

    assert [one.table for one in report.found if one.group] == [1]


_ODD_ALONE = """
PRO-01 Jan-12 12-Jan HIDDEN (hidden) 1-jan-24 FALSO REDACTED7 redacted_007
anonymized-3f@x.example.com (Redacted#2) geschwärzt3 HIDDEN7 WAHR true redacted
jan/12 PRAWDA FAŁSZ VERO \u0418\u0421\u0422\u0418\u041d\u0410
\u041b\u041e\u0416\u042c NEPRAVDA SAND ADEVĂRAT FALS TÕENE VÄÄR@x.example.com
TOČNO NETEISINGAI \u03a3\u03a9\u03a3\u03a4\u039f 02.ian 02-\u039c\u03b1\u03ca
02.\u0441\u0456\u0447 02.sij 5\uc6d42\uc77c máj.02 #YOK #HIÁNYZIK@x.example.com
#NENÍ_K_DISPOZICI #\u041d/\u0414 Jan.02 03.saus EPÄTOSI IGAZ USANN FALSKT
DOĞRU@x.example.com 5-\u041c\u0430\u0440 05.\u043c\u0430\u0440 01-GEN 5-Şub
05.\u043c\u0430\u044f@x.example.com
"""
_ODD_WITH_SPACES = [
    "masked 1",
    "12. mai",
    "05\uc6d4 02\uc77c",
    "2026\ub144 5\uc6d4",
    "2. jaan",
    "1. tammi",
    "Wrz 2026",
    "3 \u0441\u0435\u043d 26",
]


@each_reader
@pytest.mark.parametrize(
    "names",
    [
        *read_cases("""
            hidden unknown, jan-12 feb-03, hidden jan-12
            gen-02 mag-03, lis-02 pro-01, 01-gen 02-gen, gen-02 01-gen
            pro-01 pro-02 hidden
            nan@x.example.com nan@y.example.com, nan@x.example.com hidden
            hidden7 removed8, jan.02 aug.03, 5-\u043c\u0430\u0440 01-gen
        """),
        *([name] for name in (*_ODD_ALONE.split(), *_ODD_WITH_SPACES)),
    ],
)
def test_several_such_names_or_plain_ones_prove_nothing(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", names, read)

    assert report.tables[0].summary.odd_names == len(names)
    assert not report.proved


_IN_LETTERS = """
falso wahr vrai waar onwaar falsk Faux Wahr vero Vero vero@x.example.com tosi
Sant igaz doğru sand fals Sand SANDS mar.02 may.90 gen.02 true1 TRUE1 nan7 user7
hiddena7 hidden7a key-7 k.a.1 prawda \u0418\u0441\u0442\u0438\u043d\u0430
\u043b\u043e\u0436\u044c VEROX VERO1
"""


@each_reader
@pytest.mark.parametrize("name", _IN_LETTERS.split())
def test_truth_values_in_letters_that_no_program_writes_are_names(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [name, "ben"], read)

    assert (report.missing, report.proved) == ((), True)
    assert "line 3" not in "".join(report.notices)


def write_names(path: Path, names: Sequence[str]) -> Path:
    rows = [
        f"{29682885 + at},{name},{('Active', 'Inactive')[at % 2]},Professional\n"
        for at, name in enumerate(names)
    ]
    path.write_text(f"{HEADER}\n{''.join(rows)}", "utf-8")
    return path


@each_reader
@pytest.mark.parametrize(
    "names",
    [
        *read_cases("""
            xx xx xx, x XX x
            xx@x.example.com xx@x.example.com xx@x.example.com xx@x.example.com, x xx xx
            adXXX beXXX clXX, xxa xxb xxc, aXXb cXXd eXXf
            a* be* cy*, *a *b *c, j*n a*a b*b
            ad_ be_ cy-, ad__a be__b cy__c, a# b## c#
        """),
        ["ad1", *(f"{at}xx" for at in "bcdefghijklmnopqrst")],
    ],
)
def test_names_that_are_masked_alike_prove_nothing(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    table = read(write_names(tmp_path / "export.csv", names))

    report = audit([table], co_managed=False)

    assert not report.proved
    assert "mask" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize("name", ["ada*", "a*da", "*ada", "a***", "ada*@x.example.com"])
def test_one_name_with_an_asterisk_proves_nothing(
    tmp_path: Path, name: str, read: Reader
) -> None:
    names = [name, "k4p7q2", "ben"]

    report = audit([read(write_names(tmp_path / "a.csv", names))], co_managed=False)

    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "names",
    read_cases("""
        adax bex cyx, j.ada k.ben l.cyd, a_b c-d e_f
        xavier xena x1, maxx foxx ada, adxx bexx
        r&d o'n a+b, DEXX1 ALEXX2 RIXX3
    """),
)
def test_names_with_such_letters_are_no_masks(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit([read(write_names(tmp_path / "a.csv", names))], co_managed=False)

    assert (report.missing, report.proved) == ((), True)
