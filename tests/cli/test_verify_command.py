"""`apiuser verify` as a process: by a proxy of the environment to the stand-in."""

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from apiuser.cli.verify import find_saving
from apiuser.errors import InputError
from tests.cli.command_driver import COMMAND
from tests.planted import SECRETS
from tests.verification.stand_in import (
    ADDRESS,
    ASKED,
    HOST,
    LOGIN,
    TRIED,
    ZONE_HOST,
    StandIn,
    answer,
    list_settings,
    make_certificate,
    tell_zone,
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what a system trusts is named by a file on Linux"
)
CONNECTED = f"CONNECT {HOST}:443"
ZONE_CONNECTED = f"CONNECT {ZONE_HOST}:443"


def verify(
    stand_in: StandIn, tmp_path: Path, *words: str, typed: str = "", **more: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, "verify", *words],
        env=os.environ | list_settings(stand_in, tmp_path) | more,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_known_username_is_shown_with_what_that_proves(
    stand_in: StandIn, tmp_path: Path
) -> None:
    done = verify(stand_in, tmp_path, LOGIN)

    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert f"Username {LOGIN} is known Zone Sample Zone 5 Address {ADDRESS}" in said
    assert "Proves A zone in the answer means that the username exists there" in said
    assert "Does not prove It proves nothing about the secret" in said
    assert "never on a live tenant" in said
    assert done.stderr == f"Asking Autotask: {ASKED}\n"
    assert stand_in.log == [CONNECTED, ASKED]


def test_an_unknown_username_is_a_finding(stand_in: StandIn, tmp_path: Path) -> None:
    done = verify(stand_in, tmp_path, "other1@sample.example.com")

    assert done.returncode == 1
    assert "other1@sample.example.com is not known" in done.stdout
    assert "apiuser explain zone" in " ".join(done.stdout.split())
    assert len(stand_in.log) == 2


@pytest.mark.parametrize("login", [LOGIN, "other1@sample.example.com"])
def test_json_says_what_was_asked_and_what_it_proves(
    login: str, stand_in: StandIn, tmp_path: Path
) -> None:
    told = json.loads(verify(stand_in, tmp_path, login, "--json").stdout)

    assert told["username"] == login
    assert told["known"] == (login == LOGIN)
    assert (told["zone"] or {}).get("address") == (ADDRESS if login == LOGIN else None)
    assert told["symptoms"] == ([] if login == LOGIN else ["zone"])
    assert stand_in.log == [CONNECTED, *told["asked"]]
    assert told["proves"]["sources"]
    assert told["tried_on_a_live_tenant"] is False


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("jane.doe@example.com", "USR003"),
        ("jane1@gmail.com", "USR014"),
        ("EX\\sample4key@sample.example.com", "USR004"),
        ("sample4key@sample..example.com", "USR012"),
    ],
)
def test_what_check_refuses_is_said_before_autotask_is_asked(
    login: str, code: str, stand_in: StandIn, tmp_path: Path
) -> None:
    done = verify(stand_in, tmp_path, login)
    told = json.loads(verify(stand_in, tmp_path, login, "--json").stdout)

    assert done.returncode == 1
    warned, asked = done.stderr.split("Asking Autotask: ")
    assert code in warned
    assert "the value of the field Username (Key)" in warned
    assert asked.startswith("GET ")
    assert code in [finding["code"] for finding in told["findings"]]
    assert len(stand_in.log) == 4


def test_blanks_around_a_pasted_username_are_left_out(
    stand_in: StandIn, tmp_path: Path
) -> None:
    assert verify(stand_in, tmp_path, f" {LOGIN}\n").returncode == 0
    assert stand_in.log == [CONNECTED, ASKED]


def test_what_is_not_a_full_username_is_refused_before_any_call(
    stand_in: StandIn, tmp_path: Path
) -> None:
    done = verify(stand_in, tmp_path, "sample4key")

    assert (done.returncode, done.stdout) == (3, "")
    assert "Give the full username" in done.stderr
    assert "Asking" not in done.stderr
    assert stand_in.log == []


def test_an_odd_answer_ends_with_4_and_a_sentence(
    stand_in: StandIn, tmp_path: Path
) -> None:
    stand_in.instead = answer(200, "<html>", Content_Type="text/html")

    done = verify(stand_in, tmp_path, LOGIN)

    assert (done.returncode, done.stdout) == (4, "")
    assert "open any page in a browser" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_proxy_that_refuses_is_reported(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.refusing = True

    done = verify(stand_in, tmp_path, LOGIN)

    assert done.returncode == 4
    assert "The proxy that the environment names" in done.stderr
    assert stand_in.log == [CONNECTED]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "ftp://sample.example.com"])
def test_a_proxy_that_cannot_be_used_is_reported(
    proxy: str, stand_in: StandIn, tmp_path: Path
) -> None:
    done = verify(stand_in, tmp_path, LOGIN, HTTPS_PROXY=proxy, https_proxy=proxy)

    assert done.returncode == 4
    assert "begins with http://" in done.stderr


def test_a_proxy_that_is_not_there_is_reported(
    stand_in: StandIn, tmp_path: Path
) -> None:
    proxy = "http://127.0.0.1:1"

    done = verify(stand_in, tmp_path, LOGIN, HTTPS_PROXY=proxy, https_proxy=proxy)

    assert done.returncode == 4
    assert "host or the proxy does not answer" in done.stderr


def test_what_the_system_does_not_trust_gets_no_request(
    stand_in: StandIn, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(make_certificate("*.example.com"))

    done = verify(stand_in, tmp_path, LOGIN, SSL_CERT_FILE=str(other))

    assert done.returncode == 4
    assert "The certificate received" in done.stderr
    assert stand_in.log == [CONNECTED]


def test_an_interrupted_look_up_ends_at_once_with_130(
    stand_in: StandIn, tmp_path: Path
) -> None:
    def wait() -> Iterator[bytes]:
        process.send_signal(signal.SIGINT)
        process.wait()
        yield b""

    stand_in.instead = wait
    with subprocess.Popen(
        [*COMMAND, "verify", LOGIN],
        env=os.environ | list_settings(stand_in, tmp_path),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        out, said = process.communicate()

    assert (process.returncode, out) == (130, "")
    assert said.endswith("apiuser: interrupted.\n")
    assert stand_in.log == [CONNECTED, ASKED]


def test_an_interrupted_log_in_may_have_counted(
    stand_in: StandIn, tmp_path: Path
) -> None:
    def wait() -> Iterator[bytes]:
        process.send_signal(signal.SIGINT)
        process.wait()
        yield b""

    def find_zone() -> Iterator[bytes]:
        stand_in.instead = wait
        yield tell_zone()

    stand_in.instead = find_zone
    with subprocess.Popen(
        [*COMMAND, "verify", LOGIN, "--login", "--now"],
        env=os.environ | list_settings(stand_in, tmp_path),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        out, said = process.communicate(f"{SECRETS[0]}\n{stand_in.code}\n", timeout=60)

    assert (process.returncode, out) == (130, "")
    assert "apiuser: interrupted.\n" in said
    assert "A log-in was on its way. Whether this counted" in said
    assert "check Locked" in said
    assert stand_in.log == [CONNECTED, ASKED, ZONE_CONNECTED, TRIED]


def test_one_log_in_follows_the_look_up(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.secret = SECRETS[0]
    typed = f"{SECRETS[0]}\n{stand_in.code}\n"

    done = verify(stand_in, tmp_path, LOGIN, "--login", "--now", typed=typed)

    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "Log-in works Proves Username, secret and tracking identifier" in said
    assert "rights to records" in said
    assert "counts towards the lock-out" in " ".join(done.stderr.split())
    assert stand_in.log == [CONNECTED, ASKED, ZONE_CONNECTED, TRIED]
    assert SECRETS[0] not in done.stdout + done.stderr


def test_a_refused_log_in_leads_to_its_causes(
    stand_in: StandIn, tmp_path: Path
) -> None:
    stand_in.secret = SECRETS[0]
    typed = f"{SECRETS[1]}\n{stand_in.code}\n"

    done = verify(stand_in, tmp_path, LOGIN, "--login", "--now", typed=typed)

    assert done.returncode == 1
    assert "is refused (status 401)" in done.stdout
    assert "2. E-mail address as username. Is it" in done.stdout
    assert "“apiuser explain 401 --all”" in done.stdout
    assert stand_in.log == [CONNECTED, ASKED, ZONE_CONNECTED, TRIED]


def test_json_describes_the_log_in_too(stand_in: StandIn, tmp_path: Path) -> None:
    typed = f"{SECRETS[1]}\n{stand_in.code}\n"
    words = (LOGIN, "--login", "--now", "--json")

    told = json.loads(verify(stand_in, tmp_path, *words, typed=typed).stdout)

    assert told["login"] == {"works": False, "status": 401}
    assert told["symptoms"] == ["401"]
    assert [f"{told['asked'][1]} with UserName, Secret, ApiIntegrationCode"] == [TRIED]


def test_an_unknown_username_is_not_logged_in(
    stand_in: StandIn, tmp_path: Path
) -> None:
    typed = f"{SECRETS[0]}\n{stand_in.code}\n"
    words = ("other1@sample.example.com", "--login", "--now")

    assert verify(stand_in, tmp_path, *words, typed=typed).returncode == 1
    assert len(stand_in.log) == 2


def test_a_hostile_address_gets_no_log_in(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.instead = tell_zone("https://sample.example.com/ATServicesRest/")
    typed = f"{SECRETS[0]}\n{stand_in.code}\n"

    done = verify(stand_in, tmp_path, LOGIN, "--login", "--now", typed=typed)

    assert done.returncode == 4
    assert "sample.example.com/ATS" not in done.stdout + done.stderr
    assert stand_in.log == [CONNECTED, ASKED]


@pytest.mark.parametrize("typed", ["", "\n\n", "two words\nX\n", f"{SECRETS[0]}\n\n"])
def test_values_that_cannot_travel_are_refused_before_any_call(
    typed: str, stand_in: StandIn, tmp_path: Path
) -> None:
    done = verify(stand_in, tmp_path, LOGIN, "--login", "--now", typed=typed)

    assert done.returncode == 3
    assert "Nothing was tried" in done.stderr
    assert stand_in.log == []


def test_a_user_that_was_just_saved_is_not_tried(
    stand_in: StandIn, tmp_path: Path
) -> None:
    now = f"{dt.datetime.now().astimezone():%H:%M}"

    done = verify(stand_in, tmp_path, LOGIN, "--login", "--saved-at", now)

    assert done.returncode == 3
    assert re.search(r"Try from \d\d:\d\d on, local time", done.stderr)
    assert stand_in.log == []


NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "given", "day"),
    [
        (NOON, dt.time(11, 59), 24),
        (NOON, dt.time(12), 24),
        (NOON.replace(hour=0), dt.time(23, 59), 23),
        (NOON.replace(hour=0), dt.time(12, 1), 23),
    ],
)
def test_a_time_is_of_today_or_around_midnight_of_yesterday(
    now: dt.datetime, given: dt.time, day: int
) -> None:
    found = find_saving(given, now)

    assert (found.day, found.time()) == (day, given.replace(second=59))


@pytest.mark.parametrize("given", [dt.time(12, 1), dt.time(14), dt.time(23, 59)])
def test_a_time_in_the_future_does_not_prove_that_the_wait_is_over(
    given: dt.time,
) -> None:
    with pytest.raises(InputError, match=f"{given:%H:%M} is in the future"):
        find_saving(given, NOON)


def test_a_user_that_was_saved_before_is_tried(
    stand_in: StandIn, tmp_path: Path
) -> None:
    stand_in.secret = SECRETS[0]
    before = f"{dt.datetime.now().astimezone() - dt.timedelta(minutes=8):%H:%M}"
    words = (LOGIN, "--login", "--saved-at", before)
    typed = f"{SECRETS[0]}\n{stand_in.code}\n"

    assert verify(stand_in, tmp_path, *words, typed=typed).returncode == 0
    assert stand_in.log == [CONNECTED, ASKED, ZONE_CONNECTED, TRIED]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--login"], "say when the user was saved"),
        (["--login", "--now", "--saved-at", "14:05"], "not both"),
        (["--now"], "go only with --login"),
        (["--saved-at", "14:05"], "go only with --login"),
        (["--login", "--saved-at", "at noon"], "give hours and minutes"),
        (["--login", "--saved-at", "25:00"], "give hours and minutes"),
        (["--secret", "x"], "unrecognized arguments"),
    ],
)
def test_wrong_usage_ends_with_2_before_any_call(
    words: list[str], said: str, stand_in: StandIn, tmp_path: Path
) -> None:
    done = verify(stand_in, tmp_path, LOGIN, *words)

    assert done.returncode == 2
    assert said in done.stderr
    assert stand_in.log == []
