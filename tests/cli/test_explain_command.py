"""`apiuser explain`: what it says, as text and as JSON, and what it refuses."""

import json

import pytest

from apiuser.howto.diagnosis import ONCE, load_symptoms
from tests.cli.command_driver import Call, run
from tests.planted import SECRETS

SYMPTOMS = load_symptoms()


def test_an_answer_is_explained_by_its_causes_in_order_with_their_checks(
    call: Call,
) -> None:
    code, text, _ = call("explain", "401")

    assert code == 0
    assert len(text.splitlines()) < 50
    said = " ".join(text.split())
    places = [
        said.index(f"{number}. {cause.name}. {cause.check}")
        for number, cause in enumerate(SYMPTOMS["401"].causes, start=1)
    ]
    assert places == sorted(places)
    assert "apiuser explain 401 --all" in said
    assert ONCE.text in said
    assert "apiuser verify USERNAME --login --saved-at HH:MM" in said


def test_a_cause_of_one_kind_of_identifier_is_said_to_be_one(call: Call) -> None:
    for words in (["401"], ["401", "--all"]):
        said = " ".join(call("explain", *words)[1].split())

        for cause in SYMPTOMS["401"].causes:
            only = f"{cause.check} (only with {cause.kind})"
            assert (only in said) is bool(cause.kind)


def test_what_goes_away_by_itself_is_said_before_any_cause(call: Call) -> None:
    _, text, _ = call("explain", "401")

    assert text.index("1. Wait until a new user is five minutes old") < text.index(
        "Causes, the one with the most reports first"
    )


def test_all_of_each_cause_is_shown_on_request(call: Call) -> None:
    _, text, _ = call("explain", "401", "--all")

    said = " ".join(text.split())
    for cause in SYMPTOMS["401"].causes:
        assert cause.what.text in said
        assert f"Check: {cause.check}" in said
        assert f"Fix: {cause.fix}" in said
    assert "--all" not in said


@pytest.mark.parametrize("words", ["wrong password", "404"])
def test_a_cause_that_is_meant_alone_is_shown_whole(words: str, call: Call) -> None:
    _, text, _ = call("explain", words)

    assert text.count("Check: ") == text.count("Fix:   ") == 1


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


def test_json_holds_everything_that_the_text_says(call: Call) -> None:
    _, text, _ = call("explain", "locked", "--json")
    (symptom,) = json.loads(text)["symptoms"]

    known = SYMPTOMS["locked"]
    assert (symptom["code"], symptom["title"]) == (known.code, known.title)
    assert [note["text"] for note in symptom["do"]] == [note.text for note in known.do]
    assert [cause["reports"] for cause in symptom["causes"]] == [
        cause.reports for cause in known.causes
    ]
    assert {*symptom["causes"][0]} == {
        "name",
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


@pytest.mark.parametrize("words", ["xyzzy", "💥", "zz9.qq8", "host"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_words_that_mean_nothing_are_refused_with_what_is_known(
    words: str, form: tuple[str, ...]
) -> None:
    done = run("explain", words, *form)

    assert (done.returncode, done.stdout) == (3, "")
    assert "nothing is guessed" in done.stderr
    assert words == "host" or words not in done.stderr
    for code, symptom in SYMPTOMS.items():
        assert f"{code:8} {symptom.title}\n" in done.stderr


@pytest.mark.parametrize("words", [[""], [" ", "\t"]])
def test_blank_words_are_refused_with_what_to_give(
    words: list[str], call: Call
) -> None:
    code, out, said = call("explain", *words)

    assert (code, out) == (2, "")
    assert "give a number such as 401, a message or a few words" in said


def test_a_secret_pasted_with_a_message_is_not_repeated() -> None:
    done = run("explain", f"401 Unauthorized, Secret: {SECRETS[0]}")

    assert done.returncode == 0
    assert SECRETS[0] not in done.stdout + done.stderr
