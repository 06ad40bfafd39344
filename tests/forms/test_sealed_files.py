"""Every file whose passphrase nobody saw holds up the save and Finish."""

from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent
from tests.planted import PASSPHRASES, SECRETS

pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: Sent
) -> BrowserWindow:
    """A sheet at the stage in which the secret is stored."""
    monkeypatch.setenv("HOME", str(tmp_path))
    window = BrowserWindow(WorkSheet(Job.ROTATE, folder=tmp_path), sent)
    window.greet()
    window.act(do="set", key="applications", value="Sample app")
    window.act(do="set", key="username", value="sample4key@example.com")
    window.type(SECRETS[0])
    window.press("primary")
    return window


def store(window: BrowserWindow, name: str, lock: str = "generated") -> str:
    for what in ("passphrase", "passphrase again"):
        window.type(PASSPHRASES[0], what)
    window.press("store", values={"file": name, "lock": lock})
    card = next(c for c in window.widget.shown["cards"] if c["code"] == "file")
    return str(card["stored"][-1]["path"])


def go_on(window: BrowserWindow) -> list[str]:
    """Tick everything, press on, and return what holds it up."""
    for key in ("stored", "pasted"):
        window.act(do="set", key=key, value=True)
    window.press("primary")
    return [fault["text"] for fault in window.widget.shown["faults"]]


def is_stored(window: BrowserWindow) -> bool:
    assert isinstance(window.widget, WorkSheet)
    return bool(window.widget.session.checklist.values["stored"])


@pytest.mark.parametrize("second", ["generated", "own"])
def test_a_file_written_before_the_last_one_is_named(
    window: BrowserWindow, second: str
) -> None:
    one, two = store(window, "one.kdbx"), store(window, "two.kdbx", second)
    if second == "generated":
        window.show(f"passphrase:{two}")

    assert not is_stored(window)
    (held,) = go_on(window)
    window.show(f"passphrase:{one}")

    assert held == (
        f"Reveal or copy the passphrase of {one} first: it is shown nowhere else."
    )
    assert window.widget.shown["faults"] == []
    assert is_stored(window)
    assert go_on(window) == []
    assert window.widget.shown["stage"] == "handover"


def test_each_of_several_files_is_named(window: BrowserWindow) -> None:
    paths = [store(window, f"{name}.kdbx") for name in ("a", "b", "c")]

    held = go_on(window)

    assert [text.split()[6] for text in held] == paths


def test_what_is_written_later_holds_up_what_was_done(window: BrowserWindow) -> None:
    one = store(window, "one.kdbx")
    window.show(f"passphrase:{one}")
    assert go_on(window) == []
    window.press("stage:store")
    two = store(window, "two.kdbx")
    window.press("stage:handover")
    window.act(do="set", key="tested", value=True)

    window.press("primary")

    (fault,) = window.widget.shown["faults"]
    assert two in fault["text"]
    assert not window.widget.shown["finished"]


def test_a_takeover_leaves_the_files_that_somebody_can_open(
    window: BrowserWindow,
) -> None:
    one, _ = store(window, "one.kdbx"), store(window, "two.kdbx")
    window.show(f"passphrase:{one}")

    window.widget.forget()

    card = next(c for c in window.widget.shown["cards"] if c["code"] == "file")
    assert [file["path"] for file in card["stored"]] == [one]
    assert is_stored(window)


def test_the_box_holds_the_file_that_was_written_last(
    window: BrowserWindow, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()

    for file in ("new.kdbx", str(tmp_path / "other" / "new.kdbx")):
        store(window, file)

        card = next(c for c in window.widget.shown["cards"] if c["code"] == "file")
        assert card["file"] == file


def test_a_passphrase_that_is_refused_counts_as_not_seen(
    window: BrowserWindow,
) -> None:
    path = store(window, "one.kdbx")
    for _ in range(20):
        window.ask("secret")

    refused = window.act(do="ask", what=f"passphrase:{path}")

    assert refused["kind"] == "refused"
    assert not is_stored(window)
    assert path in go_on(window)[0]


def test_a_tick_is_not_taken_while_nobody_can_open_the_file(
    window: BrowserWindow,
) -> None:
    path = store(window, "one.kdbx")

    window.act(do="set", key="stored", value=True)

    assert not is_stored(window)
    assert path in window.widget.shown["said"]["text"]


@pytest.mark.parametrize("place", ["{}/one.kdbx", "sub/{}/one.kdbx", "~{}/one.kdbx"])
def test_a_secret_in_the_place_of_a_file_is_not_repeated(
    window: BrowserWindow, place: str
) -> None:
    window.press("store", values={"file": place.format(SECRETS[0])})

    said = window.widget.shown["said"]["text"]
    assert said == "The secret is in the place of the file. Take it out."
    assert SECRETS[0] not in str(window.widget.get_state())


def test_a_home_folder_of_nobody_is_a_folder_that_does_not_exist(
    window: BrowserWindow,
) -> None:
    window.press("store", values={"file": "~nosuchuser/one.kdbx"})

    assert window.widget.shown["said"]["text"].endswith(
        "~nosuchuser/one.kdbx: the folder does not exist. Make it or choose another."
    )


def test_a_passphrase_of_a_write_that_failed_is_not_used_for_the_next_one(
    window: BrowserWindow, tmp_path: Path
) -> None:
    (tmp_path / "one.kdbx").write_text("it exists")
    for what in ("passphrase", "passphrase again"):
        window.type(PASSPHRASES[0], what)
    window.press("store", values={"file": "one.kdbx", "lock": "own"})

    window.press("store", values={"file": "two.kdbx", "lock": "own"})

    said = window.widget.shown["said"]["text"]
    assert said.startswith("Type the passphrase in both boxes")
    assert not (tmp_path / "two.kdbx").exists()


def test_a_file_that_was_deleted_holds_nothing_up_and_is_named_no_more(
    window: BrowserWindow,
) -> None:
    sealed, former = store(window, "one.kdbx"), store(window, "two.kdbx", "own")
    Path(sealed).unlink()
    held = go_on(window)
    window.type(SECRETS[1])
    window.press("stage:store")
    (card,) = (c for c in window.widget.shown["cards"] if c["code"] == "file")
    named = card["useless"]
    Path(former).unlink()
    window.act(do="set", key="consultant", value="Sample Consultant")
    (card,) = (c for c in window.widget.shown["cards"] if c["code"] == "file")

    assert held == []
    assert named == [f"{former}: holds a former value. Delete it."]
    assert card["useless"] == []


def test_the_next_file_is_offered_beside_the_former_one(
    window: BrowserWindow, tmp_path: Path
) -> None:
    (tmp_path / "vault").mkdir()
    former = store(window, str(tmp_path / "vault" / "one.kdbx"), "own")
    window.type(SECRETS[1])
    (card,) = (c for c in window.widget.shown["cards"] if c["code"] == "file")
    there = card["file"]
    Path(former).unlink()
    window.act(do="set", key="consultant", value="Sample Consultant")
    (card,) = (c for c in window.widget.shown["cards"] if c["code"] == "file")

    assert there == str(tmp_path / "vault" / "one-2.kdbx")
    assert card["file"] == former
