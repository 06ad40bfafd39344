"""Names that are lists, masks or markup, cut, or decoded wrongly prove nothing."""

from collections.abc import Collection
from pathlib import Path
from quopri import encodestring

import pytest

from apiuser.exports import read_resources
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.audited_names import audit_beside, audit_names
from tests.exports.export_reading import READERS, Reader, each_reader, quote

WESTERN = ["m\u00fcller", "ren\u00e9", "j\u00f8rgen", "\u00e7elik", "\u00f1u\u00f1ez"]
OTHERS = """
cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 iso8859-2 iso8859-7 mac-roman
cp437 cp850 cp866 koi8-r cp932 cp874
"""


def decode_wrongly() -> dict[str, str]:
    found = {}
    for name in WESTERN:
        for codec in OTHERS.split():
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
_WRAPPED = """
a1, a1|b2 'a1 'a1' `a1` *a1 **a1** {a1} [a1] =a1 <b>a1</b> [a1](https://x)
a1&nbsp; a&#49; a%31 a1%40x.example.com mailto:a1@x.example.com (none)
[REDACTED] <hidden> a1... a1.. a1\u2026 a*** a**1 \u2022\u2022\u2022 *** ? ??
_ -@x.example.com . ad\u25cf\u25cf\u25cf be\u2588 em\uff0a\uff0a fr\u2217
cy### gi??? who? ?a m?ller m\u251c\u255dller m\u221a\u00bcller a(b)c a[1]
a<1>b a(@x.example.com a1> "a1" ["a1"] SAMPLE\\a1 a*b a"b"c "a1 amill~
amill~@x.example.com
"""
WRAPPED = [
    *_WRAPPED.split(),
    "a1; b2",
    "a1, b2",
    "a1\nb2",
    "a1 / b2",
    "a1 & b2",
    "a1 -> b2",
    "a1 => b2",
    "a1 \u2192 b2",
    "a1->b2",
    "a1@x.example.com b2@x.example.com",
    "a1@x.example.com b2",
    "a1@x.example.com / b2@x.example.com",
    "a1@x.example.com/b2@x.example.com",
    "a1@x.example.com/b2",
    "a1@x.example.com and b2@x.example.com",
    "a1@x.example.com -> b2@x.example.com",
    "a1@x.example.com \u2192 b2@x.example.com",
    "a1@x.example.comb2@x.example.com",
    "a1@x.example.com+b2@x.example.com",
    "Ada <a1@x.example.com>",
    "a1 (inactive)",
    "a1 at x.example.com",
]
# What a program wrote before a suffix in place of a name.
_REPLACED = """
NULL None NAN NaN undefined n/a N/A (null) n.a. #N/A #NAME? #REF! 1.23E+15 #ERR N.N.
#ADR! #DZIEL/0! #LICZBA! #RIF! #\u0417\u041d\u0410\u0427! #NAZWA?
3\u67081\u65e5 2026\u5e743\u67081\u65e5 10-Mar Mar-10 7.0 12:30 2026-03-10 Err:502 ##
"""
_IN_WORDS = ["no username set", "not assigned", "not set", "see above", "siehe oben"]
REPLACED = [*_REPLACED.split(), "Jan 2026", *_IN_WORDS]
_PLAIN = """
m\u00fcller JOS\u00c9 ren\u00e9 J\u00d8RGEN \u00c9milie stra\u00dfe
\u0141ukasz \u017ei\u017eka \u0160t\u011bp\u00e1n PI\u00d3\u0141KO
\u0438\u0432\u0430\u043d \u0420\u0456\u0432\u043d\u0435 \u0434\u0456\u0457
\u03b1\u03bd\u03bd\u03b1 \u0623\u062d\u0645\u062f \u5f20\u4f1f \u738bwei
\u5c71\u7530 \uff71\uff77\uff97 \uae40\ucca0\uc218 \u0938\u0940\u0924\u093e
o\u2019neil o\u00b4brien col\u00b7lell n\u00ba1 m\u00aacarmen n\u00b01
\u0438\u0432\u0430\u043d.it a=1 ab=cd a+b-c ada+test-1 x=f1 \u011e\u00fcler
\u015eahin \u0131\u015f\u0131k anna-\u00c9lise T\u0102NASE anna\u00c5 p\u00c5
lars\u00d6 jon\u00d8 ana\u00c9 max\u00dc o\u2018neil bo\u2018ri m\u00aa
n\u00ba 1\u00baa ana\u017d eva\u0160@x.example.com se\u00e1n\u00d3 mia\u00d3
j\u0160koda ana\u017dupan j\u00d3lafsson j\u00d6sterberg
eva\u00c4@x.example.com jos\u00e9\u00c1 ib\u00c6 ana\u00c7 \u00c3na JO\u00c3O
\u00e3\u00ba1 o'brien a.b-c_d a/b r&d 50% a+b #1a $a1 o'neill-smith d'arcy a(b
a]b a<b a>b@x.example.com a1@x.example.com -ada +ada a~1 a#1 ##a
nullx@x.example.com ada-10@x.example.com j.d.80@x.example.com
10-ada@x.example.com 7.1a@x.example.com anna@x.example.com
nanette@x.example.com na@x.example.com
"""
PLAIN = [*_PLAIN.split(), "anna maria", '5"disk']
SUFFIXED = [f"{name}@x.example.com" for name in REPLACED]
ODD = GARBLED | {name: name for name in (*WRAPPED, *SUFFIXED)}


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_a_name_that_is_not_as_in_autotask_leaves_nothing_proved(
    tmp_path: Path, name: str
) -> None:
    report = audit_beside(tmp_path / "export.csv", quote(name), READERS[0])

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved
    assert "(line 3)" in "".join(report.notices)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.many
def test_a_name_of_any_language_and_with_other_signs_is_one(
    tmp_path: Path, name: str
) -> None:
    report = audit_beside(tmp_path / "export.csv", quote(name), READERS[0])

    assert (report.missing, report.proved) == ((), True)


@pytest.mark.usefixtures("kept_database")
@pytest.mark.parametrize(
    ("names", "odd"),
    [(GARBLED.values(), True), (WRAPPED, True), (SUFFIXED, True), (PLAIN, False)],
    ids=["garbled", "wrapped", "with a suffix", "plain"],
)
def test_duckdb_takes_the_same_names_for_odd_ones(
    tmp_path: Path, names: Collection[str], *, odd: bool
) -> None:
    doubled = [name.replace('"', '""') for name in names]
    beside = [f"beside{at}x" for at in range(len(doubled))]
    among = [name for two in zip(doubled, beside, strict=True) for name in two]

    one, other = (audit_names(tmp_path / "a.csv", among, read) for read in READERS)

    assert isinstance(other.tables[0], LargeTable)
    assert other.tables[0].summary.odd_names == odd * len(names)
    assert (other.proved, other.missing) == (one.proved, one.missing)
    assert (other.proved, other.notices) == (not odd, one.notices)


@each_reader
@pytest.mark.parametrize(
    "name",
    [
        "jos\ufffd",
        "jos\ufffd@x.example.com",
        *(
            name.encode().decode(codec)
            for name, codec in [
                ("ren\u00e9", "cp1252"),
                ("\u00c9MILE@x.example.com", "latin-1"),
                ("\u00c9MILE@x.example.com", "cp1252"),
                ("stra\u00dfe", "cp1252"),
                ("ivan\u0438", "cp1252"),
                ("o\u2019neil", "cp1252"),
            ]
        ),
    ],
)
def test_a_name_of_broken_characters_leaves_nothing_proved(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "export.csv", name, read)

    assert report.tables[0].summary.odd_names == 1
    assert "1 username that may be written differently in Autotask" in (report.missing)
    assert "letters in the wrong encoding (line 3)" in "".join(report.notices)


@pytest.mark.parametrize("sign", ["[", "(", "<", '"x', " ", "1 ", "`", "%", "x", "a.."])
@pytest.mark.many
def test_a_long_name_is_looked_at_once(tmp_path: Path, sign: str) -> None:
    # With the square of its length this would end at the time limit of tests.
    path = tmp_path / "export.csv"
    name = f"1{sign * (400_000 // len(sign))}0".replace('"', '""')
    path.write_text(f'Username,Status,License Type\n"{name}",Active,7\nada,Active,3\n')

    assert read_resources(path).records == 2
