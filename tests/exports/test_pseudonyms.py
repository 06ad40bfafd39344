"""Most usernames as digests, GUIDs or numbered words are not the real ones."""

import base64
import hashlib
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Reader, each_reader
from tests.exports.test_masked_names import write_names

PEOPLE = ("ada.archer", "ben-baker", "cora", "dan@example.com", "eve7")


def digest(name: str, kind: str = "sha256") -> bytes:
    return hashlib.new(kind, name.encode()).digest()


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


HIDDEN: dict[str, Callable[[str], str]] = {
    **{
        f"{kind} in hex": lambda name, kind=kind: digest(name, kind).hex()  # type: ignore[misc]
        for kind in ("md5", "sha1", "sha256")
    },
    **{
        f"{kind} in base64": lambda name, kind=kind: encode(digest(name, kind))  # type: ignore[misc]
        for kind in ("md5", "sha1", "sha256")
    },
    "capitals": lambda name: digest(name, "md5").hex().upper(),
    "beginning": lambda name: digest(name).hex()[:8],
    "address": lambda name: digest(name).hex()[:12] + "@x.example.com",
    "GUID": lambda name: str(uuid.uuid5(uuid.NAMESPACE_DNS, name)),
    "GUID in capitals": lambda name: str(uuid.uuid5(uuid.NAMESPACE_DNS, name)).upper(),
    "base64 without its end": lambda name: encode(digest(name)).rstrip("="),
    "base64 for URLs": lambda name: base64.urlsafe_b64encode(digest(name)).decode(),
    "base32": lambda name: base64.b32encode(digest(name)).decode().rstrip("="),
    "name in base64": lambda name: encode(name.encode()),
    "name without its end": lambda name: encode(name.encode()).rstrip("="),
    **{
        form: lambda name, form=form: form.format(PEOPLE.index(name) + 1)  # type: ignore[misc]
        for form in ("REDACTED{}", "anonymous_{}", "Unknown-{:03}", "masked {}")
    },
    "word and digest": lambda name: f"anonymized-{digest(name).hex()[:6]}",
}


@each_reader
@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.many
def test_names_in_place_of_which_are_codes_prove_nothing(
    tmp_path: Path, hide: Callable[[str], str], read: Reader
) -> None:
    path = write_names(tmp_path / "export.csv", [*map(hide, PEOPLE), "fay"])

    report = audit([read(path)], co_managed=False)

    said = "seem to be codes in the place of names, such as digests (lines 2, 3, "
    assert said in "".join(report.missing)
    assert "Export the usernames as they are." in "".join(report.notices)
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "shapes",
    [("md5 in hex", "GUID"), ("sha256 in base64", "capitals"), ("GUID", "nan")],
)
def test_codes_of_different_shapes_add_up(
    tmp_path: Path, shapes: tuple[str, str], read: Reader
) -> None:
    hides = HIDDEN | {"nan": lambda name: f"nan{len(name)}"}
    codes = [hides[shapes[at % 2]](one) for at, one in enumerate([*PEOPLE, "fay"])]
    path = write_names(tmp_path / "export.csv", [*codes, *PEOPLE])

    report = audit([read(path)], co_managed=False)

    assert "6 of 11 usernames seem to be codes" in "".join(report.missing)
    assert not report.proved


@each_reader
@pytest.mark.parametrize("name", ["x1" * 33, "ada." * 20 + "@x.example.com"])
def test_a_name_longer_than_any_address_proves_nothing(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = write_names(tmp_path / "export.csv", ["ada", "ben", name])

    report = audit([read(path)], co_managed=False)

    said = "1 username has more than 64 characters before the @ (line 4)"
    assert said in "".join(report.missing)
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "names",
    [
        ["Ada Lovelace", "Ben Baker", "Cora Crane-Delacroix"],
        ["Christopher-Montgomery", "Alexandria-Featherston", "Maximilian-Hohenzollern"],
        ["a1234567", "b7654321", "e0000001", "f12345678"],
        ["k4p7q2m3x5z2a7b", "a2b3c4d5e6f7g2h", "m4n5o6p7q2r3s4t"],
        ["integration-01-customer-a", "integration-02-customer-a"] * 2,
        ["bea", "decade", "facade", "deface"],
        ["integration.service.account.for.backups.of.all.customers@x.example.com"] * 2,
        ["unknowna", "hiddenb", "anonymousc"],
        [digest("a").hex(), "ada", "ben", "cora"],
        ["REDACTED1", "ada", "ben", "REDACTED2"],
        [str(uuid.uuid5(uuid.NAMESPACE_DNS, "a"))],
    ],
)
def test_names_of_people_are_no_codes(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    path = write_names(tmp_path / "export.csv", names)

    assert read(path).doubts == ()


@each_reader
def test_codes_are_found_among_many_names_in_any_order(
    tmp_path: Path, read: Reader
) -> None:
    people = [f"ada{at}" for at in range(2000)]
    codes = [digest(name).hex() for name in [*people, "ben", "cora"]]
    path = write_names(tmp_path / "export.csv", people + codes)

    (doubt,) = read(path).doubts

    assert doubt.startswith("2002 of 4002 usernames seem to be codes")
