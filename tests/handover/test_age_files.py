"""age files open in age, with the receiver's key or the passphrase."""

import subprocess
from pathlib import Path

import pyrage
import pytest

from apiuser.credentials.credential import Secret
from apiuser.errors import ExtraError, InputError
from apiuser.handover import age_scrypt, check_handover, write_handover
from apiuser.handover.age_files import seal_age_for_recipients
from apiuser.handover.reopening import count_age_recipients, read_age
from tests.handover.handover_samples import (
    NOTES,
    PASSPHRASE,
    TRACKING,
    make_entry,
    make_key,
)
from tests.handover.handover_tools import find_tool, run_in_terminal
from tests.planted import PASSPHRASES, SECRETS

AGE_LINES = (
    "Title: Sample MSP <Zapier> & Co\n"
    "Username (key): sample1key@example.com\n"
    f"Password (secret): {SECRETS[0]}\n"
    f"Tracking identifier: {TRACKING}\n"
    "URL: https://example.com/?a=1&b=2\n"
    "\nNotes:\n"
    f"{NOTES}\n"
)


def decrypt(key: Path, path: Path) -> str:
    return subprocess.run(
        [find_tool("age"), "--decrypt", "-i", str(key), str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_age_opens_a_file_with_the_receivers_key(tmp_path: Path) -> None:
    recipient, key = make_key(tmp_path)
    path = tmp_path / "new.age"
    write_handover(make_entry(), path, [recipient])

    assert decrypt(key, path) == AGE_LINES


def test_what_an_entry_lacks_has_no_line_in_the_file(tmp_path: Path) -> None:
    recipient, key = make_key(tmp_path)
    path = tmp_path / "new.age"
    write_handover(make_entry(url="", notes=""), path, [recipient])

    identity = pyrage.x25519.Identity.from_str(key.read_text().strip())
    text = pyrage.decrypt(path.read_bytes(), [identity]).decode()

    assert text.splitlines() == AGE_LINES.splitlines()[:4]


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


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_age_opens_a_file_with_the_receivers_ssh_key(kind: str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(
        [find_tool("ssh-keygen"), "-q", "-t", kind, "-N", "", "-f", str(key)],
        check=True,
    )
    recipient = key.with_suffix(".pub").read_text(encoding="utf-8")
    path = tmp_path / "new.age"
    write_handover(make_entry(), path, [f"  {recipient}\n"])

    assert decrypt(key, path) == AGE_LINES


# A key of the kind that hardware has, made of the generator of P-256.
TAG = "age1tag1qd43050juykyy3lchnnw2caygre8wqmasyk7kvaq7jsnj3wcnrpfvt5hxye"


def test_a_hardware_key_is_accepted(tmp_path: Path) -> None:
    recipient, _key = make_key(tmp_path)
    path = tmp_path / "new.age"

    write_handover(make_entry(), path, [TAG, recipient])

    told = count_age_recipients(path.read_bytes())
    assert told == {"p256tag": 1, "X25519": 1}


def test_blanks_around_a_recipient_are_ignored(tmp_path: Path) -> None:
    recipient, key = make_key(tmp_path)
    path = tmp_path / "new.age"
    write_handover(make_entry(), path, [f"\t{recipient} \r\n"])

    identity = pyrage.x25519.Identity.from_str(key.read_text().strip())

    assert pyrage.decrypt(path.read_bytes(), [identity]).decode() == AGE_LINES


def test_a_passphrase_costs_the_same_to_open_wherever_the_file_was_made(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new.age"
    write_handover(make_entry(), path, PASSPHRASE)

    stanza = path.read_bytes().splitlines()[1].split()

    assert stanza[:2] == [b"->", b"scrypt"]
    # 128 bytes, a block size of 8 and the power of two, as scrypt defines its memory.
    assert 128 * 8 * 2 ** int(stanza[3]) == 256 << 20


@pytest.mark.parametrize("size", [0, 1, 65536, 65537, 131072])
@pytest.mark.usefixtures("cheap_locks")
def test_age_reads_any_length_encrypted_for_a_passphrase(size: int) -> None:
    text = ("ä" + "x" * size)[:size]

    sealed = age_scrypt.encrypt_with_scrypt(Secret(text), PASSPHRASE)

    assert pyrage.passphrase.decrypt(sealed, PASSPHRASES[0]).decode() == text
    assert read_age(sealed, PASSPHRASE) == Secret(text)


@pytest.mark.parametrize("at", ["salt", "signature", "text", "end"])
@pytest.mark.usefixtures("cheap_locks")
def test_an_age_file_that_was_changed_does_not_open(at: str) -> None:
    sealed = bytearray(age_scrypt.encrypt_with_scrypt(Secret("sample"), PASSPHRASE))
    place = {
        "salt": sealed.index(b"scrypt ") + 8,
        "signature": sealed.index(b"--- ") + 6,
        "text": len(sealed) - 20,
        "end": len(sealed) - 1,
    }[at]
    sealed[place] = ord("A") if sealed[place] != ord("A") else ord("B")

    with pytest.raises(ValueError, match=r"differs|does not open"):
        read_age(bytes(sealed), PASSPHRASE)


@pytest.mark.parametrize("kept", ["header", "nonce"])
@pytest.mark.usefixtures("cheap_locks")
def test_an_age_file_without_its_text_does_not_open(kept: str) -> None:
    sealed = age_scrypt.encrypt_with_scrypt(Secret("sample"), PASSPHRASE)
    end = sealed.index(b"\n", sealed.index(b"---")) + 1

    with pytest.raises(ValueError, match="last part is missing"):
        read_age(sealed[: end + (16 if kept == "nonce" else 0)], PASSPHRASE)


@pytest.mark.usefixtures("cheap_locks")
def test_an_age_file_whose_last_part_is_empty_does_not_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = 64 << 10
    starts = [(bytes(12), Secret("x" * full)), (bytes(10) + b"\1\1", Secret(""))]
    monkeypatch.setattr(age_scrypt, "_cut", lambda _text: starts)

    sealed = age_scrypt.encrypt_with_scrypt(Secret("x" * full), PASSPHRASE)

    with pytest.raises(ValueError, match="last part is missing or empty"):
        read_age(sealed, PASSPHRASE)


@pytest.mark.parametrize("factor", [b"02", b"64", b"99"])
@pytest.mark.usefixtures("cheap_locks")
def test_an_age_file_of_another_cost_is_none_of_ours(factor: bytes) -> None:
    sealed = age_scrypt.encrypt_with_scrypt(Secret("sample"), PASSPHRASE)

    with pytest.raises(ValueError, match="no age header"):
        read_age(sealed.replace(b" 2\n", b" " + factor + b"\n", 1), PASSPHRASE)


@pytest.mark.usefixtures("cheap_locks")
def test_an_age_file_with_stray_bits_does_not_open() -> None:
    sealed = age_scrypt.encrypt_with_scrypt(Secret("sample"), PASSPHRASE)
    salt = sealed.split(b" ")[2]
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    stray = salt[:-1] + letters[letters.index(salt[-1:]) + 1 :][:1]

    with pytest.raises(ValueError, match="differs"):
        read_age(sealed.replace(salt, stray, 1), PASSPHRASE)


def test_what_is_for_a_key_does_not_open_with_a_passphrase(tmp_path: Path) -> None:
    recipient, _key = make_key(tmp_path)
    sealed = seal_age_for_recipients(make_entry(), [recipient])

    with pytest.raises(ValueError, match="no age header for a passphrase"):
        read_age(sealed, PASSPHRASE)


def test_a_keepass_file_is_not_made_for_a_key(tmp_path: Path) -> None:
    recipient, _key = make_key(tmp_path)

    with pytest.raises(InputError, match=r"only an \.age file"):
        check_handover(tmp_path / "new.kdbx", recipients=[recipient])


def test_wrong_recipients_are_reported_without_being_shown(tmp_path: Path) -> None:
    recipient, key = make_key(tmp_path)
    private = key.read_text(encoding="ascii").strip()
    mistyped = recipient[:20] + ("q" if recipient[20] != "q" else "p") + recipient[21:]

    for recipients, told in (
        ([private], "The receiver's key is a private key"),
        ([recipient, mistyped], "The receivers' key 2 is not an age public key"),
        (["age1x"], "The receiver's key is not an age public key"),
        (["ssh-ed25519 AAAA"], "The receiver's key is not a complete ssh public key"),
        (
            ["ecdsa-sha2-nistp256 AAAA"],
            "The receiver's key is a kind of ssh key for which",
        ),
        (
            ["sk-ssh-ed25519@openssh.com AAAA"],
            "The receiver's key is a kind of ssh key",
        ),
        (
            ["-----BEGIN OPENSSH PRIVATE KEY-----"],
            "The receiver's key is a private key",
        ),
        (["age1yubikey1qwerty"], "is a key of the age plugin yubikey, which cannot be"),
        (["age1tag1qqqq"], "The receiver's key is not an age public key"),
    ):
        with pytest.raises(InputError, match=told) as caught:
            check_handover(tmp_path / "new.age", recipients=recipients)
        assert recipients[-1] not in str(caught.value)
    with pytest.raises(InputError, match="No receiver's key"):
        write_handover(make_entry(), tmp_path / "new.age", [])
    with pytest.raises(InputError, match="The receiver's key is empty"):
        write_handover(make_entry(), tmp_path / "new.age", [" "])


def test_a_missing_extra_is_reported_with_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("apiuser.handover.age_files.find_spec", lambda _name: None)

    with pytest.raises(ExtraError, match="uv run --extra handover apiuser"):
        check_handover(tmp_path / "new.age")
