"""Records read and records listed as unreadable are all the records there are.

Exports are grown step by step; an independent counter and the growing machine itself
must come to the same number as the reader.
"""

import threading
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from apiuser.errors import AccessError
from apiuser.exports import read_resources
from tests.exports.counting import count_records
from tests.exports.export_reading import may_be_name, quote

HEADER = "ID,Username,Status"
PLAIN = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=',"\r\n'), max_size=6
).filter(may_be_name)
ANY = st.text(st.sampled_from('ab1é😀,;"\r\n \t|'), max_size=6)


class GrowingExport(RuleBasedStateMachine):
    """An export that gains records, good and bad ones, and blank lines."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.expected: list[str] = []
        self.short = 0
        self.end = "\n"

    @initialize(end=st.sampled_from(["\n", "\r\n", "\r"]), status=st.booleans())
    def begin(self, end: str, *, status: bool) -> None:
        self.end = end
        self.lines = [HEADER, f"1,first1,{'Active' if status else ''}"]
        self.expected = ["first1"]

    @rule(name=PLAIN)
    def add_a_plain_record(self, name: str) -> None:
        self.lines.append(f"2,{name},Active")
        self.expected.append(name)

    @rule(name=ANY)
    def add_a_quoted_record(self, name: str) -> None:
        self.lines.append(f"3,{quote(name)},Active")
        self.expected.append(name)

    @rule()
    def add_a_blank_line(self) -> None:
        self.lines.append("")

    @rule(
        cells=st.lists(ANY, min_size=1, max_size=5).filter(
            lambda c: len(c) != 3 and (any(c) or len(c) == 1)
        )
    )
    def add_a_record_of_another_width(self, cells: list[str]) -> None:
        self.lines.append(",".join(map(quote, cells)))
        self.short += 1

    @rule(name=PLAIN.filter(bool))
    def add_a_stray_mark(self, name: str) -> None:
        self.lines.append(f'4,{name}" is not,Active')
        self.short += 1

    @rule()
    def add_a_nul(self) -> None:
        self.lines.append("5,nul\0here,Active")
        self.expected.append("nul\0here")

    @invariant()
    def nothing_is_lost(self) -> None:
        if not self.expected:
            return
        text = self.end.join(self.lines)
        path = self.folder / f"grown-{threading.get_ident()}.csv"
        path.write_bytes(text.encode())

        table = read_resources(path)
        found = (table.usernames, len(table.unreadable))

        assert table.records + len(table.unreadable) == count_records(text, ",") - 1
        assert found == (self.expected, self.short)


@pytest.mark.many
def test_nothing_is_lost_however_an_export_grows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    GrowingExport.folder = tmp_path_factory.mktemp("grown")
    machine = GrowingExport.TestCase
    machine.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)

    machine("runTest").runTest()


def test_a_large_file_is_read_with_all_its_misfits(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    rows = [f"{at},name{at}x,Active" if at % 1000 else "short" for at in range(200_000)]
    path.write_text("\n".join([HEADER, *rows]))

    table = read_resources(path)

    assert path.stat().st_size > 4 << 20
    assert (table.records, len(table.unreadable)) == (199_800, 200)
    last = table.unreadable[-1]
    assert (last.line, last.record) == (199_002, 199_001)
    assert table.lines[-1] == 200_001


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_bytes(f"{HEADER}\n".encode() + b"1,name1,Active\n" * 100_000)
    stop = threading.Event()
    begun = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"2,name2,Active\n")
                begun.set()

    writer = threading.Thread(target=grow)
    writer.start()
    begun.wait()
    try:
        with pytest.raises(AccessError, match="changed while it was read"):
            read_resources(path)
    finally:
        stop.set()
        writer.join()
