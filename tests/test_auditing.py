"""An audit finds conflicts, judges API users and says what it did not see."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.auditing import PROPOSED, AuditReport, audit
from apiuser.credentials.matching import fold_lookalike
from apiuser.errors import AccessError, InputError
from apiuser.exports import read_resources
from apiuser.rules.catalogue import RULES
from apiuser.rules.policies import DEFAULT_POLICY
from apiuser.rules.rule import Severity

Export = Callable[..., Path]
DATA = Path(__file__).parent.parent / "notebooks" / "data"
CLEAN = [DATA / "sample-active.csv", DATA / "sample-inactive.csv"]
FAULTY = [DATA / "sample-faulty-active.csv", DATA / "sample-faulty-inactive.csv"]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(
        rows: Sequence[tuple[str, ...]],
        *,
        name: str = "a.csv",
        header: str = "Username,Resource ID,Status,License Type",
    ) -> Path:
        path = tmp_path / name
        lines = [header, *(",".join(row) for row in rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def people(*names: str, first: int = 1) -> list[tuple[str, ...]]:
    return [
        (name, str(at), "Active", "Professional")
        for at, name in enumerate(names, start=first)
    ]


def found(report: AuditReport, code: str) -> list[tuple[str, int | None, int | None]]:
    return [
        (row.username, row.record, row.group)
        for row in report.rows()
        if row.code == code
    ]


def test_the_clean_samples_give_nothing_worse_than_a_notice() -> None:
    report = audit(CLEAN)

    assert report.worst in {None, Severity.NOTICE}
    assert report.complete


def test_the_faulty_samples_give_every_code_an_audit_of_few_rows_can_give() -> None:
    report = audit(FAULTY)

    judged = {code for code in RULES if code.startswith(("USR", "AUD"))}
    # AUD001 is about exactly 5,000 rows, USR013 about a form.
    assert set(report.counts) == judged - {"AUD001", "USR013"} | {"HYG001"}
    assert not report.complete


def test_the_samples_are_what_their_script_writes(tmp_path: Path) -> None:
    script = Path(__file__).parent / "make_sample_exports.py"

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
    export: Export, pair: tuple[str, str]
) -> None:
    report = audit(export(people("other1", *pair)))

    assert found(report, "USR007") == [(pair[0], 2, 1), (pair[1], 3, 1)]


def test_the_same_name_under_another_suffix_is_a_warning(export: Export) -> None:
    names = ("a1@one.example.com", "a1@two.example.com")

    report = audit(export(people(*names)))

    assert "USR007" not in report.counts
    assert found(report, "USR008") == [(names[0], 1, 1), (names[1], 2, 1)]


def test_names_that_look_alike_are_a_warning(export: Export) -> None:
    report = audit(export(people("modem1", "rnodeml", "other")))

    assert "USR007" not in report.counts
    assert found(report, "USR011") == [("modem1", 1, 1), ("rnodeml", 2, 1)]


@pytest.mark.parametrize(
    ("pair", "level"),
    [
        (("a1", "a1"), "identical"),
        (("a1", "A1@x.example.com"), "identical"),
        (("a1", "\uff411"), "compatibility"),
        (("a1@one.example.com", "A1@two.example.com"), "identical"),
        (("al", "a1"), "look-alike"),
        (("presh1", "\u0440resh1"), "look-alike"),
    ],
)
def test_three_levels_of_nearness_are_told_apart(
    export: Export, pair: tuple[str, str], level: str
) -> None:
    report = audit(export(people(*pair)))

    assert {row.level for row in report.rows() if row.group} == {level}
    assert report.levels == {1: level}


def test_a_group_of_several_levels_takes_the_least_near(export: Export) -> None:
    report = audit(export(people("a1", "A1", "\uff411")))

    levels = [row.level for row in report.rows() if row.code == "USR007"]
    assert levels == ["identical", "identical", "compatibility"]
    assert report.levels == {1: "compatibility"}


def test_conflicts_are_found_across_exports_with_all_members(export: Export) -> None:
    active = export(people("b1", "a1"))
    inactive = export([("A1", "9", "Inactive", "Contractor")], name="inactive.csv")

    report = audit([active, inactive])

    assert [(m.group, m.username, m.status, m.kind) for m in report.members] == [
        (1, "a1", "active", "other"),
        (1, "A1", "inactive", "other"),
    ]


def test_one_resource_in_two_exports_is_no_conflict(export: Export) -> None:
    one = export(people("a1", "b1"))
    two = export(people("a1", "B1"), name="b.csv")

    assert "USR007" not in audit([one, two]).counts


def test_one_resource_in_two_exports_and_another_one_are_a_conflict(
    export: Export,
) -> None:
    one = export(people("a1"))
    two = export(people("a1", "a1"), name="b.csv")

    assert len(found(audit([one, two]), "USR007")) == 3


def test_an_id_doubled_within_one_export_hides_no_conflict(export: Export) -> None:
    path = export([("a1", "5", "Active", "7"), ("a1", "5", "Active", "7")])

    assert len(found(audit(path), "USR007")) == 2


def test_blank_ids_and_blank_names_make_nobody_the_same(export: Export) -> None:
    one = export([("a1", "", "Active", ""), ("", "", "Active", "")])
    two = export([("a1", " ", "Active", ""), ("", "", "Active", "")], name="b.csv")

    report = audit([one, two])

    assert [row[0] for row in found(report, "USR007")] == ["a1", "a1"]


def test_ordinary_people_are_not_judged_by_the_rules_for_keys(export: Export) -> None:
    report = audit(export(people("jjennings", "o'hara", "=cmd")))

    assert set(report.counts) == {"AUD002", "AUD003"}


def test_api_users_are_judged_in_the_order_of_the_policy(export: Export) -> None:
    report = audit(export([("sync [1", "1", "Active", "API User")]))

    codes = [row.code for row in report.rows() if row.record == 1]
    assert codes == ["USR004", "USR005"]


def test_a_username_that_is_the_address_is_a_warning(export: Export) -> None:
    path = export(
        [
            ("a1@example.com", "A1@example.com", "7"),
            ("b1@example.com", "b@example.com", "7"),
            ("ｃ1@example.com", "c1@example.com", "7"),  # noqa: RUF001
            ("d1@example.com", "d1@example.com", "3"),
            ("e1", "", "7"),
        ],
        header="Username,Email,License Type",
    )

    report = audit(path)

    assert [record for _, record, _ in found(report, "USR009")] == [1, 3]


STATE_HEADER = "Username,Active,License Type,Security Level,Locked,Integration Vendor"


def state(export: Export, *rows: tuple[str, ...]) -> list[tuple[str, int | None]]:
    report = audit(export(rows, header=STATE_HEADER))
    return [(row.code, row.record) for row in report.rows() if row.code[0] == "H"]


@pytest.mark.parametrize(
    "level",
    ["API User (system) (API-only)", "api user (system)", " API User  (system)"],
)
def test_the_full_system_level_of_an_api_user_is_noticed(
    export: Export, level: str
) -> None:
    found = state(export, ("a1", "Yes", "API User", level, "No", "Zapier"))

    assert found == [("HYG001", 1)]


def test_a_level_of_its_own_and_one_without_costs_are_not_the_full_one(
    export: Export,
) -> None:
    assert not state(
        export,
        ("a1", "Yes", "7", "Presh (API-only)", "", "Zapier"),
        ("b1", "Yes", "7", "API User (system) Can't Read Costs (API-only)", "", "X"),
    )


def test_names_of_inactive_api_users_and_locked_ones_are_noticed(
    export: Export,
) -> None:
    assert state(
        export,
        ("a1", "No", "7", "", "false", ""),
        ("b1", "Yes", "7", "", "True", ""),
        ("", "No", "7", "", "", ""),
        ("person", "No", "3", "", "yes", ""),
    ) == [("HYG002", 1), ("HYG003", 2)]


def test_several_integrations_of_one_user_are_noticed(export: Export) -> None:
    assert state(
        export,
        ("a1", "Yes", "7", "", "", "Zapier; Cloud Depot"),
        ("b1", "Yes", "7", "", "", "Datto File Protection & Datto Workplace"),
        ("c1", "Yes", "7", "", "", "Zapier;zapier;"),
    ) == [("HYG004", 1)]


def test_columns_that_are_not_there_show_nothing(export: Export) -> None:
    report = audit(export([("a1", "7")], header="Username,License Type"))

    assert not any(code.startswith("HYG") for code in report.counts)


def test_exactly_5000_rows_are_probably_cut(export: Export) -> None:
    whole = audit(export(people(*(f"name{at}x" for at in range(5000)))))
    more = audit(export(people(*(f"name{at}x" for at in range(5001))), name="b.csv"))

    assert whole.counts["AUD001"] == 1
    assert "AUD001" not in more.counts


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Active", "no inactive resource was seen"),
        ("Inactive", "no active resource was seen"),
        ("", "no word of the status columns says active or inactive"),
    ],
)
def test_one_half_alone_proves_nothing(
    export: Export, status: str, reason: str
) -> None:
    report = audit(export([("a1", "1", status, "9"), ("b1", "2", status, "3")]))

    assert report.counts["AUD002"] == 1
    assert not report.complete
    assert not report.proved
    assert report.missing == (reason,)


def test_columns_that_are_not_there_are_a_reason(export: Export) -> None:
    report = audit(export([("a1",)], header="Username"))

    assert report.missing == (
        "no column says which resources are active and which inactive",
        "no column says which users are co-managing ones",
    )


def test_no_conflict_is_proved_by_all_pages_of_resources_only(export: Export) -> None:
    halves = [("a1", "1", "Active", "3"), ("b1", "2", "Inactive", "3")]

    without = audit(export(halves))
    whole = audit(export([*halves, ("c1", "3", "Active", "9")], name="b.csv"))

    assert without.missing == ("no co-managing user was seen",)
    assert whole.proved


def test_an_unreadable_record_makes_the_audit_incomplete(export: Export) -> None:
    rows = [("a", "1", "Active", "9"), ("b", "2", "Inactive", "3")]

    whole = audit(export(rows))
    short = audit(export([*rows, ("c",)], name="b.csv"))

    assert (whole.complete, short.complete) == (True, False)
    assert short.worst is None


def test_records_of_unknown_kind_are_counted(export: Export) -> None:
    path = export([("a", "1", "Active", ""), ("b", "2", "Inactive", "")])

    (row,) = [row for row in audit(path).rows() if row.code == "AUD004"]

    assert row.message.endswith("Records concerned: 2.")
    assert (row.file, row.line, row.record, row.username) == (str(path), None, None, "")


def test_proposed_names_are_judged_against_the_exports_and_each_other(
    export: Export,
) -> None:
    path = export(people("taken1", "modem1"))
    proposed = ["Taken1", "rnodem1", "free2", "free2", "new", ""]

    report = audit(path, proposed=proposed)

    rows = [(r.code, r.record) for r in report.rows() if r.file == PROPOSED]
    assert rows == [
        ("USR007", 1),
        ("USR011", 2),
        ("USR007", 3),
        ("USR007", 4),
        ("USR003", 5),
        ("USR001", 6),
    ]
    assert [m.username for m in report.members if m.group == 1] == ["taken1", "Taken1"]


def test_a_proposed_name_is_no_fault_of_the_resource_that_has_it(
    export: Export,
) -> None:
    report = audit(export(people("taken1")), proposed=["taken1"])

    assert [row.file for row in report.rows() if row.code == "USR007"] == [PROPOSED]


@pytest.mark.parametrize(
    ("taken", "proposed", "free"),
    [
        (["presh"], "presh", "presh2"),
        (["presh", "presh2"], "Presh", "presh3"),
        (["presh7"], "presh7", "presh8"),
        (["presh9", "preshlo"], "presh9@x.example.com", "presh11@x.example.com"),
        (["modem1"], "rnodem1", "rnodem2"),
    ],
)
def test_a_free_name_is_suggested_for_a_taken_one(
    export: Export, taken: list[str], proposed: str, free: str
) -> None:
    report = audit(export(people(*taken)), proposed=[proposed])

    assert report.suggestions == {proposed: free}


def test_two_taken_names_get_two_suggestions(export: Export) -> None:
    report = audit(export(people("a1", "b1")), proposed=["a1", "A1", "b1", "c1"])

    assert report.suggestions == {"a1": "a2", "A1": "a3", "b1": "b2"}


def test_nothing_is_suggested_where_no_number_mends_the_name(export: Export) -> None:
    names = ["123", "a[1", "x" * 40]

    report = audit(export(people(*names)), proposed=[*names, "free1"])

    assert report.suggestions == {}


def test_all_names_read_are_taken(export: Export) -> None:
    report = audit(export(people("a1", "b1")), proposed=["c1"])

    assert all(name in report.taken for name in ("A1", "b1@x.example.com", "c1"))
    assert "d1" not in report.taken


def test_the_findings_come_as_a_frame_of_text_and_numbers(export: Export) -> None:
    report = audit(export(people("007", "007")))

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
    ]
    conflict = frame[frame["code"] == "USR007"]
    assert conflict["username"].tolist() == ["007", "007"]
    assert conflict["group"].tolist() == [1, 1]
    assert frame["line"].isna().tolist() == [True, True, False, False]


def test_tables_and_paths_may_be_mixed_and_progress_is_told(export: Export) -> None:
    one = export(people("a1"))
    two = export(people("b1"), name="b.csv")
    steps = []

    audit(
        [read_resources(one), str(two)],
        progress=lambda done, total, text: steps.append((done, total, text)),
    )

    assert steps[0] == (1, 5, f"reading {two}")
    assert steps[-1] == (5, 5, "done")


def test_nothing_and_the_same_file_twice_are_refused(export: Export) -> None:
    path = export(people("a1"))

    with pytest.raises(InputError, match="nothing to audit"):
        audit([])
    with pytest.raises(InputError, match="given twice"):
        audit([path, path.parent / "." / path.name])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="is not there"):
        audit([tmp_path / "gone.csv"])


def test_a_policy_without_a_rule_has_no_findings_of_it(export: Export) -> None:
    policy = DEFAULT_POLICY.with_rules()
    rules = tuple(r for r in policy.rules if r.code != "USR007")
    object.__setattr__(policy, "rules", rules)

    assert "USR007" not in audit(export(people("a1", "a1")), policy=policy).counts


NAME = st.text(st.sampled_from("aAmrnl1Ii0oO|é@ \tß\u017f"), max_size=10)


@given(names=st.lists(NAME, min_size=2, max_size=12))
def test_no_pair_that_looks_alike_is_missed(
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


def test_records_without_a_username_leave_it_open_whether_there_is_a_conflict(
    tmp_path: Path,
) -> None:
    path = tmp_path / "blank.csv"
    path.write_text("Username,Status\n,Active\n,Inactive\n", encoding="utf-8")

    report = audit(path)

    assert "2 records without a username" in report.missing
    assert not report.proved


def test_a_word_in_the_id_column_makes_no_two_resources_one(tmp_path: Path) -> None:
    active, inactive = tmp_path / "active.csv", tmp_path / "inactive.csv"
    active.write_text("Username,ID,Status\njdoe,N/A,Active\n", encoding="utf-8")
    inactive.write_text("Username,ID,Status\njdoe,N/A,Inactive\n", encoding="utf-8")

    report = audit([active, inactive])

    assert report.counts["USR007"] == 2
