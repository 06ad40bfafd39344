"""Handover files open elsewhere, for the right person only, and leave nothing else."""

import base64
import datetime as dt
import hashlib
import math
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown
from scipy.stats import chisquare

from apiuser.credentials.credential import Secret, Username
from apiuser.errors import AccessError, ExtraError, InputError
from apiuser.handover import (
    PASSPHRASE_BITS,
    Entry,
    Handover,
    Sheet,
    check_handover,
    check_passphrase,
    check_plaintext,
    check_sheet,
    generate_passphrase,
    render_html,
    render_markdown,
    write_handover,
    write_sheet,
)
from apiuser.handover.kdbx import LANES, MEMORY_KIB, ROUNDS, seal_kdbx
from apiuser.handover.kdbx_document import write_document
from apiuser.handover.passphrase import LEAST_DIFFERENT, LEAST_LENGTH, SIGNS
from apiuser.leaks import scan_for
from tests.handover_tools import find_tool, run_in_terminal, run_keepassxc
from tests.kdbx_reader import read_kdbx
from tests.planted import PASSPHRASES, SECRETS

PASSPHRASE = Secret(PASSPHRASES[0])
GIT = shutil.which("git") or ""
TRACKING = "SAMPLE0TRACKING0IDENTIFIER0"
NOTES = 'Line one.\nLine two with <marks> & "quotes".'


def make_entry(secret: str = SECRETS[0], **changed: str) -> Entry:
    texts = {
        "title": "Sample MSP <Zapier> & Co",
        "url": "https://example.com/?a=1&b=2",
        "tracking_identifier": TRACKING,
        "notes": NOTES,
    }
    username = Username("sample1key", "example.com")
    return Entry(username=username, secret=Secret(secret), **(texts | changed))


def make_key(folder: Path) -> tuple[str, Path]:
    identity = pyrage.x25519.Identity.generate()
    path = folder / "key.txt"
    path.write_text(f"{identity}\n", encoding="ascii")
    return str(identity.to_public()), path


EXPECTED = {
    "Title": "Sample MSP <Zapier> & Co",
    "UserName": "sample1key@example.com",
    "Password": SECRETS[0],
    "URL": "https://example.com/?a=1&b=2",
    "Notes": NOTES,
    "Tracking identifier": TRACKING,
}


def test_keepassxc_opens_the_file_and_shows_every_field(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    asked = [part for name in EXPECTED for part in ("-a", name)]
    shown = run_keepassxc(path, PASSPHRASES[0], "show", "-s", *asked, EXPECTED["Title"])

    assert shown == "".join(f"{text}\n" for text in EXPECTED.values())


def test_keepassxc_names_the_cipher_and_the_key_derivation(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    told = run_keepassxc(path, PASSPHRASES[0], "db-info")

    assert "Cipher: ChaCha20 256-bit" in told
    assert f"KDF: Argon2id ({ROUNDS} rounds, {MEMORY_KIB} KB)" in told
    assert "Number of entries: 1" in told


def test_keepassxc_does_not_show_the_protected_fields_unasked(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    shown = run_keepassxc(path, PASSPHRASES[0], "show", "--all", EXPECTED["Title"])

    assert SECRETS[0] not in shown
    assert TRACKING not in shown
    assert "UserName: sample1key@example.com" in shown


def test_keepassxc_can_save_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    run_keepassxc(path, PASSPHRASES[0], "mkdir", "Later")

    assert "Later/" in run_keepassxc(path, PASSPHRASES[0], "ls")
    shown = run_keepassxc(
        path, PASSPHRASES[0], "show", "-s", "-a", "Password", EXPECTED["Title"]
    )
    assert shown == f"{SECRETS[0]}\n"


def test_keepassxc_refuses_another_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    with pytest.raises(AssertionError, match="KeePassXC answers 1"):
        run_keepassxc(path, PASSPHRASES[1], "ls")


def test_every_field_comes_back_from_a_keepass_file() -> None:
    sealed = seal_kdbx(make_entry(), PASSPHRASE)

    assert read_kdbx(sealed, PASSPHRASES[0]) == EXPECTED


class _Unchanged:
    def update(self, data: bytes) -> bytes:
        return data


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=8)


@given(secret=ANY_TEXT, notes=ANY_TEXT)
def test_any_text_comes_back_from_the_document(secret: str, notes: str) -> None:
    entry = make_entry(secret, notes=f"{notes}\n\t{notes}")

    document = write_document(entry, _Unchanged())

    strings = {
        string.findtext("Key"): string.findtext("Value")
        for string in ET.fromstring(document).iter("String")  # noqa: S314  # our own
    }
    assert base64.b64decode(strings["Password"] or "").decode() == secret
    assert strings["Notes"] == entry.notes


def test_a_changed_byte_is_noticed() -> None:
    sealed = seal_kdbx(make_entry(), PASSPHRASE)
    changed = bytearray(sealed)
    changed[-100] ^= 1

    with pytest.raises(AssertionError):
        read_kdbx(bytes(changed), PASSPHRASES[0])


def test_two_files_of_one_entry_have_nothing_in_common() -> None:
    one, other = (seal_kdbx(make_entry(), PASSPHRASE) for _ in range(2))

    assert one[12:] != other[12:]
    assert one[-200:] != other[-200:]


def test_argon2_is_as_costly_as_promised() -> None:
    assert MEMORY_KIB >= 64 * 1024
    assert ROUNDS * LANES >= 12


AGE_LINES = (
    "Title: Sample MSP <Zapier> & Co\n"
    "Username (key): sample1key@example.com\n"
    f"Password (secret): {SECRETS[0]}\n"
    f"Tracking identifier: {TRACKING}\n"
    "URL: https://example.com/?a=1&b=2\n"
    "\nNotes:\n"
    f"{NOTES}\n"
)


def test_age_opens_a_file_with_the_receivers_key(tmp_path: Path) -> None:
    recipient, key = make_key(tmp_path)
    path = tmp_path / "new.age"
    write_handover(make_entry(), path, [recipient])

    done = subprocess.run(
        [find_tool("age"), "--decrypt", "-i", str(key), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == AGE_LINES


def test_age_opens_a_file_with_the_passphrase(tmp_path: Path) -> None:
    age = find_tool("age")
    path = tmp_path / "new.age"
    write_handover(make_entry(), path, PASSPHRASE)

    code, told = run_in_terminal(
        [age, "--decrypt", "-o", "plain.txt", path.name],
        f"{PASSPHRASES[0]}\n",
        tmp_path,
    )

    assert code == 0, told
    assert (tmp_path / "plain.txt").read_text(encoding="utf-8") == AGE_LINES


def test_age_files_open_for_each_of_several_receivers(tmp_path: Path) -> None:
    keys = [pyrage.x25519.Identity.generate() for _ in range(2)]
    path = tmp_path / "new.age"

    handover = write_handover(
        make_entry(), path, [str(key.to_public()) for key in keys]
    )

    for key in keys:
        assert pyrage.decrypt(path.read_bytes(), [key]).decode() == AGE_LINES
    assert handover.opened_with == "the receiver's own key"


@pytest.mark.parametrize("name", ["new.kdbx", "new.age"])
def test_a_file_is_for_its_owner_only_and_told_as_it_is(
    name: str, tmp_path: Path
) -> None:
    handover = write_handover(make_entry(), tmp_path / name, PASSPHRASE)

    data = (tmp_path / name).read_bytes()
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert handover.sha256 == hashlib.sha256(data).hexdigest()
    assert handover.size == len(data)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert scan_for(Secret(SECRETS[0]), [tmp_path]).leaks == ()
    assert scan_for(PASSPHRASE, [tmp_path]).leaks == ()


@pytest.mark.parametrize("name", ["new.kdbx", "new.age"])
def test_an_existing_file_stays_unless_told_otherwise(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")

    with pytest.raises(InputError, match="exists already"):
        write_handover(make_entry(), path, PASSPHRASE)
    assert path.read_bytes() == b"old"

    path.chmod(0o644)
    write_handover(make_entry(), path, PASSPHRASE, overwrite=True)
    assert path.read_bytes() != b"old"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_dangling_link_counts_as_existing(tmp_path: Path) -> None:
    (tmp_path / "new.kdbx").symlink_to(tmp_path / "nowhere")

    with pytest.raises(InputError, match="exists already"):
        check_handover(tmp_path / "new.kdbx")


@pytest.mark.parametrize("marker", ["folder", "file"])
def test_a_git_work_tree_is_refused_unless_told_otherwise(
    marker: str, tmp_path: Path
) -> None:
    git = tmp_path / ".git"
    git.mkdir() if marker == "folder" else git.write_text("gitdir: elsewhere")
    inside = tmp_path / "deep" / "folder"
    inside.mkdir(parents=True)
    path = inside / "new.kdbx"

    with pytest.raises(InputError, match="git work tree"):
        write_handover(make_entry(), path, PASSPHRASE)
    assert list(inside.iterdir()) == []

    write_handover(make_entry(), path, PASSPHRASE, inside_git=True)
    assert path.exists()


def test_a_link_into_a_git_work_tree_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "tree")

    with pytest.raises(InputError, match="git work tree"):
        check_handover(tmp_path / "link" / "new.kdbx")


def make_tree(folder: Path, *words: str) -> Path:
    """Make a repository and the folder that is to be its work tree elsewhere."""
    (folder / "tree" / "deep").mkdir(parents=True)
    subprocess.run([GIT, "init", "-q", *words, str(folder / "kept")], check=True)
    return folder / "tree" / "deep" / "new.kdbx"


@pytest.mark.parametrize("kept", ["absolute", "relative"])
def test_a_work_tree_that_the_environment_names_is_refused(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_tree(tmp_path, "--bare")
    check_handover(path)
    monkeypatch.chdir(tmp_path)
    folder = {"absolute": tmp_path, "relative": Path()}[kept]
    monkeypatch.setenv("GIT_DIR", str(folder / "kept"))
    monkeypatch.setenv("GIT_WORK_TREE", str(folder / "tree"))

    with pytest.raises(InputError, match="git work tree"):
        check_handover(path)
    with pytest.raises(InputError, match="git work tree"):
        check_plaintext(path.with_suffix(".csv"))
    check_handover(tmp_path / "new.kdbx")


def test_a_work_tree_that_the_settings_of_the_repository_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_tree(tmp_path)
    monkeypatch.chdir(tmp_path / "kept")
    setting = [GIT, "config", "core.worktree", str(tmp_path / "tree")]
    subprocess.run(setting, check=True)

    with pytest.raises(InputError, match="git work tree"):
        check_handover(path)


def test_where_git_is_missing_or_broken_its_folder_is_looked_for_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "git").write_bytes(b"not a program")
    (tmp_path / "git").chmod(0o755)

    for place in (tmp_path / "tree", tmp_path):
        monkeypatch.setenv("PATH", str(place))
        check_handover(tmp_path / "new.kdbx")
        with pytest.raises(InputError, match="git work tree"):
            check_handover(tmp_path / "tree" / "new.kdbx")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="folder does not exist"):
        check_handover(tmp_path / "missing" / "new.kdbx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(AccessError, match="not writable"):
        check_handover(tmp_path / "new.kdbx")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "new.kdbx").mkdir()

    with pytest.raises(InputError, match="is a folder"):
        check_handover(tmp_path / "new.kdbx", overwrite=True)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.kdbx or \.age"):
        check_handover(tmp_path / "new.txt")


def test_a_keepass_file_is_not_made_for_a_key(tmp_path: Path) -> None:
    recipient, _key = make_key(tmp_path)

    with pytest.raises(InputError, match=r"only an \.age file"):
        check_handover(tmp_path / "new.kdbx", recipients=[recipient])


def test_wrong_recipients_are_told_without_being_shown(tmp_path: Path) -> None:
    recipient, key = make_key(tmp_path)
    private = key.read_text(encoding="ascii").strip()
    mistyped = recipient[:20] + ("q" if recipient[20] != "q" else "p") + recipient[21:]

    for recipients, told in (
        ([private], "Recipient 1 is a private key"),
        ([recipient, mistyped], "Recipient 2 is not an age public key"),
        (["ssh-ed25519 AAAA"], "Recipient 1 is not an age public key"),
    ):
        with pytest.raises(InputError, match=told) as caught:
            check_handover(tmp_path / "new.age", recipients=recipients)
        assert recipients[-1] not in str(caught.value)
    with pytest.raises(InputError, match="No recipient"):
        write_handover(make_entry(), tmp_path / "new.age", [])


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("short-one", f"fewer than {LEAST_LENGTH} characters"),
        ("x" * LEAST_LENGTH, f"fewer than {LEAST_DIFFERENT} different"),
        ("abcABC" * 5, f"fewer than {LEAST_DIFFERENT} different"),
        ("abcdefgh\tabcdefgh", "cannot be typed"),
        ("", f"fewer than {LEAST_LENGTH} characters"),
    ],
)
def test_a_weak_passphrase_is_refused_and_nothing_written(
    passphrase: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told) as caught:
        write_handover(make_entry(), tmp_path / "new.kdbx", Secret(passphrase))

    assert not passphrase or passphrase not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_of_the_least_length_is_taken() -> None:
    check_passphrase(Secret("sixteen letters!"))


def test_generated_passphrases_hold_the_stated_entropy() -> None:
    drawn = [generate_passphrase().reveal() for _ in range(2000)]
    counts = Counter("".join(drawn).replace("-", ""))

    assert all(
        re.fullmatch(rf"(?:[{SIGNS}]{{4}}-){{5}}[{SIGNS}]{{4}}", p) for p in drawn
    )
    assert len(set(drawn)) == len(drawn)
    assert len(SIGNS) == len(set(SIGNS)) == 28
    assert math.isclose(PASSPHRASE_BITS, math.log2(28**24))
    assert not set("aeioul01") & set(SIGNS)
    assert chisquare([counts[sign] for sign in SIGNS]).pvalue > 1e-6


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "The title is empty"),
        ({"title": "two\nlines"}, "The title holds a line break"),
        ({"url": "https://example.com/\x00"}, "The URL holds a line break or control"),
        ({"notes": "bell \x07"}, "The notes hold a control character"),
        ({"notes": "half \ud800"}, "The notes hold a control character"),
        ({"title": f"it is {SECRETS[0]}"}, "The secret stands in the title"),
        ({"url": f"https://{SECRETS[0]}/"}, "The secret stands in the URL"),
        ({"secret": "tab\tin it"}, "The secret holds a control character"),
        ({"secret": ""}, "The secret is empty"),
    ],
)
def test_an_entry_that_cannot_travel_is_refused(
    changed: dict[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told) as caught:
        make_entry(**changed)

    assert SECRETS[0] not in str(caught.value)


def test_a_missing_extra_is_told_with_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("apiuser.handover.extra.find_spec", lambda _name: None)

    with pytest.raises(ExtraError, match="uv run --extra handover apiuser"):
        check_handover(tmp_path / "new.age")


def test_a_keepass_file_needs_no_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("apiuser.handover.extra.find_spec", lambda _name: None)

    write_handover(make_entry(), tmp_path / "new.kdbx", PASSPHRASE)

    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert entry["Password"] == SECRETS[0]


def test_nothing_that_encrypts_is_loaded_before_it_is_needed() -> None:
    source = (
        "import sys, apiuser.handover, apiuser.cli.handover\n"
        "print([m for m in ('cryptography', 'argon2', 'pyrage') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def make_sheet(*, file: str = "new.kdbx", **changed: str) -> Sheet:
    handover = Handover(
        path=Path("folder") / file,
        kind="KeePass database (KDBX 4)",
        size=1121,
        sha256="0123456789abcdef" * 4,
        opened_with="a passphrase, sent on another way",
        made_at=dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC),
    )
    people = {"made_by": "A. Sample", "meant_for": "B. Sample | Co"}
    return Sheet.of(make_entry(), handover, **(people | changed))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.asked: list[str] = []

    def handle_data(self, data: str) -> None:
        self.told.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [name for name, _ in attrs if name in {"src", "href"}]


TOLD = (
    "Sample MSP <Zapier> & Co",
    "sample1key@example.com",
    "https://example.com/?a=1&b=2",
    "new.kdbx",
    "1121 bytes",
    "0123456789abcdef" * 4,
    "A. Sample",
    "B. Sample | Co",
    "2026-11-24 09:30 UTC",
)


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_a_sheet_tells_what_where_who_and_when_without_the_secret(kind: str) -> None:
    sheet = make_sheet()
    page = (
        render_html(sheet)
        if kind == "html"
        else markdown(render_markdown(sheet), extensions=["tables"])
    )
    reader = _Text()

    reader.feed(page)

    for text in TOLD:
        assert text in reader.told
    assert reader.asked == []
    assert SECRETS[0] not in page
    assert TRACKING not in page
    assert "folder" not in page


@pytest.mark.parametrize(
    ("field", "said"),
    [("made_by", "the sender"), ("meant_for", "the receiver"), ("file", "the file")],
)
def test_a_sheet_is_not_made_where_the_secret_would_stand_in_it(
    field: str, said: str
) -> None:
    with pytest.raises(InputError, match=f"The secret stands in the name of {said}"):
        make_sheet(**{field: f"{SECRETS[0]}.kdbx"})


def test_a_sheet_is_written_by_the_ending_of_its_name(tmp_path: Path) -> None:
    write_sheet(make_sheet(), tmp_path / "sheet.md")
    write_sheet(make_sheet(), tmp_path / "sheet.html")

    assert (tmp_path / "sheet.md").read_text(encoding="utf-8").startswith("# Handover")
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").startswith("<!doctype")
    with pytest.raises(InputError, match="exists already"):
        check_sheet(tmp_path / "sheet.md")
    with pytest.raises(InputError, match=r"ends in \.md or \.html"):
        check_sheet(tmp_path / "sheet.pdf")
