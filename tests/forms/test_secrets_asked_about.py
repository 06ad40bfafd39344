"""A secret where the audit form asks for names is refused, and nowhere repeated."""

from pathlib import Path

import pytest

from apiuser.forms import show_audit
from tests.forms.windows import BrowserWindow, Sent
from tests.planted import SECRETS


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            {"do": "check", "names": f"abc1\n{SECRETS[0]}\n"},
            "Line 2 looks like a secret, not like a username, so nothing was checked.",
        ),
        (
            {"do": "compare", "expected": SECRETS[0]},
            "This looks like a secret, not like a username, so nothing was compared.",
        ),
    ],
)
def test_a_secret_among_the_names_is_refused_and_kept_nowhere(
    tmp_path: Path, sent: Sent, event: dict[str, str], said: str
) -> None:
    window = BrowserWindow(show_audit(tmp_path), sent)
    assert window.greet() == "paired"
    sheet = window.widget

    answer = window.work(**event)

    assert answer["fault"] == (
        f"{said} Delete it: only the fields for a secret keep what is in them hidden."
    )
    kept = f"{sheet.inquiry}{sheet.moments}{sheet.get_state()}"
    assert SECRETS[0] not in f"{answer}{sent}{kept}"
    assert (sheet.inquiry.names, sheet.moments.expected) == ("", "")


def test_a_secret_typed_beside_an_export_is_refused_and_kept_nowhere(
    tmp_path: Path, sent: Sent
) -> None:
    (tmp_path / "names.csv").write_text("Who\nabc1\n", encoding="utf-8")
    window = BrowserWindow(show_audit(tmp_path), sent)
    assert window.greet() == "paired"
    sheet = window.widget
    window.act(do="tick", name="names.csv", on=True)
    window.work(do="check", names="")

    answer = window.act(do="give", name="names.csv", values={"column": SECRETS[0]})

    assert answer["message"] == (
        "Not accepted: that looks like a secret. Delete it: only the fields for a secret "
        "keep what is in them hidden."
    )
    assert SECRETS[0] not in f"{sent}{sheet.inquiry}{sheet.get_state()}"
