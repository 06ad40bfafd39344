"""The steps from Save to handover."""

import datetime as dt
from dataclasses import replace

from apiuser.howto.diagnosis.evidence import (
    EMPTY,
    NO_ZONE,
    REFUSED,
    ZONE_PROVES_LITTLE,
)
from apiuser.howto.key_and_secret import RENEWED
from apiuser.howto.step import Field, Input, Note, Step
from apiuser.rules.citations import (
    ADD_EDIT,
    CLOUD_DEPOT,
    HOW_TO,
    INFERENCE,
    INTEGRATION_CENTER,
    IT_GLUE,
    LOCKOUT,
    MSP360,
    SAMPLE_CODE,
    TIMEZEST,
    TIMEZEST_ROTATION,
    ZENCONTRACT_ROTATION,
)

WAIT_MINUTES = 5
"""The most minutes until a new user works (Cloud Depot's guide)."""


def find_ready(saved: dt.datetime) -> dt.datetime:
    """Return when a user that was saved at some time works at the latest."""
    return saved + dt.timedelta(minutes=WAIT_MINUTES)


LOGIN_WARNING = Note(
    "A wrong log-in counts towards the lock-out of this user; how many are allowed is a "
    "setting of Site Setup. This is one attempt, never repeated automatically.",
    (LOCKOUT, SAMPLE_CODE),
)
"""What to know before a log-in is tried."""

STORE = Step(
    code="store",
    title="Store the key and the secret",
    do=(
        Note(
            "Put the full username and the secret into your password store now, before "
            "you save the page.",
            (TIMEZEST,),
        ),
    ),
    know=(
        Note("After Save the secret cannot be shown again.", (IT_GLUE,)),
        Note(
            "Never put the secret into a notebook cell, an e-mail or a ticket: it stays "
            "there.",
            (),
        ),
    ),
    fields=(
        Field(
            key="stored",
            label="Key and secret are stored",
            input=Input.TICK,
            default=False,
            missing="Store the key and the secret, then tick this.",
            only_if=RENEWED,
        ),
    ),
    part="credentials",
)

SAVE = Step(
    code="save",
    title="Save the page",
    do=(Note("Press Save & Close.", (ADD_EDIT,)),),
    know=(
        Note(
            "If Autotask says that the username is in use, an inactive resource may "
            "have it: go back and make another key.",
            (HOW_TO, INFERENCE),
        ),
    ),
    fields=(
        Field(
            key="saved",
            label="Saved without a message from Autotask",
            input=Input.TICK,
            default=False,
        ),
    ),
    part="save",
)

SAVE_ROTATED = Step(
    code="save",
    title="Save Autotask first, then the applications",
    do=(
        Note(
            "Press Save & Close in Autotask, then save each application straight away.",
            (TIMEZEST_ROTATION,),
        ),
    ),
    know=(
        Note(
            "If the user was locked meanwhile, open it again, clear Locked and save.",
            (MSP360, LOCKOUT),
        ),
    ),
    fields=(
        Field(
            key="saved",
            label="Autotask and every application are saved",
            input=Input.TICK,
            default=False,
            missing="Save Autotask and the applications, then tick this.",
        ),
    ),
    part="save",
)

_PROOF = Note(
    "Look for the user in the Integration Center, under API Users: it lists users "
    "with a call in the last 30 days.",
    (INTEGRATION_CENTER,),
)
_COMPARE = Note(
    "Export the resources again as before, and compare both: “apiuser compare BEFORE "
    "AFTER --expect NAME” tells whether the user is as planned and nothing else "
    "changed in the columns compared; the audit notebook does the same under “Before "
    "and after”.",
)
_COMPARE_EDITED = Note(
    "Export the resources again as before, and compare both: “apiuser compare BEFORE "
    "AFTER” lists what changed in the columns compared; the audit notebook does the "
    "same under “Before and after”.",
)
_TROUBLE = (REFUSED, NO_ZONE, ZONE_PROVES_LITTLE, EMPTY)
_TESTED = Field(
    key="tested",
    label="The target application's own test succeeded",
    input=Input.TICK,
    default=False,
    missing="Test once in the target application, then tick this.",
)

TEST = Step(
    code="test",
    title="Wait, then test",
    do=(
        Note(
            "Wait until the new user works: it can take up to five minutes.",
            (CLOUD_DEPOT,),
        ),
        Note(
            "Enter the full username and the secret in the target application, and use "
            "its own test once.",
        ),
        _PROOF,
        _COMPARE,
    ),
    know=_TROUBLE,
    fields=(_TESTED,),
)

TEST_EDITED = Step(
    code="test",
    title="Test",
    do=(
        Note(
            "Enter what has changed in the target application, and use its own test "
            "once.",
        ),
        _PROOF,
        _COMPARE_EDITED,
    ),
    know=_TROUBLE,
    fields=(_TESTED,),
)

TEST_ROTATED = Step(
    code="test",
    title="Test every application",
    do=(
        Note("Use each application's own test once.", (ZENCONTRACT_ROTATION,)),
        _PROOF,
    ),
    know=_TROUBLE,
    fields=(replace(_TESTED, label="Every application's own test succeeded"),),
)

HAND_OVER = Step(
    code="handover",
    title="Hand over",
    do=(
        Note(
            "Write an encrypted file for whoever runs the integration and send its "
            "passphrase another way, or copy field by field into an open vault.",
        ),
        Note(
            "Give the record to whoever looks after the integration; the secret is "
            "not in it.",
            (),
        ),
        Note("Press Finish: the form then forgets the secret."),
    ),
    fields=(
        Field(
            key="remarks",
            label="Remarks for the record",
            input=Input.LINES,
            advice="For example where the secret is stored; never the secret.",
        ),
    ),
)
