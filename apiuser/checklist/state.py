"""The values of a job: what was entered, what is known, what was marked as done."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from apiuser.checklist.known_usernames import index_names, list_suffixes
from apiuser.credentials.credential import Secret, Username
from apiuser.credentials.encodings_of_a_secret import reveals
from apiuser.credentials.matching import TakenNames
from apiuser.credentials.validation import check_suffix
from apiuser.howto import STEPS, Field, Input, Job, Step, holds
from apiuser.howto.entering import CUSTOM, VENDOR
from apiuser.howto.integrations import Integration, load_integrations
from apiuser.howto.preparing import DEACTIVATE, OWN_POLICY
from apiuser.rules.catalogue.secret_rules import SHORTEST_SECRET
from apiuser.rules.policies import POLICIES, Policy, limit_for_target, tenant_policy

if TYPE_CHECKING:
    from apiuser.checklist.stored_file import StoredFile

Value = str | int | bool | None

_ASKED_OF_SITE_SETUP = ("policy", "minimum_length", "strong_passwords", "secret_limit")
USERS = ("former_username", "username")
"""Where "which user" is answered: the first if the username changes."""
ORIGINS = ("made here", "typed or pasted")
"""How a secret came into the form."""
TIMED = frozenset({"saved", "tested"})
"""What is ticked when it is done; `Checklist.times` says when that was."""
_LEAST_TO_LOOK_FOR = 6
"""Characters of a secret below which finding it inside other text means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretFacts:
    """What a record may say about a secret.

    Attributes:
        length: Its characters.
        origin: Where it was made.
        unseen: Whether it was made here, and nobody has copied, seen or stored it.
    """

    length: int
    origin: str
    unseen: bool = False


class Checklist:
    """One job for one API user.

    Args:
        job: What the consultant came to do.
        integration: The preset to start from; in the job create nothing of a third
            party is filled in before one is chosen.
        policies: What can be chosen by name, the tenant's own aside.
        clock: Tells the time, with its zone.
    """

    def __init__(
        self,
        job: Job = Job.CREATE,
        *,
        integration: Integration | None = None,
        policies: Mapping[str, Policy] = POLICIES,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        self.job = job
        self._policies = policies
        self.clock = clock
        self.entered_on = clock().date()
        self.times: dict[str, dt.datetime] = {}
        self.finished_at: dt.datetime | None = None
        self.secret_facts: SecretFacts | None = None
        self.done: set[str] = set()
        self.files: list[StoredFile] = []
        self._secret: Secret | None = None
        self._former: list[Secret] = []
        self._exported: dict[str, tuple[str, ...]] = {}
        self._fields = {f.key: f for step in self.steps for f in step.fields}
        self._values: dict[str, Value] = {
            key: field.default
            for key, field in self._fields.items()
            if field.input is not Input.SECRET
        }
        self.chosen = integration is not None or job is not Job.CREATE
        self.integration = integration or load_integrations()["vendor"]
        if integration is not None:
            self._values |= self._preset(integration)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the job, in their order."""
        return STEPS[self.job]

    @property
    def values(self) -> Mapping[str, Value]:
        """The values by field; the secret is not among them."""
        return MappingProxyType(self._values)

    @property
    def filled(self) -> set[str]:
        """The fields whose values are not those that a new sheet suggests."""
        first = {key: field.default for key, field in self._fields.items()}
        first |= self._preset(self.integration)
        return {k for k, held in self._values.items() if held not in {first[k], ""}}

    def text(self, key: str) -> str:
        """Return a value as text; blank if there is none, or no such field."""
        return str(self._values.get(key) or "").strip()

    @property
    def secret(self) -> Secret | None:
        """The secret while it is known; it is never saved."""
        return self._secret

    def choose_integration(self, integration: Integration) -> None:
        """Start from another preset; what the former one filled in is replaced."""
        former = self._preset(self.integration) if self.chosen else {}
        for key, value in self._preset(integration).items():
            if self._values[key] in {former.get(key), self.field(key).default}:
                self._values[key] = value
        self.integration, self.chosen = integration, True

    def has(self, key: str) -> bool:
        """Tell whether the job has a field of this name."""
        return key in self._fields

    def field(self, key: str) -> Field:
        """Return a field of the job.

        Raises:
            KeyError: The job has no such field.
        """
        return self._fields[key]

    def set(self, key: str, value: Value) -> tuple[str, ...]:
        """Give a field its value; the secret has a way of its own.

        Returns:
            The keys of the fields whose value changed.

        Raises:
            KeyError: The job has no such field, or it is the secret.
        """
        if value == self._values[key]:
            return ()
        self._values[key] = value
        if key in _ASKED_OF_SITE_SETUP:
            self.entered_on = self.clock().date()
        self.times.pop(key, None)
        if key in TIMED and value:
            self.times[key] = self.clock()
        moves = key == "change_username" and self._move_user(renamed=bool(value))
        return (key, *USERS) if moves else (key,)

    def _move_user(self, *, renamed: bool) -> bool:
        """Move the answer to "which user" to the field that asks for it now."""
        former, username = map(self.text, USERS)
        shifted = (former, username) if former else (username, "")
        after = shifted if renamed else ("", former)
        self._values.update(zip(USERS, after, strict=True))
        return after != (former, username)

    @property
    def known_secrets(self) -> tuple[Secret, ...]:
        """The secret and those it replaced, without blanks around them."""
        known = (*self._former, *filter(None, [self._secret]))
        return tuple(Secret(text) for one in known if (text := one.reveal().strip()))

    def holds_secret(self, text: str) -> bool:
        """Tell whether a text holds a secret of this job."""
        return any(_holds(text, secret) for secret in self.known_secrets)

    @property
    def makes_key(self) -> bool:
        """Whether the job gives the user a new key."""
        return self.job is not Job.ROTATE and bool(
            self._values.get("change_username", True)
        )

    @property
    def makes_secret(self) -> bool:
        """Whether the job gives the user a new secret."""
        return self.counts("secret")

    @property
    def policy(self) -> Policy:
        """The policy that the values describe.

        Raises:
            PolicyError: They describe none.
        """
        name = str(self._values["policy"])
        return _make_policy(
            None if name == OWN_POLICY else self._policies[name],
            _read_number(self._values.get("minimum_length")),
            _read_number(self._values["secret_limit"]),
            self.entered_on,
            strong_passwords=bool(self._values.get("strong_passwords", True)),
        )

    @property
    def suffix(self) -> str | None:
        """The suffix as typed, or as exports or the old username show it, or None."""
        former = Username.parse(self.text("former_username"))
        suffix = self.typed_suffix or self.seen_suffix or former.suffix
        return None if check_suffix(suffix) else suffix

    @property
    def typed_suffix(self) -> str | None:
        """What was typed as the suffix: an existing username, or what it ends with."""
        text = self.text("existing_username")
        if "@" in text:
            return Username.parse(text).suffix
        return text if "." in text else None

    @property
    def seen_suffix(self) -> str | None:
        """The one suffix that the names read from exports have; None if several."""
        seen = list_suffixes(tuple(self._exported.values()))
        return seen[0] if len(seen) == 1 else None

    @property
    def username(self) -> Username:
        """The username as typed, with the learned suffix if it has none."""
        return self.complete(self.text("username"))

    def complete(self, text: str) -> Username:
        """Read a username, and add the learned suffix if it has none."""
        typed = Username.parse(text)
        return typed if typed.suffix is not None else Username(typed.local, self.suffix)

    @property
    def user(self) -> str:
        """Whose page is open: the old username, or the full one if it stays."""
        full = self.username.full if self.text("username") else ""
        return self.text("former_username") or full

    @property
    def exports(self) -> Mapping[str, tuple[str, ...]]:
        """The usernames read from exports, by file; they are not saved."""
        return MappingProxyType(self._exported)

    @property
    def deactivates(self) -> bool:
        """Whether the job is to deactivate the user."""
        values = self._values
        return bool(values.get("change_active")) and values["active"] == DEACTIVATE

    @property
    def integration_title(self) -> str:
        """What the integration is called: a vendor or program by its own name.

        A user who exists is known by the one application that uses it, or by its key.
        """
        if self.job is not Job.CREATE:
            used = self.applications
            return used[0] if len(used) == 1 else self.username.local
        named = {"vendor": "vendor", "custom": "custom_name"}.get(self.integration.name)
        return (named and self.text(named)) or self.integration.title

    @property
    def applications(self) -> tuple[str, ...]:
        """What logs in with this user, as far as the job asks for it."""
        lines = (line.strip() for line in self.text("applications").split("\n"))
        return tuple(filter(None, lines))

    def count_exported(self) -> int:
        """Count the names in use that were read from exports."""
        return sum(map(len, self._exported.values()))

    def add_export(self, file: str, names: Iterable[str]) -> None:
        """Add the usernames of an export to the names in use."""
        self._exported[file] = tuple(names)

    def remove_export(self, file: str) -> None:
        """Take the usernames of an export out of the names in use."""
        self._exported.pop(file, None)

    @property
    def taken(self) -> TakenNames:
        """The names in use, as far as they were given."""
        # In other jobs it may well be the user that is worked on.
        typed = self.text("existing_username") if self.job is Job.CREATE else ""
        # Without an @ it is only what usernames end with.
        existing = typed if "@" in typed else ""
        exported = self._exported.values()
        return index_names(self.text("taken_names"), ((existing,), *exported))

    def generate_key(self) -> None:
        """Draw a free key and make it the username.

        Raises:
            PolicyError: No key follows the policy, or all of them are taken.
        """
        from apiuser.credentials.drawing import generate_username  # noqa: PLC0415  # late

        key = generate_username(policy=self.policy, taken=self.taken)
        self.set("username", key.local)

    def generate_secret(self) -> None:
        """Draw a secret.

        Raises:
            PolicyError: No secret follows the policy.
        """
        from apiuser.credentials.drawing import generate_secret  # noqa: PLC0415  # late

        policy, email = self.policy, self.text("email")
        alphabet = str(self._values["alphabet"])
        self._keep_former()
        self._secret = generate_secret(
            policy=policy, alphabet=alphabet, username=self.username, email=email
        )
        length = len(self._secret)
        self.secret_facts = SecretFacts(length=length, origin=ORIGINS[0], unseen=True)

    def note_given(self) -> None:
        """Note that somebody has the secret."""
        if self.secret_facts is not None:
            self.secret_facts = replace(self.secret_facts, unseen=False)

    def take_secret(self, typed: Secret | str) -> None:
        """Take a secret that was typed or pasted; a blank one forgets it."""
        if not typed:
            self.forget_secret()
            self.secret_facts = None
            return
        self._keep_former()
        self._secret = typed if isinstance(typed, Secret) else Secret(typed)
        self.secret_facts = SecretFacts(length=len(typed), origin=ORIGINS[1])

    def forget_secret(self) -> None:
        """Forget the secret; what the record says about it stays."""
        self._secret = None
        self._former.clear()

    def _keep_former(self) -> None:
        """Keep a replaced secret, to find it where it went; half-typed ones are short."""
        if self._secret is not None and len(self._secret) >= SHORTEST_SECRET:
            self._former.append(self._secret)

    def counts(self, key: str) -> bool:
        """Tell whether the job has a field of this name that matters, given the others."""
        return self.has(key) and holds(self.field(key).only_if, self._values)

    def find_secret_in_fields(self) -> tuple[str, ...]:
        """Name the fields into which the secret was typed by mistake."""
        return tuple(
            key
            for key, value in self._values.items()
            if isinstance(value, str) and self.holds_secret(value)
        )

    def _preset(self, integration: Integration) -> dict[str, Value]:
        preset: dict[str, Value] = {
            "first_name": integration.first_name,
            "last_name": integration.last_name,
            "email": integration.email,
            "identifier": CUSTOM if integration.custom else VENDOR,
            "vendor": integration.vendor,
            "secret_limit": integration.secret_limit,
        }
        # An existing user is shown as it is, so only limits come from the preset.
        keys = self._fields if self.job is Job.CREATE else {"secret_limit"}
        return {key: preset[key] for key in preset.keys() & keys}


@lru_cache(maxsize=32)
def _make_policy(
    chosen: Policy | None,
    minimum: int | None,
    limit: int | None,
    entered_on: dt.date,
    *,
    strong_passwords: bool,
) -> Policy:
    if chosen is not None:
        return limit_for_target(chosen, limit, entered_on=entered_on)
    return tenant_policy(
        minimum_length=minimum or 0,
        strong_passwords=strong_passwords,
        entered_on=entered_on,
        target_limit=limit,
    )


def _holds(value: str, secret: Secret) -> bool:
    if len(secret) < _LEAST_TO_LOOK_FOR:
        return value.strip() == secret.reveal()
    return reveals(value, secret)


def _read_number(value: Value) -> int | None:
    return value if isinstance(value, int) else None
