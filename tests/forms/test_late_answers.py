"""Autotask is asked once for each press, however late an answer comes."""

import asyncio
import threading
from pathlib import Path

from apiuser.checklist.autotask_calls import Question
from apiuser.checklist.desk import Told
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import wait_for_tasks

PATIENCE = 100


class Call:
    """A call that is answered when it is let go."""

    def __init__(self) -> None:
        """Make one that has not begun."""
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.count = 0
        self.question = Question(name="zone", ask=self.ask, keep=lambda _told: None)

    def ask(self) -> Told:
        self.count += 1
        self.begun.set()
        self.go_on.wait(PATIENCE)
        return Told(lines=(("ok", "Known here."),))


def test_an_answer_that_comes_late_begins_no_newer_question_again(
    tmp_path: Path,
) -> None:
    widget = WorkSheet(folder=tmp_path)
    late, newer = Call(), Call()

    async def go_on() -> None:
        for call in (late, newer):
            widget.session.calls.question = call.question
            widget.handle({"do": "copied", "key": "tenant"}, None)
            await asyncio.to_thread(call.begun.wait, PATIENCE)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        late.go_on.set()
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        widget.handle({"do": "copied", "key": "tenant"}, None)
        newer.go_on.set()
        await wait_for_tasks()

    asyncio.run(go_on())

    assert (late.count, newer.count) == (1, 1)
