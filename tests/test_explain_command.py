"""`apiuser explain`: what it says, as text and as JSON, and what it refuses."""

import json

import pytest

from apiuser.howto.diagnosis import ONCE, SYMPTOMS
from tests.command_driver import Call, run
from tests.planted import SECRETS


def test_an_answer_is_explained_with_its_causes_checks_and_fixes(call: Call) -> None:
    code, text, _ = call("explain", "401")

    assert code == 0
    said = " ".join(text.split())
    for cause in SYMPTOMS["401"].causes:
        assert f"{cause.what.text}" in said
        assert f"Check: {cause.check}" in said
        assert f"Fix: {cause.fix}" in said
    assert said.endswith(ONCE.text)


def test_a_number_of_several_kinds_shows_each_of_them(call: Call) -> None:
    _, text, _ = call("explain", "500")

    for code in ("zone", "code", "rights"):
        assert SYMPTOMS[code].title in text


def test_words_need_no_quotes(call: Call) -> None:
    assert call("explain", "kaseya", "one") == call("explain", "kaseya one")


def test_what_to_do_in_any_case_comes_in_its_order(call: Call) -> None:
    _, text, _ = call("explain", "locked")

    assert text.index("1. Find the program") < text.index("4. Open the user")


def test_without_words_every_symptom_is_listed(call: Call) -> None:
    code, text, _ = call("explain")

    assert code == 0
    assert [line.split()[0] for line in text.splitlines()] == [*SYMPTOMS]


def test_json_tells_all_that_the_text_tells(call: Call) -> None:
    _, text, _ = call("explain", "locked", "--json")
    (symptom,) = json.loads(text)["symptoms"]

    known = SYMPTOMS["locked"]
    assert (symptom["code"], symptom["title"]) == (known.code, known.title)
    assert [note["text"] for note in symptom["do"]] == [note.text for note in known.do]
    assert [cause["reports"] for cause in symptom["causes"]] == [
        cause.reports for cause in known.causes
    ]
    assert {*symptom["causes"][0]} == {
        "text",
        "certainty",
        "sources",
        "check",
        "fix",
        "reports",
        "guide",
    }


def test_json_of_all_names_each_symptom(call: Call) -> None:
    _, text, _ = call("explain", "--json")

    assert [one["code"] for one in json.loads(text)["symptoms"]] == [*SYMPTOMS]


@pytest.mark.parametrize("words", ["xyzzy", "", "💥", "zz9.qq8"])
def test_words_that_mean_nothing_are_refused_with_what_to_do(words: str) -> None:
    done = run("explain", words)

    assert done.returncode == 3
    assert "“apiuser explain” alone lists what is" in done.stderr
    assert not words or words not in done.stdout + done.stderr


def test_a_secret_pasted_with_a_message_is_not_repeated() -> None:
    done = run("explain", f"401 Unauthorized, Secret: {SECRETS[0]}")

    assert done.returncode == 0
    assert SECRETS[0] not in done.stdout + done.stderr
