"""An audit judges API users, and says what it did not see."""

from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.rules.policies import DEFAULT_POLICY
from tests.auditing.audit_samples import ExportRows, found, people
from tests.exports.export_reading import Reader, each_reader


def test_ordinary_people_are_not_checked_by_the_rules_for_keys(
    export_rows: ExportRows,
) -> None:
    report = audit(export_rows(people("jjennings", "o'hara", "=cmd")))

    assert set(report.counts) == {"AUD002", "AUD003"}


def test_api_users_are_checked_in_the_order_of_the_policy(
    export_rows: ExportRows,
) -> None:
    report = audit(export_rows([("sync [1", "1", "Active", "API User")]))

    codes = [row.code for row in report.rows() if row.record == 1]
    assert codes == ["USR004", "USR005"]


def test_a_username_that_is_the_address_is_a_warning(export_rows: ExportRows) -> None:
    path = export_rows(
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


def state(
    export_rows: ExportRows, *rows: tuple[str, ...]
) -> list[tuple[str, int | None]]:
    report = audit(export_rows(rows, header=STATE_HEADER))
    return [(row.code, row.record) for row in report.rows() if row.code[0] == "H"]


@pytest.mark.parametrize(
    "level",
    ["API User (system) (API-only)", "api user (system)", " API User  (system)"],
)
def test_the_full_system_level_of_an_api_user_is_noticed(
    export_rows: ExportRows, level: str
) -> None:
    found = state(export_rows, ("a1", "Yes", "API User", level, "No", "Zapier"))

    assert found == [("HYG001", 1)]


def test_a_custom_level_or_one_without_costs_is_not_the_full_one(
    export_rows: ExportRows,
) -> None:
    assert not state(
        export_rows,
        ("a1", "Yes", "7", "Presh (API-only)", "", "Zapier"),
        ("b1", "Yes", "7", "API User (system) Can't Read Costs (API-only)", "", "X"),
    )


def test_names_of_inactive_api_users_and_locked_ones_are_noticed(
    export_rows: ExportRows,
) -> None:
    assert state(
        export_rows,
        ("a1", "No", "7", "", "false", ""),
        ("b1", "Yes", "7", "", "True", ""),
        ("", "No", "7", "", "", ""),
        ("person", "No", "3", "", "yes", ""),
    ) == [("HYG002", 1), ("HYG003", 2)]


def test_several_integrations_of_one_user_are_noticed(export_rows: ExportRows) -> None:
    assert state(
        export_rows,
        ("a1", "Yes", "7", "", "", "Zapier; Cloud Depot"),
        ("b1", "Yes", "7", "", "", "Datto File Protection & Datto Workplace"),
        ("c1", "Yes", "7", "", "", "Zapier;zapier;"),
    ) == [("HYG004", 1)]


def test_columns_that_are_not_there_show_nothing(export_rows: ExportRows) -> None:
    report = audit(export_rows([("a1", "7")], header="Username,License Type"))

    assert not any(code.startswith("HYG") for code in report.counts)


def test_exactly_5000_rows_are_probably_cut(export_rows: ExportRows) -> None:
    whole = audit(export_rows(people(*(f"name{at}x" for at in range(5000)))))
    more = audit(
        export_rows(people(*(f"name{at}x" for at in range(5001))), name="b.csv")
    )

    assert whole.counts["AUD001"] == 1
    assert "AUD001" not in more.counts


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Active", "no inactive resource was seen"),
        ("Inactive", "no active resource was seen"),
        ("", "no word in the status columns says active or inactive"),
    ],
)
def test_one_half_alone_proves_nothing(
    export_rows: ExportRows, status: str, reason: str
) -> None:
    report = audit(export_rows([("a1", "1", status, "9"), ("b1", "2", status, "3")]))

    assert report.counts["AUD002"] == 1
    assert not report.complete
    assert not report.proved
    assert report.missing == (reason,)


def test_columns_that_are_not_there_are_a_reason(export_rows: ExportRows) -> None:
    report = audit(export_rows([("a1",)], header="Username"))

    assert report.missing == (
        "no column says which resources are active and which inactive",
        "no column says which users are API users or co-managing ones",
    )


def test_no_conflict_is_proved_by_all_pages_of_resources_only(
    export_rows: ExportRows,
) -> None:
    halves = [("a1", "1", "Active", "3"), ("b1", "2", "Inactive", "3")]

    without = audit(export_rows(halves))
    whole = audit(export_rows([*halves, ("c1", "3", "Active", "9")], name="b.csv"))

    assert without.missing == ("no co-managing user was seen",)
    assert whole.proved


def test_an_unreadable_record_makes_the_audit_incomplete(
    export_rows: ExportRows,
) -> None:
    rows = [("a", "1", "Active", "9"), ("b", "2", "Inactive", "3")]

    whole = audit(export_rows(rows))
    short = audit(export_rows([*rows, ("c",)], name="b.csv"))

    assert (whole.complete, short.complete) == (True, False)
    assert not short.rules


def test_records_of_unknown_kind_are_counted(export_rows: ExportRows) -> None:
    path = export_rows([("a", "1", "Active", ""), ("b", "2", "Inactive", "")])

    (row,) = [row for row in audit(path).rows() if row.code == "AUD004"]

    assert row.message.endswith("Records concerned: 2.")
    assert (row.file, row.line, row.record, row.username) == (str(path), None, None, "")


@each_reader
def test_lines_of_unknown_kind_are_named_beside_others(
    export_rows: ExportRows, read: Reader
) -> None:
    known = ("a", "1", "Active", "9")
    rows = [(f"b{at}", str(at), "Inactive", "?") for at in range(30, 52)]
    few = export_rows([known, rows[0], known, rows[1]], name="few.csv")
    many = export_rows([known, *rows], name="many.csv")

    said = [
        row.message
        for row in audit([read(few), read(many)]).rows()
        if row.code == "AUD004"
    ]

    assert said[0].endswith("Records concerned: 2 (lines 3, 5).")
    assert said[1].endswith("21, 22 and 2 more).")


def test_a_rule_that_the_policy_lacks_has_no_findings(export_rows: ExportRows) -> None:
    policy = DEFAULT_POLICY.with_rules()
    rules = tuple(r for r in policy.rules if r.code != "USR007")
    object.__setattr__(policy, "rules", rules)

    assert "USR007" not in audit(export_rows(people("a1", "a1")), policy=policy).counts


def test_records_without_a_username_leave_it_open_whether_there_is_a_conflict(
    tmp_path: Path,
) -> None:
    path = tmp_path / "blank.csv"
    path.write_text("Username,Status\n,Active\n,Inactive\n", encoding="utf-8")

    report = audit(path)

    assert "2 records without a username" in report.missing
    assert not report.proved
