"""The names in use: the files they are in, and whose they are."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from apiuser.checklist.desk import Desk
from apiuser.checklist.known_tenants import Tenant, add_names, is_same_name
from apiuser.checklist.names_file import NamesFile
from apiuser.checklist.showing import NOT_ACCEPTED
from apiuser.checklist.state import Checklist
from apiuser.credentials.credential import Secret, Username
from apiuser.credentials.encodings_of_a_secret import LEAST_SOUGHT, reveals
from apiuser.credentials.secret_look import shows_secret
from apiuser.errors import escape_invisible
from apiuser.files import find_free_name
from apiuser.howto.preparing import ACTIVATE_AGAIN
from apiuser.rules.case import Relation

_TYPED = "taken_names"
_LEFT_OUT = NamesFile(
    name="A file was left out",
    refusal="Its name or its words hold the secret. Rename it, or take the secret out "
    "of it, and add it again.",
    doubts=("a file was left out",),
)
"""Stands for each file that holds the secret, and names none."""


@dataclass(slots=True)
class NamesInUse:
    """The files with names in use of one checklist, read or refused.

    Attributes:
        checklist: It compares a new name with theirs, and knows the tenant.
        desk: It reads and keeps them.
        files: The files, by the names they are shown under.
        tenants: The names of the tenants that were known at the start.
        recalled: The names known of the tenant that were added to those typed.
        kept: The names kept for the tenant. One of all these that is not among those
            typed any more was taken out by a person.
    """

    checklist: Checklist
    desk: Desk
    files: dict[str, NamesFile] = field(default_factory=dict)
    tenants: tuple[str, ...] = field(init=False)
    recalled: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """List the tenants once: a list that grows would redraw the row that uses it."""
        self.tenants = tuple(tenant.name for tenant in self.desk.list_tenants())

    def add(self, file: NamesFile) -> None:
        """Take the names of a file, or show why it could not be read.

        What was dropped replaces a file that was refused. Next to another one of the
        same name it is shown under a name of its own. One that holds the secret is not
        taken, and our copy of it is deleted.
        """
        if self._holds_any(self.checklist.known_secrets, file):
            shown = self.files.get(file.name)
            if shown and shown.path == file.path:
                self._take_out(shown)
            self.desk.remove_file(file)
            file = _LEFT_OUT
        others = [one for one in self.files.values() if one.path != file.path]
        for other in others:
            if not other.tenant and _replaces(file, other):
                self._take_out(other)
                self.desk.remove_file(other)
            elif _is_twin(file, other):
                if not file.tenant:
                    self.desk.remove_file(file)
                return
        used = {one.name for one in others} & set(self.files)
        file = replace(file, name=find_free_name(file.name, used))
        self.files[file.name] = file
        if file.refusal:
            self.checklist.remove_export(file.name)
        else:
            self.checklist.add_export(file.name, file.names)

    def read_again(self, name: str, options: Mapping[str, str]) -> None:
        """Read a file again, as somebody says it should be read."""
        file = self.files.get(name)
        if file is None:
            return
        kept = {name: text for name, text in options.items() if not self._hides(text)}
        hides = kept.keys() != options.keys()
        read = self.desk.read_file(file.path, {**file.given, **kept})
        self.add(
            replace(
                read,
                name=file.name,
                refusal=NOT_ACCEPTED if read.refusal and hides else read.refusal,
                digest=read.digest or file.digest,
                again=not read.digest,
                tenant=file.tenant,
            )
        )
        if file.tenant:
            self.keep()

    def _holds_any(self, secrets: Iterable[Secret], file: NamesFile) -> bool:
        """Tell whether a file holds a secret, in its bytes or in what is read of it."""
        places = (file.name, file.path, file.tenant)
        texts = (*places, file.refusal, *file.doubts, *file.names, *file.given.values())
        texts = (*texts, *file.levels)
        return any(
            (file.path and self.desk.holds_secret(file.path, secret))
            or any(reveals(text, secret) for text in texts)
            for secret in secrets
            if len(secret) >= LEAST_SOUGHT
        )

    def _hides(self, typed: str) -> bool:
        """Tell whether what was typed beside a file is a secret, or looks like one."""
        return self.checklist.holds_secret(typed) or shows_secret(typed)

    def remove(self, name: str) -> None:
        """Stop using a file, and delete our copy of it."""
        file = self.files.get(name)
        if file is None:
            return
        self._take_out(file)
        self.desk.remove_file(file)
        if file.tenant:
            self.keep()

    def take_all(self) -> tuple[NamesFile, ...]:
        """Hand the files over to another checklist."""
        files, self.files = tuple(self.files.values()), {}
        return files

    def drop(self) -> None:
        """Delete our copies of the files that belong to no tenant yet."""
        for file in self.files.values():
            if not file.tenant:
                self.desk.remove_file(file)

    def find_listed(self, username: Username) -> Iterator[tuple[str, str]]:
        """Yield which files list a user as no active API user, and as what instead."""
        listed = self.checklist.taken.relate(username).get(Relation.TAKEN, "")
        for file in self.files.values():
            if what := file.others.get(listed):
                yield file.name, what

    def find_bearer(self, relation: Relation) -> str:
        """Say who has the name that the new one relates to so, as far as a file tells."""
        near = self.checklist.taken.relate(self.checklist.username).get(relation)
        for file in self.files.values():
            if near in file.names and file.bearers:
                who, place = file.bearers[file.names.index(near)]
                where = escape_invisible(file.name)
                return ", ".join(filter(None, (who, where, place)))
        return ""

    def find_peoples_level(self, level: str) -> str:
        """Return the name of a file in which people have a level, and no API user has.

        Blank if there is none, or API users have it in another file.
        """
        wanted = _fold(level)
        found = [
            (by_api_user, file.name)
            for file in self.files.values()
            for text, by_api_user in file.levels.items()
            if _fold(text) == wanted
        ]
        return "" if not found or any(by for by, _ in found) else found[0][1]

    def propose_state(self) -> None:
        """Propose to activate a user that a file lists as inactive."""
        checklist = self.checklist
        listed = (what for _, what in self.find_listed(checklist.username))
        if checklist.values.get("change_active") and any(
            "inactive" in w for w in listed
        ):
            checklist.set("active", ACTIVATE_AGAIN)

    def leave_others(self) -> str:
        """Stop using what is another tenant's, and say so; it stays where it is."""
        said, tenant = "", self.checklist.text("tenant")
        for file in tuple(self.files.values()):
            if file.tenant and not is_same_name(file.tenant, tenant):
                self._take_out(file)
                said = f"The exports of {file.tenant} are not used for another tenant."
        return said

    def recall(self, *, entered: Collection[str]) -> None:
        """Fill in what is known about the tenant, and read its files.

        Args:
            entered: The fields that are left as they are.
        """
        tenant, holds = self._find_known(), self.checklist.holds_secret
        left = {*entered, _TYPED}
        for key, value in tenant.values.items():
            if self.checklist.has(key) and not (key in left or holds(str(value))):
                self.checklist.set(key, value)
        typed = self.checklist.text(_TYPED).splitlines()
        own = (name for name in typed if name not in self.recalled)
        self.checklist.set(_TYPED, "\n".join(own))
        self.recalled, self.kept = set(), set()
        self.recall_names(tenant)
        for known in tenant.files:
            read = self.desk.read_file(known.path, known.given)
            self.add(known.compare(read, tenant.name))
        if (tenant.files and _LEFT_OUT.name in self.files) or holds(str(tenant)):
            self.keep()

    def recall_names(self, tenant: Tenant | None = None) -> None:
        """Add names known of the tenant to those typed, unless they were added before."""
        names, checklist = (tenant or self._find_known()).taken_names, self.checklist
        known = self.recalled | self.kept
        new = [n for n in names if n not in known and not checklist.holds_secret(n)]
        self.recalled.update(new)
        if new:
            checklist.set(_TYPED, add_names(checklist.text(_TYPED), new))

    def keep(self) -> None:
        """Keep the facts of the tenant, and its files with it.

        What the job does not ask for stays as it is known.
        """
        name = self.checklist.text("tenant")
        if not name:
            return
        for file in tuple(self.files.values()):
            if not file.tenant and not file.refusal:
                kept = self.desk.keep_file(file, name)
                self._take_out(file)
                self.add(kept)
        known = self._find_known()
        self.recall_names(known)
        tenant = Tenant.of(self.checklist, self.files.values())
        values = {**known.values, **tenant.values}
        self.desk.keep_tenant(replace(tenant, values=values))
        self.kept.update(tenant.taken_names)

    def enter_without_secret(self, key: str, text: str) -> bool:
        """Enter what is left of a text without its lines that contain the secret.

        If nothing is left, the field keeps what it had, unless the secret is in it.

        Returns:
            Whether the field has another text now.
        """
        holds = self.checklist.holds_secret
        rest = "\n".join(line for line in text.split("\n") if not holds(line))
        if holds(rest) or not rest:
            former = self.checklist.text(key)
            rest = "" if holds(former) else former
        return bool(self.checklist.set(key, rest))

    def take_out_secret(self) -> tuple[str, ...]:
        """Take the secret out of fields and files, and what is kept of the tenant.

        Returns:
            The keys of the fields that contained it.
        """
        name, holds = self.checklist.text("tenant"), self.checklist.holds_secret
        found = self.checklist.find_secret_in_fields()
        for key in found:
            self.enter_without_secret(key, str(self.checklist.values[key]))
        for file in tuple(self.files.values()):
            if any(map(holds, file.given.values())):
                self.read_again(file.name, dict.fromkeys(file.given, ""))
        newest = self.checklist.known_secrets[-1:]  # no file holds those before it
        held = [f for f in self.files.values() if self._holds_any(newest, f)]
        for file in held:
            self.add(file)
        self.tenants = tuple(one for one in self.tenants if not holds(one))
        kept = any(file.tenant for file in held)
        if (found or kept) and self.checklist.text("tenant"):
            self.keep()
        elif found and name:
            self.desk.drop_tenant(name)
        return found

    def _find_known(self) -> Tenant:
        """Return what is known about the tenant, which may be nothing."""
        name = self.checklist.text("tenant")
        tenants = (one for one in self.desk.list_tenants() if one.is_called(name))
        return next(tenants, Tenant(name=name))

    def _take_out(self, file: NamesFile) -> None:
        self.files.pop(file.name, None)
        self.checklist.remove_export(file.name)


def _fold(level: str) -> str:
    return " ".join(level.split()).casefold()


def _is_twin(file: NamesFile, other: NamesFile) -> bool:
    refused = file.refusal or other.refusal
    return not refused and file.digest == other.digest != ""


def _replaces(file: NamesFile, other: NamesFile) -> bool:
    """Tell whether a file is used instead of another one, which was dropped before."""
    refused = other.refusal != "" and other.name == file.name
    return refused or (file.tenant != "" and _is_twin(file, other))
