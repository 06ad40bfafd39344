"""A filter that an answer shows beside its list leaves nothing proved."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from apiuser.exports import read_resources
from apiuser.exports.resources import Status
from tests.exports.export_reading import Export
from tests.exports.jsontext.user_answers import LAST, USERS, judge_beside

ACTIVE = [{"op": "eq", "field": "isActive", "value": True}]
EVERY = [{"op": "gte", "field": "id", "value": 0}]
SEARCHED = "https://x/V1.0/Resources/query?search=%7B%22filter%22%3A"


@pytest.mark.parametrize(
    "more",
    [
        {"filter": "isActive eq true"},
        {"where": "licenseType = 7"},
        {"search": "a"},
        *({"filter": ACTIVE}, {"Filter": ACTIVE[0]}, {"where": {"isActive": True}}),
        *({"$filter": "isActive eq true"}, {"SimpleSearch": "firstname eq Ada"}),
        *({"search": json.dumps({"filter": ACTIVE})}, {"search": {"filter": ACTIVE}}),
        *({"query": json.dumps({"filter": ACTIVE})}, {"request": {"filter": ACTIVE}}),
        {"request": {"body": json.dumps({"MaxRecords": 500, "filter": ACTIVE})}},
        {"filter": [{"op": "or", "items": ACTIVE}]},
        {"filter": [*EVERY, *ACTIVE]},
        {"filter": [{"op": "gt", "field": "id", "value": 29000000}]},
        {"filter": [{"op": "exist", "field": "email"}]},
        {"filter": [{"op": "gt", "field": "licenseType", "value": 0}]},
        *({"filter": "id gt 29000000"}, {"criteria": "a*"}, {"conditions": ["a"]}),
        {"request": {"url": SEARCHED + "%5B%7B%22op%22%3A%22eq%22%2C%22field%22%3A"}},
        {"request": {"url": "https://x?$filter=isActive%20eq%20true"}},
        *({"activeOnly": True}, {"includeInactive": False}, {"isFiltered": True}),
        {"links": {"self": "/V1.0/Resources?isActive=true"}},
        *({"request": {"search": "a"}}, {"request": {"query": "isActive = 1"}}),
        *({"query": "userName beginsWith a"}, {"query": "userName endsWith a"}),
        *({"query": "licenseType in (3,4)"}, {"query": "licenseType notIn [3]"}),
        *({"query": "email notExist"}, {"query": "userName startswith 'a'"}),
        *({"query": "userName EQ ada"}, {"query": "userName notContains a"}),
        {"href": 'Resources/query?search={"filter":' + json.dumps(ACTIVE) + "}"},
        *({"href": "Resources?isActive=true"}, {"self": "v1.0/users?licenseType=3"}),
        {"filter": {"filter": EVERY, "isActive": True}},
        {"search": json.dumps({"filter": EVERY, "isActive": False})},
        {"search": {"filter": EVERY, "where": "licenseType = 7"}},
        *({"includeInactiveResources": False}, {"excludeInactiveUsers": True}),
        *({"includeInactiveUsers": "false"}, {"onlyActiveResources": True}),
        *({"query": "smith"}, {"query": "ada miller"}, {"request": {"query": "a*"}}),
        *({"query": '"smith"'}, {"href": "/Resources?query=smith"}, {"q": "smith"}),
        {"query": "resources of smith"},
        *({"href": "/Resources?userName=ada"}, {"url": "https://x/r?status=1"}),
        *({"title": "Professional users only"}, {"title": "Active resources"}),
        *({"description": "Only users in Berlin"}, {"info": {"title": "API Users"}}),
        {"note": "All resources except contractors"},
        {"comment": "no disabled users"},
        *({"title": "Inactive"}, {"description": "Inaktiv"}),
        *({"isActive": True}, {"request": {"isActive": False}}, {"licenseType": 3}),
        *({"status": "active"}, {"Status": " Inactive "}, {"state": "aktiv"}),
        *({"type": "inactive"}, {"info": {"status": "active"}}),
        {"links": [{"href": "/Resources?isActive=true"}]},
        {"pages": [{"filter": ACTIVE}]},
        {"url": "{{base}}/Resources?isActive=true"},
        *({"request": "GET /Resources?isActive=true"}, {"path": "/resources/active"}),
        *({"url": "https://x/users/disabled?a=1"}, {"status": "active users only"}),
        *({f"include{half}": False} for half in ("Disabled", "Locked", "ApiUsers")),
        *({"enabledOnly": True}, {"hideDeactivatedUsers": True}),
        *({"licenseTypes": [3]}, {"request": {"userTypes": ["7"]}}),
        *(
            {"title": f"{word} Ressourcen"}
            for word in ("Aktive", "Inaktive", "Nicht aktive")
        ),
        *({"title": "Utilisateurs actifs"}, {"note": "usuarios activos"}),
        *({"title": "Actieve gebruikers"}, {"title": "Gesperrte Benutzer"}),
        *({"note": "usuarios deshabilitados"}, {"title": "Uitgeschakelde medewerkers"}),
        {"description": "Utilizadores, recursos ativos"},
        *({"description": "Resources A-M"}, {"title": "Users N to Z"}),
        {"title": "Former employees"},
    ],
)
@pytest.mark.parametrize("end", [{}, LAST], ids=["open", "last"])
def test_a_filter_beside_the_list_proves_nothing(
    export: Export, more: dict[str, Any], end: dict[str, Any]
) -> None:
    report = judge_beside(export, more | end)

    assert (report.proved, report.complete) == (False, False)
    assert "the answer was filtered" in "".join(report.missing)


@pytest.mark.parametrize(
    "more",
    [
        *({"filter": EVERY}, {"filter": EVERY[0]}, {"search": {"filter": EVERY}}),
        *({"filter": [{"op": "exist", "field": "id"}]}, {"filter": "id gt 0"}),
        {"filter": [{"op": "gt", "field": "ID", "value": "0"}]},
        {"where": "id >= 0"},
        {"filter": [{"op": "and", "items": [*EVERY, {"op": "exist", "field": "Id"}]}]},
        {"filter": [{"op": "or", "items": [*EVERY, *ACTIVE]}]},
        {"request": {"body": json.dumps({"MaxRecords": 500, "filter": EVERY})}},
        {"search": json.dumps({"filter": EVERY, "IncludeFields": ["userName"]})},
        *({"filter": ""}, {"filter": None}, {"filter": []}, {"search": {}}),
        *({"where": "*"}, {"search": "all"}, {"filter": {"filter": []}}),
        *({"IncludeFields": ["userName", "isActive"]}, {"MaxRecords": 500}),
        {"IncludeFields": "userName,isActive"},
        *({"includeInactive": True}, {"filtered": False}, {"activeOnly": "false"}),
        {"info": {"title": "Sample", "active": True}},
        {"request": {"url": 'https://x/V1.0/Resources/query?search={"filter":[]}'}},
        {"request": {"url": "https://x?search=" + json.dumps({"filter": EVERY})}},
        *({"query": "resources in use"}, {"query": "existing users, within limits"}),
        *({"href": "Resources/query?page=1&pageSize=500"}, {"title": "Why? a=b"}),
        *({"includeInactiveResources": True}, {"excludeInactiveUsers": False}),
        {"search": {"filter": EVERY, "isActive": None, "MaxRecords": 500}},
        *({"status": "ok"}, {"state": "done"}, {"status": "success"}),
        *({"query": "Resources"}, {"query": "id,userName,isActive,firstName"}),
        *({"query": "/V1.0/Resources/query"}, {"query": "all resources"}, {"query": 1}),
        *({"query": "GET Resources"}, {"query": "select * from Resources"}),
        {"title": "Active and inactive resources"},
        {"title": "Resources"},
        {"note": "for internal use only"},
        {"title": "All users"},
        *({"description": "Users from Active Directory"}, {"type": "Resource"}),
        {"comment": "exported by the administrator"},
        *({"title": "Resources A-Z"}, {"description": "All resources, A to Z"}),
        {"title": "Aktive und inaktive Ressourcen"},
        {"title": "Autotask Resources API"},
        *({"includeDisabled": True}, {"enabledOnly": "no"}, {"licenseTypes": []}),
        *({"exportedBy": "API user"}, {"path": "/V1.0/Resources/query"}),
    ],
)
def test_a_filter_that_selects_everything_takes_nothing_away(
    export: Export, more: dict[str, Any]
) -> None:
    report = judge_beside(export, more | LAST)

    assert (report.missing, report.proved) == ((), True)


def test_a_filter_beside_a_single_resource_proves_nothing(export: Export) -> None:
    answer = {"item": USERS[0], "filter": ACTIVE}

    report = audit(export(json.dumps(answer), "export.json"), co_managed=False)

    assert "the answer was filtered" in "".join(report.missing)


@pytest.mark.parametrize("name", ["user", "resource"])
def test_what_is_beside_a_user_in_a_record_of_its_own_is_no_filter(
    export: Export, name: str
) -> None:
    users = [{name: {"userName": f"a{n}"}, "isActive": n > 1} for n in (1, 2)]

    table = read_resources(export(json.dumps(users), "export.json"))

    assert table.notices == ()
    assert [*table.statuses] == [Status.INACTIVE, Status.ACTIVE]


def test_a_filter_beside_the_only_resource_of_an_answer_is_one(export: Export) -> None:
    answer = {"items": USERS[0], "isActive": True}

    report = audit(export(json.dumps(answer), "export.json"), co_managed=False)

    assert "the answer was filtered" in "".join(report.missing)


def test_the_filter_is_named_with_what_to_do(export: Export) -> None:
    report = judge_beside(export, {"request": {"filter": ACTIVE}})

    assert (
        "line 1: the answer was filtered, so resources may be missing: request.filter "
        "(the filter id gt 0 selects all). Ask the API again."
    ) in "".join(report.notices)


def nest(levels: int) -> list[Any]:
    inner: list[Any] = [1]
    for _ in range(levels):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("more", "complete"),
    [
        ({"self": "//[x"}, True),
        ({"href": "//\u2100/?a=1"}, True),
        ({"note": "9" * 4_301 + " of 1"}, True),
        ({"filter": "id gt " + "9" * 4_301}, False),
        ({"filter": nest(300)}, False),
        ({"note": "1" * 60_000}, True),
    ],
    ids=["half an address", "odd address", "part", "number", "levels", "digits"],
)
def test_odd_values_beside_the_list_stop_nothing(
    export: Export, more: dict[str, Any], *, complete: bool
) -> None:
    assert judge_beside(export, more | LAST).complete == complete
