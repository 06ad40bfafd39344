"""What large tables need: counts that agree, work shared by threads, fewer hashes."""

import threading
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.auditing import candidates
from apiuser.exports.proving import count_plain_lines, prove_records
from apiuser.exports.threads import work_together

LIMIT = 4096


@given(
    st.lists(st.sampled_from([b"a,b", b",", b"", b'"', b"\r", b"\0", b"x" * 3000])),
    st.sampled_from([b"\n", b"\r\n"]),
    st.sampled_from([b"", b"\n", b"\r\n"]),
)
def test_lines_counted_fast_are_the_records_and_blank_lines_proved(
    lines: list[bytes], end: bytes, last: bytes
) -> None:
    data = end.join(lines) + last

    counted = count_plain_lines(data, start=0, max_cell=LIMIT)

    if counted is not None:
        proof = prove_records(data, start=0, delimiter=",", max_cell=LIMIT)
        assert proof is not None
        assert counted == len(proof) + proof.blank_lines


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1, 3 * LIMIT])
def test_a_line_that_may_be_above_the_limit_is_not_counted_fast(size: int) -> None:
    data = b"a\n" + b"x" * size + b"\nb\n"

    assert count_plain_lines(data, start=0, max_cell=LIMIT) is None


def test_each_piece_is_done_once_by_one_of_the_threads() -> None:
    pieces = iter(range(1000))
    done: Counter[int] = Counter()
    lock = threading.Lock()

    def work() -> None:
        for piece in pieces:
            with lock:
                done[piece] += 1

    work_together(work)

    assert done == Counter(range(1000))


def test_an_error_in_any_thread_is_raised_when_all_have_ended() -> None:
    with pytest.raises(ZeroDivisionError):
        work_together(lambda: 1 // 0)


@given(
    st.lists(st.integers(0, 2**64 - 1), max_size=40),
    st.lists(st.integers(0, 39), max_size=10),
    st.sampled_from([2, 3, 21]),
)
def test_a_hash_that_occurs_twice_is_always_kept(
    values: list[int], again: list[int], bits: int
) -> None:
    values = [*values, *(values[at] for at in again if at < len(values))]
    hashes = np.array(values, np.uint64)
    twice = {value for value, number in Counter(values).items() if number > 1}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_ROUND_BITS", bits)
        kept = candidates._keep_shared(hashes).tolist()  # noqa: SLF001

    assert {value for value in kept if value in twice} == twice
    assert Counter(v for v in kept if v in twice) == Counter(
        v for v in values if v in twice
    )
