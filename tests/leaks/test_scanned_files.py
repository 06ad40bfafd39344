"""The search takes archives and stores apart, and lists what it cannot look into."""

import bz2
import gzip
import lzma
import os
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from apiuser.credentials.credential import Secret
from apiuser.leaks import scan_for, scan_unknown
from apiuser.leaks.archive_members import DEEPEST_ARCHIVE
from tests.leaks.leak_samples import PLANTED, TEXT, find, pack_store, pack_tar, pack_zip
from tests.planted import SECRETS

NESTED = lzma.compress(pack_tar("a.zip", pack_zip("b.gz", gzip.compress(TEXT))))

PACKED = {
    "zip": (pack_zip("a.txt", TEXT), "member a.txt, bytes"),
    "zip behind a program": (
        b"#!/bin/sh\nexit\n" + pack_zip("a.txt", TEXT),
        "member a.txt, bytes",
    ),
    "zip before a zip": (
        pack_zip("a.txt", TEXT) + pack_zip("b.txt", b"clean"),
        "before the zip, member a.txt, bytes",
    ),
    "gzip behind zeros": (
        gzip.compress(b"clean") + bytes(512) + gzip.compress(TEXT),
        "unpacked gzip, bytes",
    ),
    "xz behind zeros": (
        lzma.compress(b"clean") + bytes(4) + lzma.compress(TEXT),
        "unpacked xz, bytes",
    ),
    "tar": (pack_tar("a.txt", TEXT), "member a.txt, bytes"),
    "gzip": (gzip.compress(TEXT), "unpacked gzip, bytes"),
    "bzip2": (bz2.compress(TEXT), "unpacked bzip2, bytes"),
    "xz": (lzma.compress(TEXT), "unpacked xz, bytes"),
    "tar.gz": (
        gzip.compress(pack_tar("a.txt", TEXT)),
        "unpacked gzip, member a.txt, bytes",
    ),
    "git object": (zlib.compress(b"blob 9\x00" + TEXT), "unpacked zlib, bytes"),
    "nested": (
        NESTED,
        "unpacked xz, member a.zip, member b.gz, unpacked gzip, bytes",
    ),
    "store": (pack_store(TEXT), 'table odd " name, column kept, row 2, bytes'),
    "packed value": (
        pack_store(zlib.compress(TEXT)),
        'table odd " name, column kept, row 2, unpacked zlib, bytes',
    ),
    "long value": (
        pack_store(b"x" * 4070 + TEXT + b"y" * 9000),
        'table odd " name, column kept, row 2, bytes',
    ),
    "deleted value": (pack_store(b"") + TEXT, "bytes"),
}


@pytest.mark.parametrize(("data", "place"), PACKED.values(), ids=PACKED)
def test_archives_and_stores_are_taken_apart(
    data: bytes, place: str, tmp_path: Path
) -> None:
    (tmp_path / "left.bin").write_bytes(data)

    report = scan_for(Secret(PLANTED), [tmp_path / "left.bin"])

    assert [leak.place for leak in report.leaks] == [place]
    assert report.unread == ()


def test_a_program_that_reads_zips_is_no_damaged_zip(tmp_path: Path) -> None:
    (tmp_path / "zip.pyc").write_bytes(b"code PK\x01\x02 PK\x03\x04 PK\x05\x06" * 2)

    report = find(PLANTED, tmp_path)

    assert (report.leaks, report.unread) == ((), ())


@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\n"])
def test_a_newer_kind_of_zip_is_listed(before: bytes, tmp_path: Path) -> None:
    newer = bytearray(pack_zip("a.txt", TEXT))
    newer[newer.rindex(b"PK\x01\x02") + 6] = 99  # the version that is needed
    (tmp_path / "newer.zip").write_bytes(before + newer)

    report = find(PLANTED, tmp_path)

    assert [part.path.name for part in report.unread] == ["newer.zip"]


def test_a_store_in_write_ahead_mode_is_read(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE kept (text TEXT)")
        connection.execute("INSERT INTO kept VALUES (?)", [PLANTED])
        connection.commit()
        open_places = {leak.path.name for leak in find(PLANTED, tmp_path).leaks}
    closed = find(PLANTED, tmp_path)

    assert "store.sqlite-wal" in open_places
    assert [str(leak) for leak in closed.leaks] == [
        f"{path}: table kept, column text, row 1, bytes (as it is)"
    ]
    assert closed.unread == ()


def test_ipythons_own_history_is_searched(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "IPython", "--no-banner", "--colors=nocolor"]
    subprocess.run(
        [*command, f"--ipython-dir={tmp_path}", "--HistoryManager.enabled=True"],
        input=f"x = '{PLANTED}'\nprint(1)\n",
        text=True,
        capture_output=True,
        check=True,
    )

    places = {leak.place for leak in find(PLANTED, tmp_path).leaks}

    assert any(place.startswith("table history, column source") for place in places)


def test_the_secret_in_a_name_is_a_find_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / f"{PLANTED}.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "a.zip").write_bytes(pack_zip(f"{PLANTED}/b.txt", TEXT))

    report = find(PLANTED, tmp_path)

    assert len(report.leaks) == 2
    assert {leak.place for leak in report.leaks} == {
        "name of the file",
        "(a name that contains the secret)",
    }
    assert PLANTED not in str(report)
    assert PLANTED not in "".join(map(str, report.leaks))


def test_what_cannot_be_looked_into_is_listed(tmp_path: Path) -> None:
    whole = pack_zip("a.txt", b"nothing here, again and again " * 20)
    deep = TEXT
    for _ in range(DEEPEST_ARCHIVE + 1):
        deep = gzip.compress(deep)
    locked = bytearray(pack_zip("locked.txt", b"x"))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        offset = 6 if mark == b"PK\x03\x04" else 8
        locked[locked.rindex(mark) + offset] |= 1
    (tmp_path / "cut.zip").write_bytes(whole[:-40])
    (tmp_path / "cut.gz").write_bytes(gzip.compress(TEXT * 100)[:-12])
    (tmp_path / "deep.gz").write_bytes(deep)
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    (tmp_path / "store.sqlite").write_bytes(pack_store(TEXT)[:5000])
    (tmp_path / "odd.tar").write_bytes(pack_tar("a", b"x" * 2000)[:1500])

    report = find(SECRETS[3], tmp_path, tmp_path / "missing")

    reasons = {part.path.name: str(part) for part in report.unread}
    assert reasons.keys() == {
        "cut.zip",
        "cut.gz",
        "deep.gz",
        "locked.zip",
        "store.sqlite",
        "odd.tar",
        "missing",
    }
    assert "more than 6 archives deep" in reasons["deep.gz"]
    assert "member locked.txt" in reasons["locked.zip"]
    assert "does not exist" in reasons["missing"]
    assert report.leaks == ()


def test_a_store_with_a_torn_table_is_listed(tmp_path: Path) -> None:
    torn = bytearray(pack_store(TEXT))
    torn[4096:4200] = b"\xff" * 104
    headless = bytearray(pack_store(TEXT))
    headless[100:200] = b"\xff" * 100
    (tmp_path / "torn.sqlite").write_bytes(bytes(torn))
    (tmp_path / "headless.sqlite").write_bytes(bytes(headless))

    report = find(SECRETS[3], tmp_path)

    reasons = {part.path.name: str(part) for part in report.unread}
    assert 'table odd " name: cannot be read' in reasons["torn.sqlite"]
    assert "is a damaged store" in reasons["headless.sqlite"]


def test_a_damaged_stream_is_searched_up_to_the_damage(tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(TEXT * 100)[:-12])

    report = find(PLANTED, tmp_path)

    assert [leak.place for leak in report.leaks] == ["unpacked gzip, bytes"]
    assert len(report.unread) == 1


def test_a_file_above_the_limit_is_searched_as_bytes_and_listed(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(b"x" * 3_000_000 + TEXT)
    (tmp_path / "clean.bin").write_bytes(b"x" * 3_000_000)

    report = find(PLANTED, tmp_path, limit=1024 * 1024)

    assert [str(leak) for leak in report.leaks] == [
        f"{tmp_path / 'large.bin'}: bytes (as it is)"
    ]
    assert [part.path.name for part in report.unread] == ["clean.bin"]
    assert "larger than 1 MiB" in report.unread[0].reason


@pytest.mark.parametrize("before", [1, len(PLANTED) - 1])
def test_a_secret_across_two_chunks_is_found(before: int, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.seek(16 * 1024 * 1024 - before)  # what is read at once
        file.write(PLANTED.encode())

    leaks = find(PLANTED, path, limit=1024 * 1024).leaks

    assert [leak.place for leak in leaks] == ["bytes"]


def test_a_packed_flood_is_not_unpacked_beyond_the_limit(tmp_path: Path) -> None:
    (tmp_path / "flood.gz").write_bytes(gzip.compress(b"\x00" * 8_000_000))
    (tmp_path / "flood.zlib").write_bytes(zlib.compress(b"\x00" * 8_000_000))

    report = find(PLANTED, tmp_path, limit=1024 * 1024)

    assert [part.path.name for part in report.unread] == ["flood.gz", "flood.zlib"]
    assert all("raise the limit" in part.reason for part in report.unread)


def test_names_of_files_and_members_cannot_steer_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred.zip").write_bytes(pack_zip("\u202eturned", TEXT))
    (tmp_path / "\x1b[2Jcut.zip").write_bytes(b"PK\x03\x04")

    report = find(PLANTED, tmp_path)

    (leak,), (unread,) = report.leaks, report.unread
    assert "<U+001B>[31mred.zip: member <U+202E>turned, bytes" in str(leak)
    assert "<U+001B>[2Jcut.zip: is a damaged zip" in str(unread)


def test_links_are_counted_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    (kept / "deep").mkdir(parents=True)
    (kept / "deep" / "left.txt").write_bytes(TEXT)
    looked = tmp_path / "looked"
    looked.mkdir()
    (looked / "folder").symlink_to(kept)
    (looked / "file").symlink_to(kept / "deep" / "left.txt")

    report = find(PLANTED, looked)

    assert (report.files, report.skipped) == (0, 2)
    assert report.leaks == ()

    told = subprocess.run(
        [sys.executable, "-m", "apiuser", "scan", str(looked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 4
    assert "Links, pipes and devices skipped in folders: 2." in told.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_and_a_link_to_itself_that_are_named_are_listed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")

    report = scan_unknown([tmp_path / "pipe", tmp_path / "loop"])

    assert [(part.path.name, part.reason) for part in report.unread] == [
        ("pipe", "is a pipe or device, which is not searched"),
        ("loop", "does not exist"),
    ]
    assert (report.files, report.skipped) == (0, 0)


def test_a_name_too_long_for_any_file_is_listed() -> None:
    path = "a" * 300

    report = scan_unknown([path])

    assert [(str(item.path), item.reason) for item in report.unread] == [
        (path, "does not exist")
    ]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_piped_secret_that_is_not_text_is_refused(
    tmp_path: Path, locale: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "apiuser", "scan", "--secret", str(tmp_path)],
        input=b"abc\xff\xfedefghijkl12\n",
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": locale},
    )

    assert (done.returncode, done.stdout) == (3, b"")
    assert b"is not text in this encoding" in done.stderr
