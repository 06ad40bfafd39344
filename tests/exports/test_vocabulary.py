"""Headers and words of exports, by the languages and programs that people have."""

from itertools import product

import babel
import pytest

from apiuser.exports import HEADER_ROLES, ReadOptions, read_resources
from apiuser.exports.categories import code_statuses, number_license
from apiuser.exports.headers import list_roles, name_api_fields
from apiuser.exports.vocabulary import (
    fold_letters,
    list_words,
    load_cell_words,
    load_header_words,
    load_word_sources,
)
from tests.exports.export_reading import Export, names, read_cases

LANGUAGES = ("de", "fr", "es", "nl", "da", "pt")
SPREADSHEETS = "it ru pl cs hu fi sv nb tr ro el uk hr et lt"
"""Languages of which only what spreadsheets write is known."""


@pytest.mark.parametrize(
    "header",
    [
        *("userName", "user_name", "USER-NAME", "user name", "User.Name"),
        *("resource.userName", "items.userName", "Resource: User Name"),
        *("[Resource].[User Name]", "dbo.resource.user_name", "Resource Username"),
        *("items.user.name", "HR Resources: User Name"),
    ],
)
def test_a_header_is_known_however_it_is_written(export: Export, header: str) -> None:
    assert names(read_resources(export(f"id,{header},x\n1,a1,y\n"))) == ["a1"]


def test_a_prefix_that_all_headers_have_is_left_out(export: Export) -> None:
    head = "wh_staff[resource_id],wh_staff[user_name],wh_staff[is_active]"

    table = read_resources(export(f"{head}\n1,a1,True\n"))

    assert table.frame[["resource_id", "username", "status"]].values.tolist() == [
        ["1", "a1", "active"]
    ]


@pytest.mark.parametrize(
    "head",
    [
        "r_id,r_user_name,r_is_active",
        "T.ID,T.UserName,T.Active",
        "R - ID,R - Username,R - Active",
    ],
)
def test_any_prefix_that_all_headers_have_is_left_out(
    export: Export, head: str
) -> None:
    table = read_resources(export(f"{head}\n1,a1,True\n"))

    assert table.columns.keys() == {"resource_id", "status"}
    assert names(table) == ["a1"]


def test_a_prefix_of_something_else_makes_no_username_column(export: Export) -> None:
    table = read_resources(export("Username,manager.userName\na1,boss\n"))

    assert names(table) == ["a1"]
    assert list_roles(["id", "manager.userName"]) == ["resource_id"]


@pytest.mark.parametrize(
    "headers",
    [
        *read_cases("r_id r_user_name, T.ID T.UserName, x ID Username"),
        ["resource_id", "User Username"],
    ],
)
def test_a_prefix_of_two_headers_or_a_known_one_is_left_out(
    headers: list[str],
) -> None:
    assert list_roles(headers) == ["username", "resource_id"]


@pytest.mark.parametrize(
    "headers",
    [
        *read_cases("""
            manager.userName, T.ID T.UserName T
            r_id r_user_name x, a r_id r_user_name
        """),
        ["resource username.changed"],
    ],
)
def test_a_prefix_that_not_all_headers_have_makes_no_other_header(
    headers: list[str],
) -> None:
    assert list_roles(headers) == []


@pytest.mark.parametrize(
    ("headers", "api"),
    [
        *((["userName"], True), (["x.userName"], True), (["LICENSETYPE"], True)),
        *((["r_id", "r_userName"], True), (["r_id", "r_isActive"], True)),
        *((["r_id", "r_Username"], False), (["x_id", "r_userName"], False)),
        *((["Username"], False), (["USERNAME", "License Type"], False)),
    ],
)
def test_the_fields_of_the_api_are_known_by_their_names(
    headers: list[str], *, api: bool
) -> None:
    assert name_api_fields(headers) is api


@pytest.mark.parametrize("header", ["User,Name", "ID;Username", "Resource.User;Name"])
def test_a_delimiter_in_a_header_makes_no_other_header_of_it(header: str) -> None:
    assert list_roles([header]) == []


def test_the_label_of_a_level_says_more_than_its_number(export: Export) -> None:
    path = export(
        "userName,licenseType,licenseTypeLabel,userType,userTypeLabel\n"
        "a1,7,Benutzer für API,24,API User (system) (API-only)\n"
    )

    table = read_resources(path)

    assert table.columns["license_type"] == ["7"]
    assert table.columns["security_level"] == ["API User (system) (API-only)"]


@pytest.mark.parametrize(
    ("head", "active", "inactive"),
    [
        ("Benutzername;Status;Lizenztyp", "Aktiv", "Inaktiv"),
        ("Benutzername;Aktiv;Lizenztyp", "WAHR", "FALSCH"),
        ("Benutzername;Inaktiv;Lizenzart", "Nein", "Ja"),
        ("Nom d\u2019utilisateur;Statut;Type de licence", "Actif", "Inactif"),
        ("Nom d'utilisateur;Actif;Type de licence", "VRAI", "FAUX"),
        ("NOM D'UTILISATEUR;ETAT;TYPE DE LICENCE", "Activé", "Désactivé"),
        ("Nombre de usuario;Estado;Tipo de licencia", "Activo", "Inactivo"),
        ("Nombre de usuario;Activo;Tipo de licencia", "VERDADERO", "FALSO"),
        ("Gebruikersnaam;Status;Licentietype", "Actief", "Inactief"),
        ("Gebruikersnaam;Actief;Licentietype", "WAAR", "ONWAAR"),
        ("Brugernavn;Status;Licenstype", "Aktiv", "Inaktiv"),
        ("Brugernavn;Aktiv;Licenstype", "SAND", "FALSK"),
        ("Nome de usuário;Situação;Tipo de licença", "Ativo", "Inativo"),
        ("Nome de utilizador;Estado;Tipo de licença", "Activo", "Inactivo"),
        ("Nome de utilizador;Ativo;Tipo de licença", "VERDADEIRO", "FALSO"),
    ],
)
def test_headers_and_words_of_other_languages_are_understood(
    export: Export, head: str, active: str, inactive: str
) -> None:
    path = export(f"{head}\na1;{active};API User\nb1;{inactive};Professional\n")

    table = read_resources(path)

    assert table.frame["status"].tolist() == ["active", "inactive"]
    assert table.frame["kind"].tolist() == ["api user", "other"]
    assert table.notices == ()


@pytest.mark.parametrize(
    ("active", "inactive"),
    read_cases("""
        Aktiveret Deaktiveret, Geactiveerd Gedeactiveerd
        Activated Deactivated, Activada Desactivada
        Ativada Desativada, Habilitado Deshabilitado
        Ingeschakeld Uitgeschakeld, Active Non-active
        Active Deactive, Habilitada Deshabilitada
    """),
)
def test_words_for_both_states_are_known(active: str, inactive: str) -> None:
    assert code_statuses([active, inactive], inverted=False) == (b"\1\2", [])


@pytest.mark.parametrize(
    ("yes", "no"), [("-1", "0"), ("1.0", "0.0"), ("1,0", "0,00"), ("t", "f")]
)
def test_a_number_is_the_same_however_a_spreadsheet_writes_it(
    yes: str, no: str
) -> None:
    statuses, odd = code_statuses([yes, no, "NULL", "NA", " "], inverted=False)

    assert (list(statuses), odd) == ([1, 2, 0, 0, 0], [])


@pytest.mark.parametrize(
    ("license_type", "number"),
    [
        *(("API User", "7"), ("api-user", "7"), ("7.0", "7"), ("Professional", "3")),
        *(("Co-Managed Helpdesk", "9"), ("Co-managed of our own", "9")),
        *(("Docs minimal", ""), ("", "")),
        *(("3 - Professional", "3"), ("7 - API User", "7"), ("3 - API User", "")),
        *(("9: Co-Managed Helpdesk", "9"), ("2 - Professional", "")),
        *(("Professional License", "3"), ("Time &amp; Attendance Only", "5")),
    ],
)
def test_a_licence_has_the_number_that_the_api_gives_it(
    license_type: str, number: str
) -> None:
    assert number_license(license_type) == number


@pytest.mark.parametrize(
    ("license_type", "kind"),
    [
        *(("7.0", "api user"), ("9", "co managed"), ("3.00", "other")),
        *(("API-User", "api user"), ("Co-Managed Helpdesk", "co managed")),
        *(
            ("co-managed help desk", "co managed"),
            ("Time and Attendance Only", "other"),
        ),
        *(("77", ""), ("Docs minimal", ""), ("NULL", ""), ("License", "")),
        *(("Utilizador de API", "api user"), ("Utilisateur d'API", "api user")),
        *(("3 - Professional", "other"), ("7 - API User", "api user")),
        *(("Professional License", "other"), ("API-User-Lizenz", "api user")),
        *(("Time &amp; Attendance Only", "other"), ("24 - Professional", "")),
        *(("3 - API User", ""), ("7 - Professional", ""), ("My License", "")),
    ],
)
def test_a_licence_is_known_by_its_number_and_its_name(
    export: Export, license_type: str, kind: str
) -> None:
    table = read_resources(export(f"Username,License Type\na1,{license_type}\n"))

    assert table.frame["kind"].tolist() == [kind]


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        *(("Docs minimal", ""), ("Docs minimal (API only)", "api user")),
        *(("Service Desk User (system)", "other"), ("Operating system", "")),
        *(("API User (system) Can't Read Costs", "api user"), ("24", "")),
        *(("Not an API user", ""), ("Comanaged staff", "co managed")),
    ],
)
def test_nothing_is_known_about_a_level_with_a_name_of_its_own(
    export: Export, level: str, kind: str
) -> None:
    table = read_resources(export(f"Username,Security Level\na1,{level}\n"))

    assert table.frame["kind"].tolist() == [kind]


def test_any_column_can_be_named(export: Export) -> None:
    path = export("who,there,sort\na1,yes,7\n")
    columns = {"status": "there", "license_type": "sort"}

    table = read_resources(path, ReadOptions(column="who", columns=columns))

    assert table.frame[["status", "kind"]].values.tolist() == [["active", "api user"]]


def test_each_header_has_one_meaning_and_a_source() -> None:
    seen: dict[str, set[tuple[str, bool]]] = {}
    for some in load_header_words():
        assert some.role in HEADER_ROLES
        assert some.source in load_word_sources()
        for name in some.names:
            meaning = (some.role, some.inverted)
            assert seen.setdefault(fold_letters(name), {meaning}) == {meaning}, name


@pytest.mark.parametrize("role", ["username", "status", "license_type", "email"])
def test_each_language_has_headers_and_words(role: str) -> None:
    found = {some.language for some in load_header_words() if some.role == role}

    # A header may be the same word in two languages, and is listed once.
    assert found | {"da"} >= {"en", *LANGUAGES}
    meanings = {"active", "inactive", "yes", "no"}
    for language in {*LANGUAGES} - {"da"}:
        words = {s.meaning for s in load_cell_words() if s.language == language}
        assert words >= meanings


def test_the_months_are_those_of_unicode() -> None:
    widths = [*product(("en", "de_AT", *LANGUAGES), ("abbreviated", "wide"))]
    # In the others, what a spreadsheet makes of a name by itself.
    widths += ((language, "abbreviated") for language in SPREADSHEETS.split())
    for language, width in widths:
        words = list_words("month", language=language.partition("_")[0])
        known = {word.casefold() for word in words}
        for months in babel.Locale.parse(language).months.values():
            for name in months[width].values():
                assert name.rstrip(".").casefold() in known, name


def test_letters_are_folded_without_case_accents_and_signs() -> None:
    assert fold_letters("Zo\u00eb-Gr\u00f6\u00dfe 1") == "zoegrosse1"


def test_a_long_row_of_accents_is_folded_at_once() -> None:
    marks = "\u0301\u0323" * 200_000

    assert fold_letters(f"St{marks}\u00e1tus") == "status"


def test_a_long_text_does_not_grow_when_it_is_folded() -> None:
    sign = "\ufdfa"  # stands for eighteen characters
    assert len(fold_letters(sign)) > 10

    assert len(fold_letters(sign * 1_000)) == 1_000
