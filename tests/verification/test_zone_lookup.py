"""The zone look-up: what a person is told in each situation, and what was asked."""

import json
import logging
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from apiuser.errors import CallError, InputError
from apiuser.verification.calls import Network, get, trust_system
from apiuser.verification.hosts import is_allowed, is_interface
from apiuser.verification.zones import Zone, look_up_zone, write_zone_address
from tests.verification.stand_in import (
    ADDRESS,
    ASKED,
    LOGIN,
    PATIENT,
    Listen,
    answer,
    fail_in_a_hurry,
    make_certificate,
    tell_zone,
)

UNKNOWN = {"errors": ["Zone information could not be determined"]}
PORTAL = "<!DOCTYPE html><title>Sign in to the guest network</title>"


def drip() -> Iterator[bytes]:
    """Send a byte now and then without an end, so that no wait for the next is long."""
    yield answer(200, "", Content_Length="9" * 9)
    while True:
        yield b" "
        time.sleep(0.1)


def flood() -> Iterator[bytes]:
    yield answer(200, "", Content_Type="application/json", Content_Length="9" * 9)
    while True:
        yield b" " * 65536


# What is answered in the place of the zone, and what a person is then told.
SITUATIONS: dict[str, tuple[bytes | Callable[[], Iterator[bytes]], str]] = {
    "a portal's page": (answer(200, PORTAL, Content_Type="text/html"), "web page"),
    "a page that says it is JSON": (
        answer(200, PORTAL, Content_Type="application/json"),
        "web page",
    ),
    "a page of an error": (answer(503, PORTAL, Content_Type="text/html"), "status 503"),
    "a redirect": (answer(302, Location="https://sample.example.com/"), "redirects"),
    "a redirect to Autotask": (answer(307, Location=ADDRESS), "redirects"),
    "too many calls": (answer(429), "status 429"),
    "401": (answer(401), "status 401"),
    "403": (answer(403), "status 403"),
    "404": (answer(404), "status 404"),
    "500 without a reason": (answer(500, {"errors": []}), "status 500"),
    "401 with words of the look-up": (answer(401, UNKNOWN), "status 401"),
    "429 with words of the look-up": (answer(429, UNKNOWN), "status 429"),
    "503 with words of the look-up": (answer(503, UNKNOWN), "status 503"),
    "errors and a zone": (tell_zone(errors=UNKNOWN["errors"]), "names no zone"),
    "an empty query": (tell_zone(f"{ADDRESS}?"), "outside Autotask's API"),
    "an empty fragment": (tell_zone(f"{ADDRESS}#"), "outside Autotask's API"),
    "a doubled slash": (
        tell_zone(ADDRESS.replace("/ATS", "//ATS")),
        "outside Autotask's API",
    ),
    "nothing": (answer(200), "names no zone"),
    "odd JSON": (answer(200, [1, {"url": ADDRESS}]), "names no zone"),
    "JSON without the address": (answer(200, {"zoneName": "5"}), "names no zone"),
    "a number as address": (answer(200, {"url": 5}), "names no zone"),
    "deep JSON": (answer(200, "[" * 60_000), "names no zone"),
    "no UTF-8": (answer(200, b"\xff\xfe\x00"), "names no zone"),
    "JSON that ends early": (answer(200, '{"url": "https://'), "names no zone"),
    "a hostile address": (
        tell_zone("https://sample.example.com/ATServicesRest/"),
        "outside Autotask's API",
    ),
    "a hostile host in front": (
        tell_zone("https://ww5.autotask.net@sample.example.com/ATServicesRest/"),
        "outside Autotask's API",
    ),
    "another port": (
        tell_zone("https://ww5.autotask.net:8443/ATServicesRest/"),
        "outside Autotask's API",
    ),
    "no encryption": (
        tell_zone("http://ww5.autotask.net/ATServicesRest/"),
        "outside Autotask's API",
    ),
    "cut off": (tell_zone()[:-10], "cut off"),
    "cut in the head": (tell_zone()[:20], "cut off"),
    "no answer at all": (b"", "cut off"),
    "no HTTP": (b"220 mail.example.com ready\r\n\r\n", "cut off"),
    "oversized": (flood, "larger than 64 KiB"),
    "an oversized head": (answer(200, X_Long="a" * 300_000), "cut off"),
    "packed": (answer(200, "x", Content_Encoding="gzip"), "compressed"),
}


def test_a_known_username_gives_its_zone_and_address(listen: Listen) -> None:
    stand_in = listen()

    assert look_up_zone(LOGIN, network=PATIENT) == Zone(
        name="Sample Zone 5", address=ADDRESS
    )
    assert stand_in.log == [ASKED]


def test_an_unknown_username_is_no_error(listen: Listen) -> None:
    stand_in = listen()

    assert look_up_zone("other1@sample.example.com", network=PATIENT) is None
    assert stand_in.log == [ASKED.replace("sample4key", "other1")]


def test_keys_of_the_answer_may_be_written_otherwise(listen: Listen) -> None:
    stand_in = listen(instead=answer(200, {"ZoneName": "Z", "URL": ADDRESS}))

    assert look_up_zone(LOGIN, network=PATIENT) == Zone(name="Z", address=ADDRESS)
    assert stand_in.log == [ASKED]


@pytest.mark.parametrize(
    "name",
    [
        "Z\x1b[31m\u202e",
        "Z" * 81,
        "Moved: log in at https://autotask-login.example/unlock",
        "Moved to autotask-login.example",
        "line\nbreak",
    ],
)
def test_a_zone_is_not_called_what_is_no_plain_name(name: str, listen: Listen) -> None:
    listen(instead=tell_zone(zoneName=name))

    assert look_up_zone(LOGIN, network=PATIENT) == Zone(name="", address=ADDRESS)


@pytest.mark.parametrize("name", ["Pre-release (DE)", "UK, zone 4", "Zürich & more"])
def test_a_plain_name_of_a_zone_is_shown(name: str, listen: Listen) -> None:
    listen(instead=tell_zone(zoneName=name))

    assert look_up_zone(LOGIN, network=PATIENT) == Zone(name=name, address=ADDRESS)


def test_a_byte_order_mark_before_the_answer_is_left_out(listen: Listen) -> None:
    told = {"zoneName": "Z", "url": ADDRESS}
    listen(instead=answer(200, b"\xef\xbb\xbf" + json.dumps(told).encode()))

    assert look_up_zone(LOGIN, network=PATIENT) == Zone(name="Z", address=ADDRESS)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_any_other_answer_is_reported_and_asked_for_once(
    situation: str, listen: Listen
) -> None:
    instead, said = SITUATIONS[situation]
    stand_in = listen(instead=instead)

    with pytest.raises(CallError, match=said) as caught:
        look_up_zone(LOGIN, network=PATIENT)

    assert stand_in.log == [ASKED]
    assert caught.value.__context__ is None
    assert "example.com" not in str(caught.value)


def test_a_slow_answer_ends_with_the_patience(listen: Listen) -> None:
    stand_in = listen(instead=drip)

    error = fail_in_a_hurry(lambda network: look_up_zone(LOGIN, network=network))

    assert re.search(r"no complete answer within [\d.]+ seconds", str(error))
    assert stand_in.log == [ASKED]


@pytest.mark.parametrize("host", ["other.example.com", "*.example.com"])
def test_a_certificate_of_another_host_is_refused(host: str, listen: Listen) -> None:
    def trust_it() -> ssl.SSLContext:
        text = make_certificate(host).decode()
        return ssl.create_default_context(cadata=text)

    stand_in = listen(certificate=make_certificate(host))

    with pytest.raises(CallError, match="certificate received"):
        look_up_zone(LOGIN, network=Network(trust=trust_it, patience=60))
    assert stand_in.log == []


def test_a_certificate_that_this_computer_does_not_trust_is_refused(
    listen: Listen,
) -> None:
    stand_in = listen()

    with pytest.raises(CallError, match="certificate received"):
        look_up_zone(LOGIN, network=Network(trust=trust_system, patience=60))
    assert stand_in.log == []


def test_without_a_network_a_person_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(CallError, match="on the network") as caught:
        look_up_zone(LOGIN, network=PATIENT)
    assert caught.value.exit_code == 4


def test_a_host_at_which_nobody_answers_is_reported(listen: Listen) -> None:
    listen().port = 1

    with pytest.raises(CallError, match="host or the proxy does not answer"):
        look_up_zone(LOGIN, network=PATIENT)


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("", "full username"),
        ("key1", "full username"),
        ("@sample.example.com", "full username"),
        ("key1@", "full username"),
        ("key1@a.example.com@b.example.com", "full username"),
        (" key1@sample.example.com", "blank"),
        (
            "key1@sample.example.com\n",
            r"non-ASCII character \(U\+000A at position 24\)",
        ),
        ("kéy1@sample.example.com", r"non-ASCII character \(U\+00E9 at position 2\)"),
        ("k" * 300 + "@sample.example.com", "longer than 300"),
    ],
)
def test_what_is_not_a_full_username_is_refused_before_autotask_is_asked(
    login: str, said: str, listen: Listen
) -> None:
    stand_in = listen()

    with pytest.raises(InputError, match=said):
        look_up_zone(login, network=PATIENT)
    assert stand_in.log == []


@pytest.mark.parametrize(
    "local", ["a#1", "a+1", "a&b=1", "a%40", "a/../b", "a?b", "a'1"]
)
def test_a_name_arrives_as_it_is(local: str, listen: Listen) -> None:
    stand_in = listen()
    login = f"{local}@sample.example.com"

    assert look_up_zone(login, network=PATIENT) is None

    (asked,) = stand_in.log
    assert asked == f"GET {write_zone_address(login)}"
    assert parse_qs(urlsplit(asked).query) == {"user": [login]}


@pytest.mark.parametrize(
    "address",
    [
        "https://webservices.autotask.net/x",
        "https://webservices29.autotask.net/ATServicesRest/",
        "https://WW5.Autotask.NET:443/",
        "https://prde.autotask.net/ATServicesRest/",
    ],
)
def test_hosts_of_autotask_are_called(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://ww5.autotask.net/",
        "https://autotask.net/",
        "https://ww5.autotask.net.example.com/",
        "https://ww5autotask.net/",
        "https://ww5.autotask.net:444/",
        "https://ww5.autotask.net:0443/",
        "https://ww5.autotask.net:/",
        "https://user@ww5.autotask.net/",
        "https://sample.example.com\\@ww5.autotask.net/",
        "https://sample.example.com/.autotask.net",
        "https://sample.example.com#.autotask.net/",
        "https://sample.example.com?.autotask.net/",
        "https://ww5.autotask.net/#x",
        "https://ww5.autotask.net./",
        "https://-.autotask.net/",
        "https://..autotask.net/",
        "https://ww5.autotask.net/ x",
        "https://ww5.autotask.net/\n",
        "https://ww5.autot\u0430sk.net/",
        "https://[::1]/.autotask.net/",
        "https://127.0.0.1/",
        "https://ww5.autotask.net:x/",
        "https://" + "a." * 200 + "autotask.net/",
        "//ww5.autotask.net/",
        "",
    ],
)
def test_any_other_address_is_not_called(address: str) -> None:
    assert not is_allowed(address)
    assert not is_interface(address)
    with pytest.raises(CallError, match="not one of Autotask's"):
        get(address, network=PATIENT)


@pytest.mark.parametrize(
    "path", ["", "/", "/ATServicesRest", "/x/ATServicesRest/", "/ATServicesRest/?x"]
)
def test_an_address_of_the_api_has_the_path_of_the_api(path: str) -> None:
    assert not is_interface(f"https://ww5.autotask.net{path}")
    assert is_interface("https://ww5.autotask.net/atservicesrest/")


def test_the_calls_of_a_look_up_are_no_secret_but_nothing_else_is_logged(
    listen: Listen, caplog: pytest.LogCaptureFixture
) -> None:
    listen()

    with caplog.at_level(logging.DEBUG):
        look_up_zone(LOGIN, network=PATIENT)

    assert {record.name.partition(".")[0] for record in caplog.records} <= {
        "httpx",
        "httpcore",
    }
