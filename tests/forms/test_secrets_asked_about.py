"""A secret in the box of names is refused by the audit form, and nowhere repeated."""

from pathlib import Path

from apiuser.forms import show_audit
from tests.forms.windows import BrowserWindow, Sent
from tests.planted import SECRETS


def test_a_secret_among_the_names_is_refused_and_kept_nowhere(
    tmp_path: Path, sent: Sent
) -> None:
    window = BrowserWindow(show_audit(tmp_path), sent)
    assert window.greet() == "paired"
    sheet = window.widget

    refused = window.work(do="check", names=f"abc1\n{SECRETS[0]}\n")

    assert refused["kind"] == "refused"
    assert "One of the names looks like a secret" in str(refused)
    assert SECRETS[0] not in f"{refused}{sent}{sheet.inquiry}{sheet.get_state()}"
    assert sheet.inquiry.names == ""
