"""KeePass files open in KeePassXC and hold every field."""

import base64
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.handover import write_handover
from apiuser.handover.kdbx import LANES, MEMORY_KIB, ROUNDS, seal_kdbx
from apiuser.handover.kdbx_document import write_document
from tests.handover.handover_samples import NOTES, PASSPHRASE, TRACKING, make_entry
from tests.handover.handover_tools import run_keepassxc
from tests.handover.kdbx_reader import read_kdbx
from tests.planted import PASSPHRASES, SECRETS

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


@pytest.mark.usefixtures("cheap_locks")
def test_keepassxc_does_not_show_the_protected_fields_unasked(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    shown = run_keepassxc(path, PASSPHRASES[0], "show", "--all", EXPECTED["Title"])

    assert SECRETS[0] not in shown
    assert TRACKING not in shown
    assert "UserName: sample1key@example.com" in shown


@pytest.mark.usefixtures("cheap_locks")
def test_keepassxc_can_save_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    run_keepassxc(path, PASSPHRASES[0], "mkdir", "Later")

    assert "Later/" in run_keepassxc(path, PASSPHRASES[0], "ls")
    shown = run_keepassxc(
        path, PASSPHRASES[0], "show", "-s", "-a", "Password", EXPECTED["Title"]
    )
    assert shown == f"{SECRETS[0]}\n"


@pytest.mark.usefixtures("cheap_locks")
def test_keepassxc_refuses_another_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(), path, PASSPHRASE)

    with pytest.raises(AssertionError, match="KeePassXC answers 1"):
        run_keepassxc(path, PASSPHRASES[1], "ls")


@pytest.mark.usefixtures("cheap_locks")
def test_every_field_comes_back_from_a_keepass_file() -> None:
    sealed = seal_kdbx(make_entry(), PASSPHRASE)

    assert read_kdbx(sealed, PASSPHRASES[0]) == EXPECTED


class _Unchanged:
    def update(self, data: bytes) -> bytes:
        return data


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=8)


@given(secret=ANY_TEXT, notes=ANY_TEXT)
@pytest.mark.many
def test_any_text_comes_back_from_the_document(secret: str, notes: str) -> None:
    entry = make_entry(secret, notes=f"{notes}\n\t{notes}")

    document = write_document(entry, _Unchanged())

    strings = {
        string.findtext("Key"): string.findtext("Value")
        for string in ET.fromstring(document).iter("String")  # noqa: S314  # our own
    }
    assert base64.b64decode(strings["Password"] or "").decode() == secret
    assert strings["Notes"] == entry.notes


@pytest.mark.usefixtures("cheap_locks")
def test_a_changed_byte_is_noticed() -> None:
    sealed = seal_kdbx(make_entry(), PASSPHRASE)
    changed = bytearray(sealed)
    changed[-100] ^= 1

    with pytest.raises(ValueError, match="signature"):
        read_kdbx(bytes(changed), PASSPHRASES[0])


@pytest.mark.usefixtures("cheap_locks")
def test_two_files_of_one_entry_have_nothing_in_common() -> None:
    one, other = (seal_kdbx(make_entry(), PASSPHRASE) for _ in range(2))

    assert one[12:] != other[12:]
    assert one[-200:] != other[-200:]


def test_argon2_is_as_costly_as_promised() -> None:
    assert MEMORY_KIB >= 64 * 1024
    assert ROUNDS * LANES >= 12


@pytest.mark.usefixtures("cheap_locks")
def test_a_keepass_file_needs_no_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("apiuser.handover.age_files.find_spec", lambda _name: None)

    write_handover(make_entry(), tmp_path / "new.kdbx", PASSPHRASE)

    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert entry["Password"] == SECRETS[0]
