"""One person's work on a sheet: what was pressed, typed and copied, and what it did.

A view sends what a person did as a mapping; `Session.act` does it, and
`apiuser.checklist.sheet.describe` says what the view shows then. The notebook and the
page of the guide have the same session, with another desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apiuser.checklist.autotask_calls import Calls, Question
from apiuser.checklist.desk import Desk, Told
from apiuser.checklist.field_marks import (
    IN_FILES,
    NOT_YET_WORK,
    FieldMarks,
    list_undone,
)
from apiuser.checklist.handover_files import HandoverFiles
from apiuser.checklist.known_tenants import carry_over
from apiuser.checklist.names_in_use import NamesInUse
from apiuser.checklist.press_results import SILENCE, Said, attempt, tell_end
from apiuser.checklist.progress import (
    Fault,
    find_faults,
    is_done,
    list_fields,
    list_rows,
)
from apiuser.checklist.screen_values import read_value, read_values
from apiuser.checklist.second_presses import BEGINS, PAIR, find_place, find_question
from apiuser.checklist.showing import COPY_AGAIN, MISPLACED, NOT_ACCEPTED
from apiuser.checklist.state import USERS, Checklist
from apiuser.credentials.credential import Secret
from apiuser.credentials.secret_look import shows_secret
from apiuser.errors import ApiuserError
from apiuser.howto import STAGES, Input, Job, Stage
from apiuser.howto.integrations import load_integrations


@dataclass(slots=True)
class Session:
    """The work on one form.

    Attributes:
        checklist: The values of the job.
        desk: What can be done here.
        stage: The place of the stage that is shown.
        drawn: Counts the forms drawn; a press belongs to the form it was drawn on.
        marks: What somebody did with the fields.
        secrets: Counts the secrets that were made or typed; a place that shows one
            stops when it is replaced.
        names: The files with names in use, and the tenant they belong to.
        files: The encrypted files written.
        calls: What Autotask is asked, and what was answered; whoever drives the session
            finds the answer to the question there, and hands it to `take_told`.
        said: What the last press did.
        not_kept: Why the work could not be kept, while it cannot.
        faults: What a check found in the stage that is shown.
        finished: Whether the secret was forgotten at the end.
        record: Where the finished record is; blank while it is nowhere.
        unconfirmed: The press that waits to be confirmed.
    """

    checklist: Checklist
    desk: Desk
    stage: int = 0
    drawn: int = 0
    marks: FieldMarks = field(init=False)
    secrets: int = 0
    names: NamesInUse = field(init=False)
    files: HandoverFiles = field(init=False)
    calls: Calls = field(init=False)
    said: Said = SILENCE
    not_kept: str = ""
    faults: tuple[Fault, ...] = ()
    finished: bool = False
    record: str = ""
    unconfirmed: str = ""

    def __post_init__(self) -> None:
        self._attach(self.checklist)

    def _attach(self, checklist: Checklist) -> None:
        self.checklist, self.names = checklist, NamesInUse(checklist, self.desk)
        self.calls = Calls(checklist, self.desk)
        self.files = HandoverFiles(checklist, self.desk)
        self.marks = FieldMarks(full=checklist.username.full)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the job; one who is deactivated is not tested."""
        left_out = {"tested"} if self.checklist.deactivates else set()
        stages = STAGES[self.checklist.job]
        return tuple(stage for stage in stages if stage.ticks not in left_out)

    @property
    def shown(self) -> Stage:
        """The stage that is shown."""
        return self.stages[self.stage]

    def act(self, event: Mapping[str, object]) -> None:
        """Do what a person did; what goes wrong for a known reason is reported.

        Args:
            event: `do` names it: `set` (with `key` and `value`), `copied` (with
                `key`), `given` (with `what`, once somebody has it), or `press` (with
                `name` and `drawn`). A press on a sheet that is no longer shown does
                nothing.
        """
        do, name = event.get("do"), str(event.get("name", ""))
        stale = do == "press" and event.get("drawn") != self.drawn
        verb = name.partition(":")[0]
        if stale or (self.finished and verb not in BEGINS and do != "copied"):
            return
        try:
            if do == "set":
                self._set(str(event.get("key")), event.get("value"))
            elif do == "copied":
                self.marks.copy(self.shown, str(event.get("key")))
                if event.get("key") == "secret":
                    self.checklist.note_given()
            elif do == "given":
                self._note_given(str(event.get("what")))
            elif do == "press":
                self._press(name, event)
        except ApiuserError as error:
            place = find_place(name) or str(event.get("key"))
            self.said = Said(place, str(error), failed=True, of_file=bool(error.path))
        self._keep()

    def add_file(self, path: str) -> None:
        """Take the names in use from an export that was dropped."""
        self.names.add(self.desk.read_file(path, {}))
        self._keep()

    def _keep(self) -> None:
        """Drop what a check found, or was stored, and no longer holds; keep the rest."""
        if self.marks.show(self.checklist.username.full) and self.files.stored:
            self.files.give_up_all()
        if self.faults:
            keys = {fault.key for fault in self.faults}
            found = (*self._find_earlier(), *self.find_faults(self.shown))
            self.faults = tuple(fault for fault in found if fault.key in keys)
        kept = self.has_work and not self.finished
        why = attempt(self.desk.keep, self.checklist) if kept else ""
        self.not_kept = f"Your work could not be kept: {why}" if why else ""

    def take_secret(self, secret: Secret) -> None:
        """Take a secret that was typed or pasted."""
        if self.finished:
            return
        self.checklist.take_secret(secret)
        self._note_change("secret")
        self._sweep()
        self._keep()

    def take_words(self, words: Secret) -> None:
        """Take what an application said, which may have a secret in it."""
        if not self.finished:
            self.unconfirmed, self.said = "", self.calls.recognise(words)

    def _set(self, key: str, value: object) -> None:
        checklist = self.checklist
        if not checklist.has(key):
            return
        field = checklist.field(key)
        new = read_value(field, value)
        self.said = SILENCE
        if isinstance(new, str) and self.checklist.holds_secret(new):
            if self.names.enter_without_secret(key, new):
                self._note_change(key)
            self._refuse(key, MISPLACED)
        elif isinstance(new, str) and shows_secret(new):
            self._refuse(key, NOT_ACCEPTED)
        elif key == "stored" and (why := self.files.refuse_tick(tick=bool(new))):
            self.said = Said(key, why)
        elif field.input is not Input.CHOICE or new in field.options:
            self.marks.refused.pop(key, None)
            changed = self.checklist.set(key, new)
            for one in reversed(changed):  # the field itself last, whose marks count
                self._note_change(one)
            if key == "tenant" and changed:
                if left := self.names.leave_others():
                    self.said = Said(key, left)
                self.names.recall(entered=self.marks.changed)

    def _refuse(self, key: str, why: str) -> None:
        self.said, self.marks.refused[key] = Said(key, why), why

    def _note_change(self, key: str, *, made: bool = False) -> None:
        self.marks.change(key, made=made)
        self.unconfirmed = ""  # the sheet it was about has changed
        self.secrets += key == "secret"
        if key == "change_username":  # which moves the question who it is about
            self.marks.touched -= {one for one in USERS if not self.checklist.text(one)}
        if key in IN_FILES:
            self.files.give_up_all()
        self._undo(key)

    def _undo(self, key: str) -> None:
        """Take back the ticks that were about the former value of a field."""
        for tick in filter(self.checklist.has, list_undone(key)):
            self.checklist.set(tick, value=False)

    def _press(self, name: str, event: Mapping[str, object]) -> None:  # noqa: C901, PLR0912  # each press has a line
        verb, _, what = name.partition(":")
        place = find_place(name)
        self.drawn += 1
        unconfirmed, self.unconfirmed, self.said = self.unconfirmed, "", SILENCE
        if (question := self._find_question(name)) and unconfirmed != name:
            self.unconfirmed, self.said = name, Said(place, question, asks=True)
            return
        match verb:
            case "job" if what in set(Job):
                self._begin(Job(what))
            case "anew":
                self._begin(self.checklist.job, anew=True)
            case "again" if self.finished:
                self._begin(self.checklist.job)
            case "resume":
                self._take_up(what)
            case "choose":
                self._choose(what)
            case "stage":
                self._show(what)
            case "unfold":
                self.marks.unfolded ^= {what}
            case "generate":
                self._generate(what)
            case "primary":
                self._go_on()
            case "store":
                self._store(read_values(event))
            case "zone":
                self.said = self.calls.look_up()
            case "login":
                self.said = self.calls.log_in(self.secrets, early=what == "now")
            case "answer" | "answered":
                self.calls.toggle_answer(what, given=verb == "answered")
            case "read":
                self.names.read_again(what, read_values(event))
            case "remove":
                self.names.remove(what)

    @property
    def has_work(self) -> bool:
        """Whether starting again would lose anything."""
        if self.finished:
            return not self.record
        return bool(self.checklist.secret or self.marks.changed - NOT_YET_WORK)

    def _find_question(self, name: str) -> str:
        if name.startswith("login"):
            self.calls.prepare_log_in(early=name == "login:now")
        stored = self.files.stored or self.checklist.values.get("stored")
        return find_question(
            name,
            works=self.has_work,
            finished=self.finished,
            used=self.marks.given | (PAIR if stored else set()),
            refused=self.shown.ticks == "tested" and self.calls.refused(self.secrets),
        )

    def _choose(self, what: str) -> None:
        preset = load_integrations().get(what)
        if preset and self.checklist.job is Job.CREATE:
            self.checklist.choose_integration(preset)
            self.marks.change_all()
            self._undo("vendor")

    def _show(self, what: str) -> None:
        codes = [stage.code for stage in self.stages]
        if what in codes:
            self.stage, open_points, self.faults = codes.index(what), self.faults, ()
            self.marks.unfold(self.shown, {fault.key for fault in open_points})

    def _generate(self, what: str) -> None:
        if what in {"", "username"} and self.checklist.makes_key:
            self.checklist.generate_key()
            self._note_change("username", made=True)
        if what == "secret" or (not what and self.checklist.makes_secret):
            self.checklist.generate_secret()
            self._note_change("secret", made=True)
        self._sweep()

    def _go_on(self) -> None:
        checklist, stage = self.checklist, self.shown
        last = self.stage + 1 == len(self.stages)
        if stage.ticks:
            checklist.set(stage.ticks, value=True)
        self.marks.touched |= {f.key for f in list_fields(checklist, stage)}
        self.faults = self.find_faults(stage)
        if not self.faults and (stage.ticks or last):
            self.faults = self._find_earlier()
        if not self.faults:
            checklist.done.add(stage.code)
            (self._finish if last else self._leave)()
            return
        self.marks.unfold(stage, {fault.key for fault in self.faults})
        if stage.ticks:
            checklist.set(stage.ticks, value=False)

    def _leave(self) -> None:
        self.stage += 1
        self.names.keep()
        if "active" not in self.marks.changed:
            self.names.propose_state()

    def find_faults(self, stage: Stage) -> tuple[Fault, ...]:
        """List what a stage lacks, what changed since it was copied, and unseen files."""
        keys = {row.key for row in list_rows(self.checklist, stage)}
        sealed = self.files.list_sealed() if "stored" in keys else ()
        found = find_faults(self.checklist, stage)
        return (
            *(one for one in found if not (sealed and one.key == "stored")),
            *(Fault(key, COPY_AGAIN) for key in sorted(self.marks.outdated & keys)),
            *(Fault("stored", text) for text in sealed),
        )

    def _find_earlier(self) -> tuple[Fault, ...]:
        return tuple(f for s in self.stages[: self.stage] for f in self.find_faults(s))

    def _finish(self) -> None:
        self.checklist.finished_at = self.checklist.clock()
        troubles = [attempt(self.names.keep)]
        self.checklist.forget_secret()
        self.finished = True
        troubles.append(attempt(self.desk.drop))
        forgotten = self.checklist.secret_facts is not None
        left = self.calls.drop("you pressed Finish").text
        kept = self.desk.keeps_records
        self.said = tell_end(left, troubles, forgotten=forgotten, kept=kept)

    def _begin(self, job: Job, *, anew: bool = False) -> None:
        """Begin a job, for the same tenant if the work for it is over or not begun."""
        former, same = self.checklist, not anew and (self.finished or not self.has_work)
        files = self.names.take_all() if same else ()
        self.desk.drop()
        self.resume(Checklist(job, clock=former.clock))
        if same:
            carry_over(former, self.checklist)
            self.names.recall_names()
        for file in files:
            self.names.add(file)

    def resume(self, checklist: Checklist) -> None:
        """Show another checklist from its first open stage on."""
        dropped = self.calls.drop("this sheet was cleared", "primary")
        self.checklist.forget_secret()
        self.names.drop()
        self._attach(checklist)
        self.faults, self.finished, self.record = (), False, ""
        self.unconfirmed, self.said, self.drawn = "", dropped, self.drawn + 1
        done = [is_done(checklist, stage) for stage in self.stages]
        self.stage = done.index(False) if False in done else len(done) - 1

    def _take_up(self, name: str) -> None:
        if (kept := self.desk.take_up(name)) is not None:
            self.resume(kept.checklist)
            self.marks.take_up(kept.checklist.filled)
            self.names.recall(entered=self.marks.changed)

    def take_told(self, question: Question, told: Told) -> None:
        """Keep what came back, unless the form shows other work by now."""
        if self.calls.take_told(question, told):
            self.said = Said(question.name, told.lines[0][1])

    def _store(self, given: Mapping[str, str]) -> None:
        stored = self.files.store(given)
        if not stored.generated:
            self.note_stored(stored.path)

    def _note_given(self, what: str) -> None:
        """Note that somebody has the secret now, or the passphrase of a file."""
        if what == "secret":
            self.marks.given.add("secret")
            self.checklist.note_given()
        else:
            self.note_stored(what.removeprefix("passphrase:"))

    def note_stored(self, path: str) -> None:
        """Note that somebody can open a file; once all are so, "stored" is ticked."""
        if self.files.note_opened(path):
            self._note_change("stored")
            if self.said.at == "stored":
                self.said = SILENCE
        self._keep()

    def lose_secret(self) -> None:
        """Forget the secret, and what cannot be done without it any more."""
        self.files.lose_secret()
        self.marks.forget_copies("secret")
        self.said, self.unconfirmed = self.calls.drop("this window took over"), ""

    def _sweep(self) -> None:
        """Take the secret out of every field into which it was typed by mistake."""
        for key in self.names.take_out_secret():
            self._note_change(key)
            self._refuse(key, MISPLACED)
