"""The list of steps, with what is done and where one stands."""

from collections.abc import Callable, Sequence

import anywidget
from traitlets import Dict, Int, List

from apiuser.forms.widgets.boundary import shut_in
from apiuser.forms.widgets.guard import WIDGETS


class Stepper(anywidget.AnyWidget):
    """Numbered buttons that lead to the steps.

    Attributes:
        steps: Title of each step and whether it is done.
        current: The step shown, from 0.
    """

    _esm = WIDGETS / "stepper.js"
    steps = List(Dict()).tag(sync=True)
    current = Int(0).tag(sync=True)

    def __init__(self, *, on_choose: Callable[[int], None]) -> None:
        self._on_choose = on_choose
        super().__init__()
        self.on_msg(self._choose)

    def show(self, steps: Sequence[tuple[str, bool]], *, current: int) -> None:
        """Show the steps, each a title and whether it is done."""
        with self.hold_sync():
            self.steps = [{"title": title, "done": done} for title, done in steps]
            self.current = current

    @shut_in
    def _choose(
        self, _widget: object, content: dict[str, int], _buffers: object
    ) -> None:
        number = content.get("chosen")
        if isinstance(number, int) and 0 <= number < len(self.steps):
            self._on_choose(number)

    def __repr__(self) -> str:
        return "Stepper()"
