"""Feed the reader any bytes: it reads, lists or refuses, and nothing is lost.

Run: uv run --group fuzz python fuzz/reader.py -max_total_time=600 FOLDER
FOLDER keeps the inputs found; a find becomes a file in tests/data/hostile.
"""

import gc
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["apiuser"]):
    from apiuser.auditing import audit
    from apiuser.errors import ApiuserError
    from apiuser.exports import read_resources
    from apiuser.exports.jsontext import json_exports

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.exports.counting import count_elements, count_records

AUDITED = 248
ENDINGS = (".csv", ".csv", ".json", ".xlsx")
HEADERS = (b"", b"Username\n", b"ID,Username,Status\n", b"sep=;\nID;Username\n")
STARTS = (b"[", b'[{"userName": "a1"},', b'{"items": [', b'{"userName": "a1"}\n')
LATE = (json_exports,)  # imported when it is needed, and instrumented here
FOLDER = Path(tempfile.mkdtemp())


def feed(data: bytes) -> None:
    """Read one input, with a header that its first byte picks."""
    if not data:
        return
    choice, body = data[0], data[1:]
    path = FOLDER / f"export{ENDINGS[choice % 4]}"
    starts = STARTS if path.suffix == ".json" else HEADERS
    header = starts[choice // 4 % 4]
    path.write_bytes(header + body)
    try:
        table = read_resources(path)
        if choice >= AUDITED:  # rarely: it is slower than to read
            audit(table, proposed=["a1"])
            gc.collect()  # the fuzzer keeps Python from doing it by itself
    except ApiuserError:
        return
    found = table.records + len(table.unreadable) + table.skipped_lines
    wanted = found
    if path.suffix == ".json" and table.encoding == "JSON in UTF-8":
        wanted = count_elements((header + body).decode())
    elif header and path.suffix == ".csv" and table.encoding == "UTF-8":
        text = (header + body).decode().removeprefix("sep=;\n")
        wanted = count_records(text, table.delimiter) - 1
    if found != wanted:
        message = f"{found} records of {wanted} are read or listed"
        raise AssertionError(message)


if __name__ == "__main__":
    atheris.Setup(sys.argv, feed)
    atheris.Fuzz()
