"""The stand-in answers as Autotask is said to: another's client takes it for Autotask."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.planted import SECRETS
from tests.verification.stand_in import (
    LOGIN,
    StandIn,
    answer,
    make_certificate,
    open_stand_in,
)

CLIENT = """
const { AutotaskRestApi } = require("@apigrate/autotask-restapi");
const [user, secret, code, base_url] = JSON.parse(process.env.VALUES);
const client = new AutotaskRestApi(user, secret, code, { base_url });
const told = (found, error) =>
  console.log(JSON.stringify({ found, status: error?.status, details: error?.details }));
client.Companies.info().then((found) => told(found), (error) => told(null, error));
"""
PATH = "/ATServicesRest/"


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    settings = StandIn(secret=SECRETS[0], rights=answer(200, {"info": {"name": "C"}}))
    with open_stand_in(settings, make_certificate("localhost")) as one:
        one.address = f"https://localhost:{one.port}{PATH}"
        yield one


Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(stand_in: StandIn, site_parts: Path, tmp_path: Path) -> Ask:
    """Give a way to run the client once, and to see what it made of the answer."""
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(make_certificate("localhost"))

    def run_client(user: str, secret: str, code: str) -> dict[str, Any]:
        values = json.dumps([user, secret, code, stand_in.address])
        settings = {"NODE_EXTRA_CA_CERTS": str(trusted), "VALUES": values}
        done = subprocess.run(
            ["node", "-e", CLIENT],  # noqa: S607  # where people have put it
            cwd=site_parts.parent,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    return run_client


def list_calls(stand_in: StandIn, user: str) -> list[str]:
    """Return the calls that the client makes: the look-up, then its question."""
    host = f"https://localhost:{stand_in.port}{PATH}"
    name = user.replace("@", "%40")
    carried = "with UserName, Secret, ApiIntegrationCode"
    return [
        f"GET {host}v1.0/zoneInformation?user={name}",
        f"GET {host}V1.0/Companies/entityInformation {carried}",
    ]


def test_the_client_finds_the_zone_and_logs_in(stand_in: StandIn, ask: Ask) -> None:
    told = ask(LOGIN, SECRETS[0], stand_in.code)

    assert told["found"] == {"info": {"name": "C"}}
    assert stand_in.log == list_calls(stand_in, LOGIN)


def test_the_client_sees_an_unknown_user_and_a_wrong_secret_refused(
    stand_in: StandIn, ask: Ask
) -> None:
    for user, secret in (
        ("other1@sample.example.com", SECRETS[0]),
        (LOGIN, SECRETS[1]),
    ):
        stand_in.log.clear()

        told = ask(user, secret, stand_in.code)

        assert told["status"] == 401
        assert stand_in.log == list_calls(stand_in, user)


def test_the_client_sees_the_older_answer_to_a_wrong_identifier(
    stand_in: StandIn, ask: Ask
) -> None:
    stand_in.older = True

    told = ask(LOGIN, SECRETS[0], "OTHER")

    assert told["status"] == 500
    assert told["details"] == {"errors": ["IntegrationCode is invalid."]}
