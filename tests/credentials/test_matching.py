"""Names are folded as people and Autotask may read them."""

import unicodedata

import pytest
from confusable_homoglyphs.confusables import confusables_data
from hypothesis import example, given
from hypothesis import strategies as st

from apiuser import Username
from apiuser.credentials.confusables import ASCII_FORMS, load_forms
from apiuser.credentials.matching import (
    TakenNames,
    fold_accents,
    fold_compatibility,
    fold_identity,
    fold_lookalike,
    fold_lookalikes,
    is_seen,
    list_unseen,
)
from apiuser.rules.case import Relation


@given(text=st.text(st.characters(max_codepoint=127), max_size=12))
def test_ascii_names_fold_as_the_unicode_tables_say(text: str) -> None:
    expected = unicodedata.normalize("NFKC", text).casefold().strip()

    assert fold_compatibility(text) == fold_identity(text).strip() == expected


@given(
    texts=st.lists(
        st.text(st.characters(max_codepoint=127), max_size=6) | st.text(max_size=6)
    )
)
@example(texts=[])
@example(texts=["", "a\nb", " M%\x1f"])
@example(texts=["a\nb"])
@example(texts=[chr(code) for code in range(128)])
@example(texts=[chr(code) for code in range(0x3100)])
@example(texts=["\u0301a\u0301 ", " \u200b\u00e9", "\ufdfa" * 25, "\ufdfa" * 26])
@example(texts=["\ufdfa" * 26])
def test_many_names_fold_as_each_does_alone(texts: list[str]) -> None:
    assert fold_lookalikes(texts) == [fold_lookalike(text) for text in texts]


@given(text=st.text(max_size=12))
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    folded = fold_compatibility(text)

    assert fold_compatibility(folded) == folded


@given(text=st.text(max_size=12))
def test_equal_names_look_alike(text: str) -> None:
    assert fold_lookalike(fold_compatibility(text)) == fold_lookalike(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("straße1", "STRASSE1"),
        ("\uff41\uff11", "a1"),
        (" a1\t", "A1"),
        ("\u017f1", "s1"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_compatibility_forms_are_the_same_name(one: str, other: str) -> None:
    assert fold_compatibility(one) == fold_compatibility(other)
    assert fold_identity(one) != fold_identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("modem1", "rnodeml"), ("o0", "00"), ("\u0430bc", "abc"), ("cafe1", "café1")],
)
def test_lookalikes_share_a_form(one: str, other: str) -> None:
    assert fold_lookalike(one) == fold_lookalike(other)
    assert fold_compatibility(one) != fold_compatibility(other)


def test_names_are_taken_under_the_same_or_an_unknown_suffix() -> None:
    taken = TakenNames([" ", "a1@one.example.com", "@one.example.com", "b1"])

    assert list(taken) == ["a1@one.example.com", "b1"]
    assert len(taken) == 2
    assert "A1" in taken
    assert "a1@ONE.example.com" in taken
    assert "a1@two.example.com" not in taken
    assert "b1@two.example.com" in taken
    assert 1 not in taken
    assert set(taken.folded_locals()) == {"a1", "b1"}


def test_another_suffix_and_a_lookalike_are_distinguished() -> None:
    taken = TakenNames(["a1@one.example.com"])

    assert Relation.OTHER_SUFFIX in taken.relate(Username.parse("a1@two.example.com"))
    assert Relation.OTHER_SUFFIX not in taken.relate(Username.parse("a1"))
    assert Relation.LOOKALIKE in taken.relate(Username.parse("al"))
    assert Relation.LOOKALIKE not in taken.relate(Username.parse("a1"))
    assert Relation.LOOKALIKE not in taken.relate(Username.parse("\u0301"))


@pytest.mark.parametrize(
    ("name", "relations"),
    [
        ("RMM1", {Relation.TAKEN: "rmm1@one.example.com"}),
        ("rmm1@TWO.example.com", {Relation.TAKEN: "Rmm1@two.example.com"}),
        ("key1@one.example.com", {Relation.TAKEN: "Key1"}),
        (
            "rmm1@three.example.com",
            {Relation.OTHER_SUFFIX: "rmm1@one.example.com"},
        ),
        ("k\u00e9y1@x.example.com", {Relation.LOOKALIKE: "Key1"}),
        ("free1", {}),
    ],
)
def test_the_name_in_use_is_told_with_the_relation_to_it(
    name: str, relations: dict[Relation, str]
) -> None:
    used = ["rmm1@one.example.com", "RMM1@one.example.com", "Rmm1@two.example.com"]
    taken = TakenNames([*used, "Key1"])

    assert taken.relate(Username.parse(name)) == relations


def test_names_of_nothing_but_accents_look_like_no_others() -> None:
    taken = TakenNames(["\u0300", "a1"])

    assert Relation.LOOKALIKE not in taken.relate(Username("\u0301"))
    assert Relation.LOOKALIKE not in TakenNames([]).relate(Username("\u0301"))


@pytest.mark.parametrize(("size", "folded"), [(512, True), (513, False)])
def test_other_forms_are_for_texts_that_may_be_names(
    size: int, *, folded: bool
) -> None:
    assert (fold_lookalike("\u00e9" * size) == "e" * size) == folded
    assert (fold_compatibility("\uff41" * size) == "a" * size) == folded
    assert fold_accents("\u00e9" * size) == ("e" if folded else "\u00e9") * size


def test_the_ascii_part_of_the_table_is_the_table() -> None:
    ascii_part = {code: form for code, form in load_forms().items() if code < 128}

    assert ascii_part == ASCII_FORMS


def test_the_form_of_a_form_is_itself() -> None:
    forms = set(load_forms().values())

    assert {
        form for form in forms if fold_lookalike(f"x{form}x") != f"x{form}x"
    } == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u0440resh1", "presh1"),
        ("\u0412M1", "bm1"),
        ("\u03bdan", "van"),
        ("pre\u200bsh1", "presh1"),
        ("\u00f8re1", "0re1"),
        ("\ua4e2ync1", "sync1"),
        ("\U0001d5c9resh1", "presh1"),
    ],
)
def test_letters_of_other_scripts_look_like_latin_ones(one: str, other: str) -> None:
    assert fold_lookalike(one) == fold_lookalike(other)


@pytest.mark.parametrize("pair", ["vn", "ec", "uv", "5s", "6b", "9g", "rn"])
def test_latin_letters_and_digits_are_not_thrown_together(pair: str) -> None:
    assert fold_lookalike(pair[0]) != fold_lookalike(pair[1])


def test_an_independent_copy_of_the_table_agrees() -> None:
    # The copy is of an older version; case and accents are folded by us alone, so
    # a few pairs are decided otherwise on purpose.
    agreed = [
        fold_lookalike(one) == fold_lookalike(entry["c"])
        for one, others in confusables_data.items()
        for entry in others
        if unicodedata.normalize("NFKC", one + entry["c"]) == one + entry["c"]
    ]

    assert len(agreed) > 5000
    assert sum(agreed) / len(agreed) > 0.97


def test_a_text_too_long_for_a_name_is_folded_without_its_normal_forms() -> None:
    long = "A" + "\u0300\u0316" * 500

    assert fold_compatibility(long) == fold_lookalike(long) == long.casefold()


@pytest.mark.parametrize(
    "sign", ["\0", "\t", "\n", "\x1f", "\x7f", "\x85", "\u2028", "\u2029"]
)
def test_names_that_differ_by_what_nobody_sees_look_alike(sign: str) -> None:
    names = [f"a{sign}1b", "a1b", f"é{sign}1b", "é1b"]

    assert fold_lookalikes(names) == ["alb", "alb", "elb", "elb"]
    assert [*map(fold_lookalike, names)] == ["alb", "alb", "elb", "elb"]
    assert fold_compatibility(names[0]) != "a1b"


def test_an_apostrophe_elsewhere_is_one() -> None:
    names = [
        "'-ada",
        "\u2019=ada",
        " '+ada\t",
        "'ada",
        "o'-brien",
        "'é",
        "'-é",
        "''-ada",
    ]

    assert [*map(fold_lookalike, names)] == fold_lookalikes(names)
    assert fold_lookalikes(names)[:4] == ["-ada", "=ada", "+ada", "'ada"]
    assert fold_lookalike("o'-brien") == fold_lookalike("o\u2019-brien")


def test_guards_of_plain_ascii_names_are_left_out_too() -> None:
    names = ["'-ada", " '=eve", "'ada"]

    assert fold_lookalikes(names) == ["-ada", "=eve", "'ada"]
    assert [*map(fold_lookalike, names)] == ["-ada", "=eve", "'ada"]


@pytest.mark.parametrize("text", ["a", "-", "\u0301", "\x01a", "\u2800é"])
def test_a_text_with_one_visible_character_is_seen(text: str) -> None:
    assert is_seen(text)


@pytest.mark.parametrize("text", ["", " ", "\x01", "\u2800 \u2800", "\u200b", "\xa0"])
def test_a_text_of_what_nobody_sees_is_not_seen(text: str) -> None:
    assert not is_seen(text)


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        ("a b", []),
        ("a\x01b", ["\x01"]),
        ("é b", []),
        ("\u00ada\u2800 é\u2028", ["\u00ad", "\u2800", "\u2028"]),
    ],
)
def test_unseen_characters_are_listed_and_blanks_are_none(
    text: str, unseen: list[str]
) -> None:
    assert list_unseen(text) == unseen
