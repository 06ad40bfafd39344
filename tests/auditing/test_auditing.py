"""An audit finds the names that are in conflict, across exports."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.auditing import audit
from apiuser.credentials.matching import fold_lookalike
from apiuser.errors import AccessError, InputError
from apiuser.exports import read_resources
from apiuser.rules.catalogue import RULES
from apiuser.rules.rule import Severity
from tests.auditing.audit_samples import ExportRows, found, people
from tests.exports.export_reading import may_be_name

DATA = Path(__file__).parents[2] / "notebooks" / "data"
CLEAN = [DATA / "sample-active.csv", DATA / "sample-inactive.csv"]
FAULTY = [DATA / "sample-faulty-active.csv", DATA / "sample-faulty-inactive.csv"]


def test_the_clean_samples_give_nothing_worse_than_a_notice() -> None:
    report = audit(CLEAN)

    assert {rule.severity for rule in report.rules} <= {Severity.NOTICE}
    assert report.complete


def test_the_faulty_samples_give_every_code_an_audit_of_few_rows_can_give() -> None:
    report = audit(FAULTY)

    judged = {code for code in RULES if code.startswith(("USR", "AUD"))}
    # AUD001 is about exactly 5,000 rows, AUD005 about several tenants, USR013 and
    # USR014 about a form.
    others = {"AUD001", "AUD005", "USR013", "USR014"}
    assert set(report.counts) == judged - others | {"HYG001"}
    assert not report.complete


def test_the_samples_are_what_their_script_writes(tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "make_sample_exports.py"

    subprocess.run([sys.executable, script, tmp_path], check=True)

    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in DATA.glob("*.csv")}


@pytest.mark.parametrize(
    "pair",
    [
        ("presh1", "PRESH1"),
        ("presh1", " presh1"),
        ("straße1", "STRASSE1"),
        ("presh1", "ｐｒｅｓｈ１"),  # noqa: RUF001
        ("presh1", "presh1@sample.example.com"),
        ("presh1@A.example.com", "presh1@a.example.com"),
        ("sam", "sam"),
    ],
)
def test_names_that_count_as_the_same_are_in_conflict(
    export_rows: ExportRows, pair: tuple[str, str]
) -> None:
    report = audit(export_rows(people("other1", *pair)))

    assert found(report, "USR007") == [(pair[0], 2, 1), (pair[1], 3, 1)]


def test_the_same_name_under_another_suffix_is_a_warning(
    export_rows: ExportRows,
) -> None:
    names = ("a1@one.example.com", "a1@two.example.com")

    report = audit(export_rows(people(*names)))

    assert "USR007" not in report.counts
    assert found(report, "USR008") == [(names[0], 1, 1), (names[1], 2, 1)]


def test_names_that_look_alike_are_a_warning(export_rows: ExportRows) -> None:
    report = audit(export_rows(people("modem1", "rnodeml", "other")))

    assert "USR007" not in report.counts
    assert found(report, "USR011") == [("modem1", 1, 1), ("rnodeml", 2, 1)]


@pytest.mark.parametrize(
    ("pair", "level"),
    [
        (("a1", "a1"), "identical"),
        (("a1", "a1@x.example.com"), "identical"),
        (("a1", "A1@x.example.com"), "capitals"),
        (("a1", "\uff411"), "compatibility"),
        (("a1@one.example.com", "A1@two.example.com"), "capitals"),
        (("jose1", "Jos\u00e91"), "accents"),
        (("jose1", "jos\u0435\u03011"), "look-alike"),
        (("al", "a1"), "look-alike"),
        (("presh1", "\u0440resh1"), "look-alike"),
    ],
)
def test_five_levels_of_closeness_are_distinguished(
    export_rows: ExportRows, pair: tuple[str, str], level: str
) -> None:
    report = audit(export_rows(people(*pair)))

    assert {row.level for row in report.rows() if row.group} == {level}
    assert report.levels == {1: level}


def test_a_group_of_several_levels_has_the_least_close_one(
    export_rows: ExportRows,
) -> None:
    report = audit(export_rows(people("a1", "a1", "A1", "\uff411")))

    levels = [row.level for row in report.rows() if row.code == "USR007"]
    assert levels == ["identical", "identical", "capitals", "compatibility"]
    assert report.levels == {1: "compatibility"}


def test_conflicts_are_found_across_exports_with_all_members(
    export_rows: ExportRows,
) -> None:
    active = export_rows(people("b1", "a1"))
    inactive = export_rows([("A1", "9", "Inactive", "Contractor")], name="inactive.csv")

    report = audit([active, inactive])

    assert [(m.group, m.username, m.status, m.kind) for m in report.members] == [
        (1, "a1", "active", "other"),
        (1, "A1", "inactive", "other"),
    ]


def test_one_resource_in_two_exports_is_no_conflict(export_rows: ExportRows) -> None:
    one = export_rows(people("a1", "b1"))
    two = export_rows(people("a1", "B1"), name="b.csv")

    assert "USR007" not in audit([one, two]).counts


def test_one_resource_in_two_exports_and_another_one_are_a_conflict(
    export_rows: ExportRows,
) -> None:
    one = export_rows(people("a1"))
    two = export_rows(people("a1", "a1"), name="b.csv")

    assert len(found(audit([one, two]), "USR007")) == 3


def test_an_id_that_occurs_twice_in_one_export_hides_no_conflict(
    export_rows: ExportRows,
) -> None:
    path = export_rows([("a1", "5", "Active", "7"), ("a1", "5", "Active", "7")])

    assert len(found(audit(path), "USR007")) == 2


def test_blank_ids_and_blank_names_never_match(
    export_rows: ExportRows,
) -> None:
    one = export_rows([("a1", "", "Active", ""), ("", "", "Active", "")])
    two = export_rows([("a1", " ", "Active", ""), ("", "", "Active", "")], name="b.csv")

    report = audit([one, two])

    assert [row[0] for row in found(report, "USR007")] == ["a1", "a1"]


def test_the_findings_come_as_a_frame_of_text_and_numbers(
    export_rows: ExportRows,
) -> None:
    report = audit(export_rows(people("007", "007")))

    frame = report.findings

    assert list(frame.columns) == [
        "code",
        "severity",
        "file",
        "line",
        "record",
        "username",
        "message",
        "group",
        "level",
        "other",
    ]
    conflict = frame[frame["code"] == "USR007"]
    assert conflict["username"].tolist() == ["007", "007"]
    assert conflict["group"].tolist() == [1, 1]
    assert frame["line"].isna().tolist() == [False, False, True, True]


def test_tables_and_paths_may_be_mixed_and_progress_is_reported(
    export_rows: ExportRows,
) -> None:
    one = export_rows(people("a1"))
    two = export_rows(people("b1"), name="b.csv")
    steps = []

    audit(
        [read_resources(one), str(two)],
        progress=lambda done, total, text: steps.append((done, total, text)),
    )

    assert steps[0] == (1, 5, f"reading {two}")
    assert steps[-1] == (5, 5, "done")


def test_nothing_and_the_same_file_twice_are_refused(export_rows: ExportRows) -> None:
    path = export_rows(people("a1"))

    with pytest.raises(InputError, match="nothing to audit"):
        audit([])
    with pytest.raises(InputError, match="given twice"):
        audit([path, path.parent / "." / path.name])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="does not exist"):
        audit([tmp_path / "gone.csv"])


NAME = st.text(st.sampled_from("aAmrnl1Ii0oO|é@ \tß\u017f"), max_size=10).filter(
    may_be_name
)


@given(names=st.lists(NAME, min_size=2, max_size=12))
@pytest.mark.many
def test_no_pair_of_look_alikes_is_missed(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "pairs.csv"
    lines = ["Resource ID;Username", *(f'1;"{name}"' for name in names)]
    path.write_text("\n".join(lines), encoding="utf-8")

    report = audit(path)

    forms = [fold_lookalike(name.partition("@")[0]) for name in names]
    expected = {
        at
        for at in range(1, len(names) + 1)
        if forms[at - 1] and forms.count(forms[at - 1]) > 1
    }
    codes = ("USR007", "USR008", "USR011")
    assert {row.record for row in report.rows() if row.code in codes} == expected


def test_a_word_in_the_id_column_does_not_join_two_resources(tmp_path: Path) -> None:
    active, inactive = tmp_path / "active.csv", tmp_path / "inactive.csv"
    active.write_text("Username,ID,Status\njdoe,N/A,Active\n", encoding="utf-8")
    inactive.write_text("Username,ID,Status\njdoe,N/A,Inactive\n", encoding="utf-8")

    report = audit([active, inactive])

    assert report.counts["USR007"] == 2
