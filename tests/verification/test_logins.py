"""One log-in: what a person is told, which calls were made, and where the secret is."""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator

import pytest

from apiuser.credentials.credential import Secret
from apiuser.errors import CallError, InputError
from apiuser.howto.diagnosis import load_symptoms
from apiuser.verification import logins
from apiuser.verification.calls import Network, trust_system
from apiuser.verification.logins import refuse_early, refuse_untravelling, try_login
from apiuser.verification.zones import Zone
from tests.credentials.traceback_styles import STYLES
from tests.planted import SECRETS
from tests.verification.stand_in import (
    ADDRESS,
    LOGIN,
    PATIENT,
    TRIED,
    Listen,
    StandIn,
    answer,
    fail_in_a_hurry,
)

ZONE = Zone(name="Sample Zone 5", address=ADDRESS)
SAVED = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
RIGHTS = {"errors": ["The logged in Resource does not have the adequate permissions"]}
THRESHOLD = {"externalRequestThreshold": 10000}
NOT_COUNTED = "Whether this counted as a failure is not known"


def try_once(stand_in: StandIn, secret: str = SECRETS[0]) -> tuple[str, ...]:
    answered = try_login(ZONE, LOGIN, Secret(secret), stand_in.code, network=PATIENT)
    return answered.symptoms


def wait_for_ever() -> Iterator[bytes]:
    time.sleep(60)  # longer than anybody waits here
    yield b""


def fail(situation: str, ask: Callable[[Network], object]) -> CallError:
    """Ask once, and return what a person is told."""
    if situation == "no end":
        return fail_in_a_hurry(ask)
    with pytest.raises(CallError) as caught:
        ask(PATIENT)
    return caught.value


# What is answered to a right log-in, and the symptoms that it may be.
ANSWERED = {
    "403": (answer(403), ("rights",)),
    "404": (answer(404), ("404",)),
    "429": (answer(429), ("limits",)),
    "500 for rights": (answer(500, RIGHTS), ("rights",)),
    "500 for threads": (
        answer(500, {"errors": ["Thread Threshold Exceeded"]}),
        ("limits",),
    ),
    "500 for the zone": (
        answer(500, {"errors": ["Zone information could not be determined"]}),
        ("zone",),
    ),
    "500 without a reason": (answer(500), ("code", "rights")),
    "500 for the lock": (
        answer(500, {"errors": ["The account is locked."]}),
        ("locked",),
    ),
    "401 for the lock": (
        answer(401, {"errors": ["The account is locked."]}),
        ("locked",),
    ),
    "401 for the identifier": (
        answer(401, {"errors": ["IntegrationCode is invalid."]}),
        ("code",),
    ),
    "500 for several reasons": (
        answer(
            500,
            {
                "errors": [
                    "Zone information could not be determined",
                    "IntegrationCode is invalid.",
                    *RIGHTS["errors"],
                ]
            },
        ),
        ("code", "rights", "zone"),
    ),
    "403 of a filter": (answer(403, {"error": "Blocked here"}), ("rights",)),
}

# What comes back in the place of an answer of the API, and what a person is told.
ODD: dict[str, tuple[bytes | Callable[[], Iterator[bytes]], str]] = {
    "a portal's page": (answer(200, "<html>", Content_Type="text/html"), "web page"),
    "a redirect": (answer(302, Location="https://sample.example.com/"), "redirects"),
    "no JSON": (answer(200, "fine"), "status 200, which says nothing more"),
    "502": (answer(502), "status 502, which says nothing more"),
    "an unheard status": (answer(799), "status 799, which says nothing more"),
    "cut off": (answer(200, {"a": 1})[:-3], "cut off"),
    "nothing": (b"", "cut off"),
    "no end": (wait_for_ever, "no complete answer within"),
}


def test_the_right_values_log_in_by_one_call(listen: Listen) -> None:
    stand_in = listen(secret=SECRETS[0])

    assert try_once(stand_in) == ()
    assert stand_in.log == [TRIED]


def test_what_a_log_in_answers_is_known_in_any_case_of_its_fields(
    listen: Listen,
) -> None:
    told = answer(200, {"CurrentTimeframeRequestCount": 0})

    assert try_once(listen(secret=SECRETS[0], rights=told)) == ()


@pytest.mark.parametrize(
    "said",
    [
        {},
        [THRESHOLD],
        {"status": "login required"},
        {"Message": "Authorization has been denied for this request."},
        {"errors": ["IntegrationCode is invalid."]},
        {**THRESHOLD, "Errors": []},
        {**THRESHOLD, "message": "The account is locked."},
    ],
)
def test_an_answer_without_the_limits_of_calls_proves_no_log_in(
    said: object, listen: Listen
) -> None:
    stand_in = listen(secret=SECRETS[0], rights=answer(200, said))

    with pytest.raises(CallError, match="which says nothing more") as caught:
        try_once(stand_in)
    assert NOT_COUNTED in str(caught.value)
    assert stand_in.log == [TRIED]


@pytest.mark.parametrize(
    "settings",
    [
        {"secret": SECRETS[1]},
        {"secret": SECRETS[0], "locked": True},
        {"secret": SECRETS[0], "ready": 60, "clock": lambda: 0.0},
    ],
    ids=["wrong secret", "locked", "too early"],
)
def test_an_empty_401_cannot_tell_what_is_wrong(
    settings: dict[str, object], listen: Listen
) -> None:
    stand_in = listen(**settings)

    assert try_once(stand_in) == ("401",)
    assert stand_in.log == [TRIED]


@pytest.mark.parametrize(("older", "symptom"), [(True, "code"), (False, "401")])
def test_both_answers_to_a_wrong_identifier_are_known(
    older: bool,  # noqa: FBT001
    symptom: str,
    listen: Listen,
) -> None:
    stand_in = listen(secret=SECRETS[0], older=older)

    answered = try_login(ZONE, LOGIN, Secret(SECRETS[0]), "OTHER", network=PATIENT)

    assert answered.symptoms == (symptom,)
    assert stand_in.log == [TRIED]


@pytest.mark.parametrize("situation", ANSWERED)
def test_each_answer_leads_to_its_symptom_after_one_call(
    situation: str, listen: Listen
) -> None:
    said, symptoms = ANSWERED[situation]
    stand_in = listen(secret=SECRETS[0], rights=said)

    assert try_once(stand_in) == symptoms
    assert {*symptoms} <= load_symptoms().keys()
    assert stand_in.log == [TRIED]


@pytest.mark.parametrize("situation", ODD)
def test_any_other_answer_is_reported_and_the_log_in_not_repeated(
    situation: str, listen: Listen
) -> None:
    said, words = ODD[situation]
    stand_in = listen(secret=SECRETS[0], instead=said)
    secret = Secret(SECRETS[0])

    error = fail(
        situation,
        lambda network: try_login(ZONE, LOGIN, secret, stand_in.code, network=network),
    )

    assert words in str(error)
    assert NOT_COUNTED in str(error)
    assert stand_in.log == [TRIED]


def test_failures_lock_the_stand_in_only_as_often_as_a_person_tries(
    listen: Listen,
) -> None:
    stand_in = listen(secret=SECRETS[0], attempts=2)

    for _ in range(2):
        assert try_once(stand_in, SECRETS[1]) == ("401",)

    assert stand_in.locked
    assert try_once(stand_in) == ("401",)
    assert stand_in.log == [TRIED] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{SECRETS[0]}\n",
        f"{SECRETS[0]}\r\nX-More: 1",
        f" {SECRETS[0]}",
        f"{SECRETS[0]}é",
        f"{SECRETS[0]}\x00",
        "\ud800",
    ],
)
def test_a_secret_that_cannot_travel_is_refused_untried(
    text: str, listen: Listen
) -> None:
    stand_in = listen(secret=text)

    with pytest.raises(InputError, match="The secret is empty, or contains") as caught:
        try_once(stand_in, text)
    assert SECRETS[0] not in str(caught.value)
    assert stand_in.log == []


@pytest.mark.parametrize("text", ["", "A B", "A\n", "Ä"])
def test_an_identifier_that_cannot_travel_is_refused_untried(text: str) -> None:
    with pytest.raises(InputError, match="The tracking identifier is empty"):
        refuse_untravelling(Secret(SECRETS[0]), text)


@pytest.mark.parametrize(
    ("seconds", "early"), [(0, True), (299, True), (300, False), (86400, False)]
)
def test_a_log_in_waits_until_a_new_user_can_work(
    seconds: int,
    early: bool,  # noqa: FBT001
) -> None:
    now = SAVED + dt.timedelta(seconds=seconds)

    if early:
        with pytest.raises(InputError, match="Try from 12:05 on, local time"):
            refuse_early(SAVED, now)
    else:
        refuse_early(SAVED, now)


@pytest.mark.parametrize(
    ("second", "told"), [(0, "12:05"), (1, "12:06"), (59, "12:06")]
)
def test_the_time_to_try_is_a_whole_minute_and_never_too_early(
    second: int, told: str
) -> None:
    with pytest.raises(InputError, match=f"Try from {told} on"):
        refuse_early(SAVED.replace(second=second), SAVED)


def test_the_secret_goes_to_no_host_that_is_not_trusted(listen: Listen) -> None:
    stand_in = listen(secret=SECRETS[0])
    untrusted = Network(trust=trust_system, patience=60)

    with pytest.raises(CallError, match="certificate received") as caught:
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), stand_in.code, network=untrusted)
    assert stand_in.log == []
    assert NOT_COUNTED not in str(caught.value)


def test_a_log_in_that_never_left_counted_for_nothing(listen: Listen) -> None:
    stand_in = listen(secret=SECRETS[0])
    stand_in.port = 1

    with pytest.raises(CallError, match="host or the proxy does not answer") as caught:
        try_once(stand_in)
    assert NOT_COUNTED not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://sample.example.com/ATServicesRest/",
        "http://ww5.autotask.net/ATServicesRest/",
    ],
)
def test_the_secret_goes_to_no_host_but_autotasks(address: str, listen: Listen) -> None:
    stand_in = listen(secret=SECRETS[0])
    hostile = Zone(name="", address=address)

    with pytest.raises(CallError, match="not one of Autotask's"):
        try_login(hostile, LOGIN, Secret(SECRETS[0]), stand_in.code, network=PATIENT)
    assert stand_in.log == []


@pytest.mark.parametrize("situation", [*ODD, "right", "wrong"])
def test_the_secret_is_in_no_log_at_any_level(
    situation: str, listen: Listen, caplog: pytest.LogCaptureFixture
) -> None:
    instead = ODD[situation][0] if situation in ODD else None
    secret = SECRETS[1] if situation == "wrong" else SECRETS[0]
    stand_in = listen(secret=secret, instead=instead)

    def ask(network: Network) -> None:
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), stand_in.code, network=network)

    with caplog.at_level(logging.DEBUG):
        if situation in ODD:
            fail(situation, ask)
        else:
            ask(PATIENT)

    assert SECRETS[0] not in caplog.text
    assert stand_in.log == [TRIED]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("situation", ODD)
def test_the_secret_is_in_no_traceback_of_any_style(
    situation: str, style: str, listen: Listen
) -> None:
    listen(instead=ODD[situation][0])
    secret = Secret(SECRETS[0])

    error = fail(
        situation,
        lambda network: try_login(ZONE, LOGIN, secret, "SAMPLE", network=network),
    )

    # The frames of the tests name the secrets.
    trace = error.__traceback__
    while trace is not None and "tests" in trace.tb_frame.f_code.co_filename:
        trace = trace.tb_next
    assert trace is not None
    assert SECRETS[0] not in STYLES[style](error.with_traceback(trace))


def test_a_header_that_httpx_refuses_shows_nothing_of_it(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """httpx and h11 name the value in their errors; the refusal before is taken out."""
    monkeypatch.setattr(logins, "refuse_untravelling", lambda *_: None)
    stand_in = listen()

    for text in (f"{SECRETS[0]}\nX: 1", f"{SECRETS[0]}é", f"{SECRETS[0]}\ud800"):
        with pytest.raises(CallError, match="could not be made") as caught:
            try_once(stand_in, text)
        assert SECRETS[0] not in str(caught.value)
        assert SECRETS[0] not in repr(caught.value.__context__)
    assert stand_in.log == []
