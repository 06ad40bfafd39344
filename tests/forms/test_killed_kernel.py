"""A kernel that is killed while it holds a secret leaves nothing of it."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from tests.leaks.room import Room, open_room, search
from tests.planted import SECRETS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

PATIENCE = 60
ROOT = Path(__file__).parents[2]
# The secret and the passphrase are shown here only, and the typed one comes by a prompt:
# a cell that holds one is kept by Jupyter's history.
WORK = """
import os
from pathlib import Path
from apiuser.credentials.credential import Secret
from apiuser.forms import show_checklist

sheet = show_checklist()
session, desk = sheet.session, sheet.desk
desk.folder = Path.cwd()
session.act({"do": "set", "key": "tenant", "value": "Sample MSP"})
session.act({"do": "set", "key": "username", "value": "sample4key@example.com"})
session.take_secret(Secret(input()))
desk.typed["passphrase"] = Secret(input())
session.act({"do": "press", "name": "store", "drawn": session.drawn,
             "values": {"file": "new.kdbx", "lock": "generated"}})
for one in (session.checklist.secret, *desk.passphrases.values()):
    print(one.reveal())
print(os.getpid())
"""


@pytest.fixture
def room() -> Iterator[Room]:
    with open_room() as one:
        yield one


def hold_secrets(client: BlockingKernelClient, typed: list[str]) -> list[str]:
    """Let the kernel make its secrets, and return the lines that it prints."""
    shown: list[str] = []
    client.wait_for_ready(PATIENCE)
    client.execute_interactive(
        WORK,
        timeout=PATIENCE,
        stdin_hook=lambda _: client.input(typed.pop(0)),
        output_hook=lambda message: shown.append(message["content"].get("text", "")),
    )
    return "".join(shown).splitlines()


def test_a_kernel_that_is_killed_with_a_secret_leaves_none_in_a_file(
    room: Room,
) -> None:
    manager = KernelManager()
    with (room["logs"] / "kernel.txt").open("wb") as log:
        manager.start_kernel(
            cwd=str(room["work"]),
            env=room.environment | {"PYTHONPATH": str(ROOT)},
            extra_arguments=["--debug"],
            stdout=log,
            stderr=log,
        )
        client = manager.blocking_client()
        client.start_channels()
        try:
            *secrets, kernel = hold_secrets(client, [SECRETS[0], SECRETS[3]])
            room.sample()
            os.kill(int(kernel), signal.SIGKILL)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    found = search(room, [*secrets, SECRETS[3]])

    assert secrets[0] == SECRETS[0]
    assert len(secrets) == 2
    assert (room["home"] / "new.kdbx").is_file()
    assert list((room["work"] / "work").iterdir()) != []
    assert found.files["logs"] == 1
    assert found.files["processes"] > 0
    assert found.hits == ()
