"""An entry that cannot travel is refused; a sheet tells of one without the secret."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import markdown

from apiuser.credentials.credential import Secret, Username
from apiuser.errors import InputError
from apiuser.handover import (
    Entry,
    Handover,
    Sheet,
    check_sheet,
    check_sheet_texts,
    render_html,
    render_markdown,
    write_sheet,
)
from tests.handover.handover_samples import TRACKING, make_entry
from tests.planted import DRAWN_LOOKING, ENCODED, SECRETS


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "The title is empty"),
        ({"title": "two\nlines"}, "The title contains a line break"),
        ({"title": "two\u2028lines"}, "The title contains a line break"),
        (
            {"title": "no \ufffe"},
            r"The title contains an unassigned character.* \(U\+FFFE\) as",
        ),
        ({"title": "no \U0001ffff"}, "The title contains an unassigned character"),
        ({"url": "https://example.com/\x00"}, "The URL contains a control character"),
        ({"url": "https://example.com/\x85"}, "The URL contains a control character"),
        (
            {"tracking_identifier": "A\u0378"},
            "identifier contains an unassigned character",
        ),
        (
            {"notes": "bell \x07"},
            r"The notes contain a control character \(U\+0007\) as",
        ),
        ({"notes": "half \ud800"}, "The notes contain half a character"),
        (
            {"notes": "a\n\uffff"},
            "The notes contain an unassigned character .* character 3",
        ),
        ({"title": f"it is {SECRETS[0]}"}, "The secret is in the title"),
        ({"url": f"https://{SECRETS[0]}/"}, "The secret is in the URL"),
        ({"secret": "tab\tin it"}, "The secret contains a control character"),
        ({"secret": ""}, "The secret is empty"),
    ],
)
def test_an_entry_that_cannot_travel_is_refused(
    changed: dict[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told) as caught:
        make_entry(**changed)

    assert SECRETS[0] not in str(caught.value)


def test_a_secret_given_as_the_username_is_named_there_and_not_in_the_title() -> None:
    with pytest.raises(InputError, match="The secret is in the username"):
        Entry(
            title=f"Autotask API user {SECRETS[0]}",
            username=Username(SECRETS[0]),
            secret=Secret(SECRETS[0]),
        )


@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED)
def test_a_secret_that_can_be_read_back_from_an_address_is_refused(
    encode: Callable[[str], str],
) -> None:
    with pytest.raises(InputError, match="The secret is in the URL"):
        make_entry(url=f"https://example.com/?p={encode(SECRETS[0])}")


def test_line_breaks_of_notes_are_of_one_kind() -> None:
    assert make_entry(notes="one\r\ntwo\rthree\n\tfour").notes == (
        "one\ntwo\nthree\n\tfour"
    )


def make_sheet(*, file: str = "new.kdbx", **changed: str) -> Sheet:
    handover = Handover(
        path=Path("folder") / file,
        kind="KeePass database (KDBX 4)",
        size=1121,
        sha256="0123456789abcdef" * 4,
        opened_with="a passphrase, sent another way",
        made_at=dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC),
    )
    people = {"made_by": "A. Sample", "meant_for": "B. Sample | Co"}
    return Sheet.of(make_entry(), handover, **(people | changed))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.asked: list[str] = []

    def handle_data(self, data: str) -> None:
        self.told.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [name for name, _ in attrs if name in {"src", "href"}]


def test_a_sheet_says_that_the_username_lacks_its_suffix() -> None:
    whole = make_sheet()
    half = replace(whole, username="sample1key")

    assert "without its suffix" in render_markdown(half)
    assert "without its suffix" not in render_markdown(whole)


TOLD = (
    "Sample MSP <Zapier> & Co",
    "sample1key@example.com",
    "https://example.com/?a=1&b=2",
    "new.kdbx",
    "1121 bytes",
    "0123456789abcdef" * 4,
    "A. Sample",
    "B. Sample | Co",
    "2026-11-24 09:30 UTC",
)


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_a_sheet_says_what_where_who_and_when_without_the_secret(kind: str) -> None:
    sheet = make_sheet()
    page = (
        render_html(sheet)
        if kind == "html"
        else markdown(render_markdown(sheet), extensions=["tables"])
    )
    reader = _Text()

    reader.feed(page)

    for text in TOLD:
        assert text in reader.told
    assert reader.asked == []
    assert SECRETS[0] not in page
    assert TRACKING not in page
    assert "folder" not in page


def test_a_sheet_of_an_entry_without_an_address_does_not_ask_for_one() -> None:
    sheet = replace(make_sheet(), url="")

    assert "Where it is used" not in render_markdown(sheet)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("made_by", "name of the sender"),
        ("meant_for", "name of the receiver"),
        ("file", "place of the file"),
    ],
)
def test_a_sheet_is_not_made_if_the_secret_would_be_in_it(
    field: str, said: str
) -> None:
    with pytest.raises(InputError, match=f"The secret is in the {said}"):
        make_sheet(**{field: f"{SECRETS[0]}.kdbx"})


BROKEN = ["\n", "\r\n", "\t", "\x00", "\x85", "\u2028", "\x1b"]


@pytest.mark.parametrize(
    ("field", "said"), [("made_by", "the sender"), ("meant_for", "the receiver")]
)
@pytest.mark.parametrize("broken", BROKEN)
def test_a_name_on_a_sheet_is_one_line(field: str, said: str, broken: str) -> None:
    with pytest.raises(InputError, match=f"The name of {said} contains a .* on one"):
        make_sheet(**{field: f"A. Sample{broken}Co"})


@pytest.mark.parametrize(
    "between",
    [
        *BROKEN,
        " ",
        "\u200b",
        "\u00ad",
        "\ufeff",
        " \n ",
        "\u3164",
        "\u2800",
        "%0A",
        "-",
        " ~ ",
    ],
)
@pytest.mark.parametrize(
    ("make", "field"),
    [(make_entry, "title"), (make_entry, "url"), (make_sheet, "file")],
)
def test_a_secret_in_two_halves_is_found(
    make: Callable[..., object], field: str, between: str
) -> None:
    halves = between.join((SECRETS[0][:9], SECRETS[0][9:]))
    with pytest.raises(InputError, match=r"The secret is in|contains a"):
        make(**{field: halves})


@pytest.mark.parametrize(
    ("make", "first", "second"),
    [
        (make_sheet, "made_by", "meant_for"),
        (make_sheet, "meant_for", "file"),
        (make_entry, "title", "url"),
    ],
)
def test_a_secret_in_pieces_of_two_texts_is_found(
    make: Callable[..., object], first: str, second: str
) -> None:
    pieces = {first: f"of {SECRETS[0][:9]}", second: SECRETS[0][9:]}
    with pytest.raises(InputError, match="The secret is in pieces in"):
        make(**pieces)


@pytest.mark.parametrize("name", ["title", "url", "made_by", "meant_for"])
def test_another_secret_in_a_text_of_the_sheet_is_refused(name: str) -> None:
    text = f"Sample {DRAWN_LOOKING[0]}"
    texts = {name: text} if name in {"made_by", "meant_for"} else {}
    entry = make_entry(**({} if texts else {name: text}))

    with pytest.raises(InputError, match=r"^Something in the .* looks like a secret"):
        check_sheet_texts(entry, Path("new.kdbx"), **texts)


def test_a_sheet_is_written_by_the_ending_of_its_name(tmp_path: Path) -> None:
    for ending in ("md", "html"):
        with write_sheet(make_sheet(), tmp_path / f"sheet.{ending}"):
            pass
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}

    assert (tmp_path / "sheet.md").read_text(encoding="utf-8").startswith("# Handover")
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").startswith("<!doctype")
    with pytest.raises(InputError, match="already exists"):
        check_sheet(tmp_path / "sheet.md")
    with pytest.raises(InputError, match=r"ends in \.md or \.html"):
        check_sheet(tmp_path / "sheet.pdf")
