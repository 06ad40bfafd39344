"""A name that may be in what could not be read is not called free."""

from pathlib import Path

from tests.auditing.checkup.inquiring import show


def test_a_name_in_a_record_that_could_not_be_read_is_not_called_free(
    tmp_path: Path,
) -> None:
    half = "ada1,,API User,Active\ndora4,nodigit,API User\n"
    shown = show(tmp_path, names="dora4\nnodigit\nkey5", half=half)

    assert [(one["level"], one["text"]) for one in shown["names"]] == [
        ("warning", "Not among 1 name, but it may be in what could not be read."),
        ("error", "Not among 1 name, but it may be in what could not be read; and:"),
        (
            "notice",
            "Free among 1 name, and follows every rule, but the list is not complete.",
        ),
    ]
