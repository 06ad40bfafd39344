"""What was encrypted is opened again, apart from what wrote it, before it counts."""

import contextlib
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError, InputError
from apiuser.handover import encrypted_files, kdbx, write_handover
from apiuser.handover.age_files import seal_age_for_recipients
from apiuser.handover.entry import Entry
from apiuser.handover.kdbx_document import Stream, write_document
from apiuser.handover.reopening import count_age_recipients, read_age, read_kdbx
from tests.handover.handover_samples import PASSPHRASE, make_entry, make_key
from tests.planted import PASSPHRASES

pytestmark = pytest.mark.usefixtures("cheap_locks")


def write_wrongly(entry: Entry, stream: Stream) -> bytes:
    return write_document(entry, stream).replace(b"Line one.", b"Line two.")


def write_unreadably(entry: Entry, stream: Stream) -> bytes:
    return write_document(entry, stream).replace(b"Line one.", "\ufffe".encode())


def leave_out_values(entry: Entry, stream: Stream) -> bytes:
    return write_document(entry, stream).replace(b"Value", b"Other")


@pytest.mark.parametrize("write", [write_wrongly, write_unreadably, leave_out_values])
def test_a_keepass_file_that_does_not_open_again_is_not_written(
    write: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kdbx, "write_document", write)

    with pytest.raises(InputError, match="does not open again, so nothing is written"):
        write_handover(make_entry(), tmp_path / "new.kdbx", PASSPHRASE)

    assert list(tmp_path.iterdir()) == []


def test_an_age_file_that_does_not_open_again_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        encrypted_files._SEALS,  # noqa: SLF001  # a fault of the writer
        ".age",
        lambda _entry, _lock: b"age-encryption.org/v1\n",
    )

    with pytest.raises(InputError, match="does not open again"):
        write_handover(make_entry(), tmp_path / "new.age", PASSPHRASE)

    assert list(tmp_path.iterdir()) == []


def test_an_age_file_without_its_recipients_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipient, _key = make_key(tmp_path)
    monkeypatch.setattr(
        encrypted_files,
        "seal_age_for_recipients",
        lambda entry, recipients: seal_age_for_recipients(entry, recipients[:1]),
    )

    with pytest.raises(InputError, match="does not open again"):
        write_handover(make_entry(), tmp_path / "new.age", [recipient] * 2)

    assert not (tmp_path / "new.age").exists()


def test_a_file_changed_behind_its_writer_is_not_called_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.kdbx"

    @contextlib.contextmanager
    def write_some(
        _path: object, make: Callable[[], bytes], **_options: object
    ) -> Iterator[None]:
        path.write_bytes(make()[:9])
        yield

    monkeypatch.setattr(encrypted_files, "write_reversibly", write_some)

    with pytest.raises(AccessError, match="was changed while it was written"):
        write_handover(make_entry(), path, PASSPHRASE)


@pytest.mark.parametrize("length", [0, 11, 12, 60, 300, -1])
def test_part_of_a_keepass_file_does_not_open(length: int) -> None:
    sealed = kdbx.seal_kdbx(make_entry(), PASSPHRASE)

    with pytest.raises(ValueError, match=r".+"):
        read_kdbx(sealed[:length], PASSPHRASE)


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    write_handover(make_entry(), tmp_path / "new.kdbx", PASSPHRASE)
    write_handover(make_entry(), tmp_path / "new.age", PASSPHRASE)
    other = Secret(PASSPHRASES[1])

    with pytest.raises(ValueError, match="signature"):
        read_kdbx((tmp_path / "new.kdbx").read_bytes(), other)
    with pytest.raises(ValueError, match=r".+"):
        read_age((tmp_path / "new.age").read_bytes(), other)


def test_a_file_without_the_header_of_age_is_reported() -> None:
    with pytest.raises(ValueError, match="no age header"):
        count_age_recipients(gzip.compress(b"sample"))


def test_the_reader_shares_no_module_with_the_writer() -> None:
    code = Path(encrypted_files.__file__).with_name("reopening.py").read_text()

    ours = [line for line in code.splitlines() if "apiuser" in line]

    assert ours == ["from apiuser.credentials.credential import Secret"]
