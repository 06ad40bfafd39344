"""The stages of each job: which rows the work sheet shows, in the order of the page."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.howto.stage import Row, Section, Stage
from apiuser.howto.step import Job

_TENANT = Section(
    code="tenant",
    title="Tenant",
    rows=(
        Row(key="tenant", steps=("prepare",)),
        Row(key="names", label="Names in use", steps=("names",)),
        Row(key="existing_username", label="Login ends with", steps=("names",)),
        Row(
            key="policy",
            label="Password rules",
            steps=("policy",),
            more=("minimum_length", "strong_passwords", "secret_limit", "alphabet"),
        ),
    ),
)
_IDENTIFIER = (
    Row(key="vendor", steps=("identifier",)),
    Row(key="custom_name", steps=("identifier",)),
    Row(key="tracking_identifier", steps=("identifier",)),
)
_SECRET = Row(key="secret", steps=("secret",))
_FILE = Section(code="file", title="Encrypted file")
_LOGIN = Section(
    code="login",
    rows=(
        Row(key="full_login", label="Full login", steps=("test",)),
        Row(key="secret", label="Secret"),
    ),
)
_ANSWERS = Section(code="answers", title="What did it answer?")
_REVIEW = Section(code="review")
_REMARKS = Section(
    code="remarks",
    rows=(
        Row(key="consultant"),
        Row(key="remarks", label="Remarks", steps=("handover",)),
    ),
)
_FINISH = "Finish: forget the secret"
_WORKS = "It works"
_SAVED = "I pressed Save & Close"

STAGES: Mapping[Job, tuple[Stage, ...]] = MappingProxyType(
    {
        Job.CREATE: (
            Stage(
                code="prepare",
                title="Prepare",
                heading="Which integration is it for?",
                lead="One user for each integration.",
                press="Start filling in",
                sections=(
                    Section(code="integration"),
                    _TENANT,
                    Section(
                        code="open",
                        rows=(
                            Row(
                                key="open",
                                label="Then open",
                                says="Admin > Resources (Users), arrow beside New, "
                                "New API User",
                                steps=("prepare", "open"),
                                more=("menu_word",),
                            ),
                        ),
                    ),
                ),
            ),
            Stage(
                code="fill",
                title="Fill in",
                heading="Fill in the page",
                lead="Copy here, paste in Autotask. Alt+C copies the next value.",
                press="Check before saving",
                sections=(
                    Section(
                        code="general",
                        title="General",
                        rows=(
                            Row(key="first_name", steps=("general",)),
                            Row(key="last_name", steps=("general",)),
                            Row(key="email", steps=("general",)),
                            Row(key="security_level", steps=("level",)),
                            Row(
                                key="rest",
                                label="The rest",
                                says="Active ticked, Locked clear, formats as they are",
                                steps=("general", "formats"),
                                more=(
                                    "date_format",
                                    "time_format",
                                    "number_format",
                                    "location",
                                ),
                            ),
                        ),
                    ),
                    Section(
                        code="credentials",
                        title="Credentials",
                        rows=(Row(key="username", steps=("key",)), _SECRET),
                    ),
                    Section(
                        code="tracking",
                        title="API Tracking Identifier and Line of Business",
                        rows=(
                            *_IDENTIFIER,
                            Row(
                                key="lines",
                                label="Line of Business",
                                says="Leave empty to see all",
                                steps=("lines",),
                                more=("lines", "line_names"),
                            ),
                        ),
                    ),
                ),
            ),
            Stage(
                code="store",
                title="Store and save",
                heading="Store it before you save",
                lead="Autotask never shows the secret again.",
                press=_SAVED,
                sections=(
                    _FILE,
                    Section(
                        code="ticks",
                        rows=(Row(key="stored", steps=("store", "save")),),
                    ),
                ),
            ),
            Stage(
                code="test",
                title="Test",
                heading="Connect and test once",
                lead="A new user can take five minutes; repeated tests can lock it.",
                press=_WORKS,
                sections=(Section(code="wait"), _LOGIN, _ANSWERS),
            ),
            Stage(
                code="handover",
                title="Hand over",
                heading="Check and hand over",
                lead="The record, without the secret.",
                press=_FINISH,
                sections=(_REVIEW, _REMARKS),
            ),
        ),
        Job.EDIT: (
            Stage(
                code="prepare",
                title="Prepare",
                heading="What shall change?",
                lead="The sheet then shows those rows only.",
                press="Start filling in",
                sections=(
                    Section(
                        code="changes",
                        rows=tuple(
                            Row(key=key, steps=("changes",))
                            for key in (
                                "change_active",
                                "change_locked",
                                "change_names",
                                "change_level",
                                "change_vendor",
                                "change_username",
                                "change_secret",
                            )
                        ),
                    ),
                    _TENANT,
                    Section(
                        code="open",
                        rows=(
                            Row(
                                key="open",
                                label="Then open",
                                says="Admin > Resources (Users), and the API user in "
                                "Edit mode",
                                steps=("find",),
                                more=("menu_word",),
                            ),
                        ),
                    ),
                ),
            ),
            Stage(
                code="fill",
                title="Change",
                heading="Change these on the page",
                lead="Leave everything else as it is.",
                press="Check before saving",
                sections=(
                    Section(
                        code="general",
                        title="General",
                        rows=(
                            *(
                                Row(
                                    key=key,
                                    steps=("general",),
                                    only_if=("change_names", (True,)),
                                )
                                for key in ("first_name", "last_name", "email")
                            ),
                            Row(
                                key="active",
                                steps=("changes",),
                                only_if=("change_active", (True,)),
                            ),
                            Row(
                                key="locked",
                                label="Locked",
                                says="Clear it",
                                steps=("changes", "general"),
                                only_if=("change_locked", (True,)),
                            ),
                            Row(
                                key="security_level",
                                steps=("level",),
                                only_if=("change_level", (True,)),
                            ),
                            Row(
                                key="formats",
                                label="The rest",
                                says="As it is",
                                steps=("formats",),
                            ),
                        ),
                    ),
                    Section(
                        code="credentials",
                        title="Credentials",
                        rows=(
                            Row(key="username", steps=("renew",)),
                            Row(
                                key="secret",
                                steps=("renew",),
                                only_if=("change_secret", (True,)),
                            ),
                        ),
                    ),
                    Section(
                        code="tracking",
                        title="API Tracking Identifier and Line of Business",
                        rows=(
                            Row(
                                key="identifier",
                                steps=("identifier",),
                                only_if=("change_vendor", (True,)),
                            ),
                            Row(
                                key="vendor",
                                steps=("identifier",),
                                only_if=("change_vendor", (True,)),
                            ),
                            Row(
                                key="custom_name",
                                steps=("identifier",),
                                only_if=("change_vendor", (True,)),
                            ),
                            Row(
                                key="tracking_identifier",
                                steps=("identifier",),
                                only_if=("change_vendor", (True,)),
                            ),
                            Row(
                                key="lines",
                                label="Line of Business",
                                says="As it is",
                                steps=("lines",),
                                more=("lines", "line_names"),
                            ),
                        ),
                    ),
                ),
            ),
            Stage(
                code="store",
                title="Store and save",
                heading="Save the page",
                lead="A new secret is never shown again: store it first.",
                press=_SAVED,
                sections=(
                    _FILE,
                    Section(
                        code="ticks",
                        rows=(Row(key="stored", steps=("store", "save")),),
                    ),
                ),
            ),
            Stage(
                code="test",
                title="Test",
                heading="Test once",
                lead="Enter what has changed in the target application first.",
                press=_WORKS,
                sections=(_LOGIN, _ANSWERS),
            ),
            Stage(
                code="handover",
                title="Hand over",
                heading="Check and hand over",
                lead="The record, without the secret.",
                press="Finish",
                sections=(_REVIEW, _REMARKS),
            ),
        ),
        Job.ROTATE: (
            Stage(
                code="fill",
                title="New secret",
                heading="Make the new secret, without saving",
                lead="Open the API user in Edit mode. Do not press Save yet.",
                press="Check before saving",
                sections=(
                    Section(
                        code="applications",
                        rows=(
                            Row(key="tenant"),
                            Row(key="applications", steps=("applications",)),
                            Row(
                                key="open",
                                label="Open",
                                says="Admin > Resources (Users), and the API user in "
                                "Edit mode",
                                steps=("find",),
                                more=("menu_word",),
                            ),
                        ),
                    ),
                    Section(
                        code="credentials",
                        title="Credentials",
                        rows=(
                            Row(key="username", steps=("secret",)),
                            _SECRET,
                            Row(
                                key="policy",
                                label="Password rules",
                                steps=("policy",),
                                more=(
                                    "minimum_length",
                                    "strong_passwords",
                                    "secret_limit",
                                    "alphabet",
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            Stage(
                code="store",
                title="Store and swap",
                heading="Store it, paste it everywhere, then save",
                lead="Autotask first, then each application at once.",
                press="Autotask and every application are saved",
                sections=(
                    _FILE,
                    Section(
                        code="ticks",
                        rows=(
                            Row(key="stored", steps=("store",)),
                            Row(key="pasted", steps=("paste", "save")),
                        ),
                    ),
                ),
            ),
            Stage(
                code="handover",
                title="Test and hand over",
                heading="Test every application once, then hand over",
                lead="The record, without the secret.",
                press=_FINISH,
                sections=(
                    Section(code="ticks", rows=(Row(key="tested", steps=("test",)),)),
                    _ANSWERS,
                    _REVIEW,
                    _REMARKS,
                ),
            ),
        ),
    }
)
"""Every job's stages in their order."""
