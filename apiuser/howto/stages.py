"""The stages of each job: which rows the work sheet shows, in the order of the page."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.howto.entering import CUSTOM
from apiuser.howto.preparing import CHANGES, LIST, NEW_USER
from apiuser.howto.stage import Row, Section, Stage
from apiuser.howto.step import Input, Job

_POLICY = Row(
    key="policy",
    label="Password rules",
    steps=("policy",),
    more=("minimum_length", "strong_passwords", "secret_limit", "alphabet"),
)
_NAMES = Row(
    key="names",
    label="Names in use",
    steps=("names",),
    more=("taken_names",),
    change="Type names",
)
_SUFFIX = Row(key="existing_username", label="Username ends with", steps=("names",))
_TENANT = Section(
    code="tenant",
    title="Tenant (optional)",
    rows=(
        Row(key="tenant", steps=("prepare",)),
        _NAMES,
        _SUFFIX,
        _POLICY,
    ),
)
_OPEN_NEW = Row(
    key="open",
    label="Then open",
    says=NEW_USER,
    steps=("open", "prepare"),
    more=("menu_word",),
)
_OPEN_EDIT = Row(
    key="open",
    label="Then open",
    says=f"{LIST}, and the API user in Edit mode",
    steps=("find",),
    more=("menu_word",),
)
_WHICH_USER = tuple(
    Row(
        key=key,
        label="Current username",
        steps=("find",),
        only_if=("change_username", (changes,)),
    )
    for key, changes in (("username", False), ("former_username", True))
)
_CHANGES = Section(
    code="changes",
    rows=tuple(
        Row(key=field.key, steps=("changes",))
        for field in CHANGES.fields
        if field.input is Input.TICK
    ),
)
_FORMATS = ("date_format", "time_format", "number_format", "location")
_GENERAL = Section(
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
            says="Active ticked, Locked clear, formats unchanged",
            steps=("general", "formats"),
            more=_FORMATS,
        ),
    ),
)
_NAMES_CHANGE = ("change_names", (True,))
_GENERAL_CHANGES = Section(
    code="general",
    title="General",
    rows=(
        Row(key="first_name", steps=("general",), only_if=_NAMES_CHANGE),
        Row(key="last_name", steps=("general",), only_if=_NAMES_CHANGE),
        Row(key="email", steps=("general",), only_if=_NAMES_CHANGE),
        Row(key="active", steps=("changes",)),
        Row(
            key="locked",
            label="Locked",
            says="Clear it",
            result="no",
            steps=("changes", "general"),
            only_if=("change_locked", (True,)),
        ),
        Row(key="security_level", steps=("level",), only_if=("change_level", (True,))),
        Row(
            key="rest",
            label="The rest",
            says="As it is",
            steps=("formats",),
            more=_FORMATS,
        ),
    ),
)
_SECRET = Row(key="secret", steps=("secret",))
_LISTED = Row(key="listed", label="Applications", steps=("applications",))
_TRACKING = "API Tracking Identifier and Line of Business"
_IDENTIFIER = ("vendor", "custom_name", "tracking_identifier")
_FILE = Section(code="file", title="Storage")
_STORED = Section(code="ticks", rows=(Row(key="stored", steps=("store", "save")),))
_RENAMED = Section(
    code="renamed",
    rows=(
        Row(
            key="renamed",
            label="New username",
            says="Also enter it where the old one is stored: vault, applications.",
            steps=("username",),
            only_if=("change_username", (True,)),
        ),
    ),
)
_ZONE = Row(
    key="zone",
    label="Zone",
    says="Asks Autotask (beta), without the secret.",
)
_LOGIN = Section(
    code="login",
    rows=(
        Row(key="full_login", label="Full username", steps=("test",)),
        Row(key="secret", label="Secret"),
        Row(
            key="full_identifier",
            label="Tracking Identifier",
            steps=("identifier",),
            only_if=("identifier", (CUSTOM,)),
        ),
        _ZONE,
        Row(
            key="login",
            label="Log-in",
            says="After Look up: logs in once with the secret. Beta.",
        ),
    ),
)
_ANSWERS = Section(code="answers", title="What did it answer?")
_COMPARE = Section(code="compare")
_REVIEW = Section(code="review")
_REMARKS = Section(
    code="remarks",
    rows=(
        Row(key="consultant"),
        Row(key="remarks", label="Remarks", steps=("handover",)),
    ),
)
_CHECK = "Check before saving"
_FINISH = "Finish: forget the secret"
_SAVED = "I pressed Save & Close"
_START = "Start filling in"
_WITHOUT_SECRET = "The record, without the secret."  # noqa: S105  # words on the screen
_WORKS = "It works"


def _show_lines(says: str) -> Row:
    return Row(
        key="line_of_business",
        label="Line of Business",
        says=says,
        steps=("lines",),
        more=("lines", "line_names"),
    )


_CREATE = (
    Stage(
        code="prepare",
        title="Prepare",
        heading="Which integration is it for?",
        lead="One user for each integration.",
        press=_START,
        sections=(
            Section(code="integration"),
            _TENANT,
            Section(code="open", rows=(_OPEN_NEW,)),
        ),
    ),
    Stage(
        code="fill",
        title="Fill in",
        heading="Fill in the page",
        lead="Copy here, paste in Autotask. Alt+C copies the next value.",
        press=_CHECK,
        fills=True,
        sections=(
            _GENERAL,
            Section(
                code="credentials",
                title="Credentials",
                rows=(Row(key="username", steps=("key",)), _SECRET),
            ),
            Section(
                code="tracking",
                title=_TRACKING,
                rows=(
                    *(Row(key=key, steps=("identifier",)) for key in _IDENTIFIER),
                    _show_lines("Leave empty to see all"),
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
        ticks="saved",
        sections=(_FILE, _STORED),
    ),
    Stage(
        code="test",
        title="Test",
        heading="Paste into {application}, test once",
        lead="Failed tries can lock the user.",
        press=_WORKS,
        ticks="tested",
        sections=(Section(code="wait"), _LOGIN, _ANSWERS, _COMPARE),
    ),
    Stage(
        code="handover",
        title="Hand over",
        heading="Check and hand over",
        lead=_WITHOUT_SECRET,
        press=_FINISH,
        sections=(_REMARKS, _REVIEW),
    ),
)
_EDIT = (
    Stage(
        code="prepare",
        title="Prepare",
        heading="What needs to change?",
        lead="Tick it, and the form asks only for that.",
        press=_START,
        sections=(
            _CHANGES,
            Section(code="user", rows=(*_WHICH_USER, _OPEN_EDIT)),
            _TENANT,
        ),
    ),
    Stage(
        code="fill",
        title="Change",
        heading="Change these on the page",
        lead="Leave everything else as it is.",
        press=_CHECK,
        fills=True,
        sections=(
            _GENERAL_CHANGES,
            Section(
                code="credentials",
                title="Credentials",
                rows=(
                    Row(
                        key="username",
                        steps=("renew",),
                        only_if=("change_username", (True,)),
                    ),
                    Row(key="secret", steps=("renew",)),
                ),
            ),
            Section(
                code="tracking",
                title=_TRACKING,
                rows=(
                    *(
                        Row(
                            key=key,
                            steps=("identifier",),
                            only_if=("change_vendor", (True,)),
                        )
                        for key in ("identifier", *_IDENTIFIER)
                    ),
                    _show_lines("As it is"),
                ),
            ),
        ),
    ),
    Stage(
        code="store",
        title="Store and save",
        heading="Save the page",
        lead="Store a new secret first: it is never shown again.",
        lead_without="Press Save & Close in Autotask.",
        press=_SAVED,
        ticks="saved",
        sections=(_FILE, _RENAMED, _STORED),
    ),
    Stage(
        code="test",
        title="Test",
        heading="Test once",
        lead="Enter what you changed in the target application first, if it is used there.",
        press=_WORKS,
        ticks="tested",
        sections=(_LOGIN, _ANSWERS, _COMPARE),
    ),
    Stage(
        code="handover",
        title="Hand over",
        heading="Check and hand over",
        lead=_WITHOUT_SECRET,
        lead_without="The record of what was changed.",
        press="Finish",
        sections=(_REMARKS, _REVIEW),
    ),
)
_ROTATE = (
    Stage(
        code="fill",
        title="New secret",
        heading="Make the new secret, without saving",
        lead="Open the API user in Edit mode. Do not press Save yet.",
        press=_CHECK,
        fills=True,
        sections=(
            Section(
                code="applications",
                rows=(
                    Row(key="tenant"),
                    _NAMES,
                    Row(key="applications", steps=("applications",)),
                    _OPEN_EDIT,
                ),
            ),
            Section(
                code="credentials",
                title="Credentials",
                rows=(
                    Row(key="username", steps=("secret",)),
                    _SUFFIX,
                    _SECRET,
                    _POLICY,
                ),
            ),
        ),
    ),
    Stage(
        code="store",
        title="Store and swap",
        heading="Store it, then paste it everywhere",
        lead="Save nothing while you paste. Then save in Autotask first, and in each application straight away.",
        press="Autotask and every application are saved",
        ticks="saved",
        sections=(
            _FILE,
            Section(
                code="ticks",
                rows=(
                    Row(key="stored", steps=("store",)),
                    _LISTED,
                    Row(key="pasted", steps=("paste", "save")),
                ),
            ),
        ),
    ),
    Stage(
        code="handover",
        title="Test and hand over",
        heading="Test every application once, then hand over",
        lead=_WITHOUT_SECRET,
        press=_FINISH,
        sections=(
            Section(
                code="ticks",
                rows=(_LISTED, Row(key="tested", steps=("test",)), _ZONE),
            ),
            _ANSWERS,
            _REMARKS,
            _REVIEW,
        ),
    ),
)
STAGES: Mapping[Job, tuple[Stage, ...]] = MappingProxyType(
    {Job.CREATE: _CREATE, Job.EDIT: _EDIT, Job.ROTATE: _ROTATE}
)
"""Every job's stages in their order."""
