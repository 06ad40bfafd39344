"""What an audit says does not depend on the reader, one export or several."""

from pathlib import Path

import pytest

from tests.exports.engine.test_engine_parity import describe
from tests.exports.export_reading import READERS

pytestmark = pytest.mark.many

HEADER = "Resource ID,Username,Email Address,License Type,Status\n"
PEOPLE = "".join(
    f"{29682000 + at},u{at}x,p{at}@x.example,Professional,Active\n" for at in range(9)
)
LEVELS = "Resource ID,Username,Email Address,License Type,Security Level\n"
LEVELLED = "".join(
    f"{29682000 + at},u{at}x,p{at}@x.example,Professional,Full Access\n"
    for at in range(30)
)
BARE = "Resource ID,Username,Status\n"
EXPORTS = {
    "IDs too long for a number": [
        HEADER
        + PEOPLE
        + f"{10**20 - 1},k1a,,API User,Active\n{10**20 - 1},k2a,,API User,Inactive\n"
    ],
    "one such ID in two exports": [
        HEADER + PEOPLE + f"{10**20 - 1},k1a,,API User,Active\n",
        HEADER + f"{10**20 - 1},k2a,,API User,Inactive\n",
    ],
    "IDs that number the rows, as a spreadsheet writes numbers": [
        HEADER
        + "".join(f"{at}.0,u{at}x,,Professional,Active\n" for at in range(1, 9))
        + "9.0,k1a,,API User,Active\n",
        HEADER
        + "".join(f"{at}.0,v{at}x,,Professional,Inactive\n" for at in range(1, 9))
        + "9.0,k1a,,API User,Inactive\n",
    ],
    "a row that lacks its address": [
        LEVELS + LEVELLED + "29690000,k1a,API User,API User (system),\n"
    ],
    "a licence type among the addresses": [
        HEADER + PEOPLE * 3 + "29690000,k1a,API User,Pro,Inactive\n"
    ],
    "an ID that a spreadsheet changed": [
        HEADER + PEOPLE + "2.97E+07,k1a,,API User,Active\n3e7,k2a,,API User,Active\n",
        HEADER + "2.97E+07,k1a,,API User,Inactive\n########,b1a,,API User,Active\n",
    ],
    "a word for no address": [
        HEADER + PEOPLE + "29690000,k1a,N/A,API User,Active\n",
        HEADER + "29690000,k1a,,API User,Active\n",
    ],
    "words for no address, and nothing else to tell rows apart": [
        "Username,Email Address\nk1a,none\nk1a,\nb1,\n"
    ],
    "suffixes of two tenants, and nobody is said to be an API user": [
        BARE + "29682001,a1@one.example,Active\n29682002,b1@one.example,Inactive\n",
        BARE + "29682003,c1@two.example,Active\n29682004,d1@Two.example,Inactive\n",
    ],
    "suffixes of two tenants beside a row that cannot be read": [
        BARE + "29682001,a1@one.example,Active\n29682002\n",
        BARE + "29682003,c1@two.example,Active\n29682004,d1,Inactive\n",
    ],
    "suffixes of which one export holds both": [
        BARE + "29682001,a1@one.example,Active\n29682002,b1@two.example,Inactive\n",
        BARE + "29682003,c1@two.example,Active\n29682004,d1,Inactive\n",
    ],
    "a status in the column of usernames": [
        (
            "Username,Email Address,Status\nTRUE,jdoe,Professional\n"
            "29682885,p1@x.example,-\nal1,p2@x.example,x\n"
        )
    ],
}


@pytest.mark.parametrize("texts", EXPORTS.values(), ids=EXPORTS)
@pytest.mark.parametrize("mixed", [False, True])
def test_both_readers_lead_to_the_same_audit(
    tmp_path: Path, texts: list[str], *, mixed: bool
) -> None:
    paths = [tmp_path / f"{at}.csv" for at in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    whole, narrow = READERS
    other = {paths[0]: narrow} if mixed else dict.fromkeys(paths, narrow)

    expected = describe(paths, whole)

    assert describe(paths, lambda path: other.get(path, whole)(path)) == expected


@pytest.mark.parametrize(
    "address", ["jdoe@x.example", " JDoe@x.example", "none", "jdoe"]
)
@pytest.mark.parametrize("licence", ["Professional", "API User"])
def test_both_readers_know_whose_address_is_proposed(
    tmp_path: Path, address: str, licence: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"{HEADER}{PEOPLE}29682050,k1,{address},{licence},Active\n", "utf-8"
    )
    proposed = ["jdoe@x.example", "none", "jdoe", "b7"]

    said = [describe([path], read, proposed=proposed) for read in READERS]

    assert said[0] == said[1]
