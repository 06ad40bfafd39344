"""The checklist for the form in the guide's page, which asks and hears JSON.

It runs in a browser's Python, so it needs the pure core only. Nothing is sent.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from apiuser.checklist import (
    Checklist,
    Job,
    finish_step,
    is_done,
    judge_field,
    write_html,
    write_markdown,
)
from apiuser.checklist.notes import render_background, render_instructions
from apiuser.checklist.saving import refuse_secret_in_fields
from apiuser.checklist.showing import (
    GENERATED,
    MISPLACED,
    describe_blocks,
    describe_rest,
    describe_secret,
    describe_wait,
    find_advice,
    find_hint,
    find_suggestions,
    list_copies,
    name_choice,
    read_value,
    show_value,
)
from apiuser.errors import ApiuserError
from apiuser.howto import Field, Input, Step
from apiuser.howto.integrations import load_integrations
from apiuser.howto.page_sketch import draw_page
from apiuser.rules.rule import Finding


class Page:
    """One checklist, and the step that the page shows."""

    def __init__(self) -> None:
        self.checklist = Checklist()
        self.current = 0
        self._said = ""

    def answer(self, question: str) -> str:
        """Do what a question asks, and return what the page shows now.

        Args:
            question: JSON with the key `do` and what that needs.

        Returns:
            JSON of the state; with the key `secret` only where `reveal` was asked.
        """
        asked = json.loads(question)
        self._said = ""
        extra: dict[str, object] = {}
        try:
            extra = _DEEDS[asked["do"]](self, asked) or {}
        except ApiuserError as error:
            self._said = str(error)
        return json.dumps(self._describe() | extra)

    @property
    def _step(self) -> Step:
        return self.checklist.steps[self.current]

    def _describe(self) -> dict[str, object]:
        checklist, step = self.checklist, self._step
        return {
            "jobs": [{"name": job, "title": job.task} for job in Job],
            "job": checklist.job,
            "integrations": [
                {"name": preset.name, "title": preset.title}
                for preset in load_integrations().values()
            ],
            "integration": checklist.integration.name,
            "steps": [
                {"title": other.title, "done": is_done(checklist, other)}
                for other in checklist.steps
            ],
            "current": self.current,
            "code": step.code,
            "title": step.title,
            "instructions": render_instructions(step, checklist.values),
            "background": render_background(step, checklist.values),
            "picture": draw_page(checklist.job, current=step.code),
            "fields": [self._describe_field(field) for field in step.fields],
            "copies": [
                {"label": copy.label, "text": copy.text}
                for copy in list_copies(checklist, step)
            ],
            "makes_key": checklist.makes_key,
            "available": checklist.secret is not None,
            "secret_facts": describe_secret(checklist),
            "names": len(checklist.taken),
            "wait": describe_wait(checklist) if step.code == "test" else "",
            "said": self._said,
        }

    def _describe_field(self, field: Field) -> dict[str, object]:
        checklist = self.checklist
        secret = field.input is Input.SECRET
        value = "" if secret else show_value(field, checklist.values[field.key])
        return {
            "key": field.key,
            "label": field.label,
            "input": field.input,
            "options": [
                {"name": name, "title": name_choice(name)}
                for name in find_suggestions(checklist, field)
            ],
            "advice": find_advice(checklist, field),
            "hint": "" if secret else find_hint(checklist, field),
            "value": value,
            "counts": checklist.counts(field),
            "findings": [_describe(f) for f in judge_field(checklist, field.key)],
        }

    def _start(self, asked: Mapping[str, Any]) -> None:
        self.checklist.forget_secret()
        preset = load_integrations()[asked["integration"]]
        self.checklist = Checklist(Job(asked["job"]), integration=preset)
        self.current = 0

    def _show(self, asked: Mapping[str, Any]) -> None:
        self.current = max(0, min(int(asked["step"]), len(self.checklist.steps) - 1))

    def _set(self, asked: Mapping[str, Any]) -> None:
        field = self.checklist.field(asked["key"])
        value = read_value(field, asked["value"])
        if isinstance(value, str) and self.checklist.holds_secret(value):
            self.checklist.set(field.key, "")
            self._said = MISPLACED
        else:
            self.checklist.set(field.key, value)

    def _finish(self, _asked: Mapping[str, Any]) -> None:
        if finish_step(self.checklist, self._step):
            self._said = describe_blocks(self.checklist, self._step)
        elif self.current + 1 < len(self.checklist.steps):
            self.current += 1
        else:
            self._said = describe_rest(self.checklist)

    def _make_key(self, _asked: Mapping[str, Any]) -> None:
        self.checklist.generate_key()
        self._said = "A free key was generated."

    def _make_secret(self, _asked: Mapping[str, Any]) -> None:
        self.checklist.generate_secret()
        self._said = GENERATED

    def _take_secret(self, asked: Mapping[str, Any]) -> None:
        self.checklist.take_secret(asked["text"])

    def _reveal(self, _asked: Mapping[str, Any]) -> dict[str, object]:
        secret = self.checklist.secret
        return {"secret": "" if secret is None else secret.reveal()}

    def _forget(self, _asked: Mapping[str, Any]) -> None:
        refuse_secret_in_fields(self.checklist)
        self.checklist.forget_secret()
        self._said = "The secret is forgotten."

    def _record(self, asked: Mapping[str, Any]) -> dict[str, object]:
        write = write_html if asked["ending"] == "html" else write_markdown
        name = self.checklist.username.local or "api-user"
        return {
            "file": f"{name}-record.{asked['ending']}",
            "record": write(self.checklist),
        }


def _describe(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "text": str(finding),
    }


_Deed = Callable[[Page, Mapping[str, Any]], dict[str, object] | None]
_DEEDS: Mapping[str, _Deed] = {
    "start": Page._start,  # noqa: SLF001  # the table belongs to the class
    "show": Page._show,  # noqa: SLF001
    "set": Page._set,  # noqa: SLF001
    "finish": Page._finish,  # noqa: SLF001
    "make_key": Page._make_key,  # noqa: SLF001
    "make_secret": Page._make_secret,  # noqa: SLF001
    "take_secret": Page._take_secret,  # noqa: SLF001
    "reveal": Page._reveal,  # noqa: SLF001
    "forget": Page._forget,  # noqa: SLF001
    "record": Page._record,  # noqa: SLF001
}
