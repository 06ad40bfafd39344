"""Addresses beside a list may tell that it is a later page, or not the last one."""

from typing import Any

import pytest

from apiuser.exports import read_resources
from apiuser.exports.headers import list_roles
from apiuser.exports.jsontext.addresses import list_linked
from tests.exports.export_reading import Export, refusal
from tests.exports.jsontext.user_answers import USERS, judge, judge_beside

NEXT = "names a page that is not in it"


@pytest.mark.parametrize(
    "more",
    [
        *({"links": [{"rel": rel, "href": "p1"}]} for rel in ("prev", ["previous"])),
        *({"self": "https://x/resources?page=2"}, {"url": "https://x/r?$skip=8"}),
        *({"request": "GET /r?offset=4"}, {"url": "{{base}}/r?p=3"}),
        *({"_links": {"self": {"href": "x?page[number]=2"}}}, {"uri": "/r?startAt=9"}),
        {"links": [{"rel": "self", "href": "x?page=2"}]},
        *({"url": f"/r?{name}=ew0"} for name in ("after", "$skiptoken", "pageToken")),
        {"links": {"self": "x?page=1", "last": "x?page=5"}},
        *({"last_page_url": "/r?page=2"}, {"last": {"href": "/r?offset=500"}}),
        *({"links": ["/r?page=1", "/r?page=2"]}, {"links": [{"url": "/r?skip=4"}]}),
        {"pages": [{"url": "x?page=1"}, {"url": "x?page=2"}]},
        {"links": {"self": "x?page=0", "last": "x?page=1"}},
        *(
            {"Link": f'<x?page={n}>; rel="{rel}"'}
            for n, rel in ((5, "last"), (2, "self"))
        ),
        *({"Link": f'<x>; rel="{rel}"'} for rel in ("last next", "prev", "first prev")),
        {"link": '<x?page=1>; rel="first", <x?page=2>; title="a"; rel=next'},
    ],
)
def test_an_address_of_another_page_is_reported(
    export: Export, more: dict[str, Any]
) -> None:
    report = judge_beside(export, more)

    assert (report.proved, report.complete) == (False, False)
    pages = ("further page", "what is beside the list")
    assert NEXT in "".join(report.missing) or any(
        said in "".join(report.missing) for said in pages
    )


@pytest.mark.parametrize(
    "more",
    [
        {"links": dict.fromkeys(("self", "first", "last"), "x?page=1")},
        {"links": {"self": "x?page=1", "next": None, "prev": None}},
        {"_links": {"self": {"href": "x?page=0&size=500"}}, "page": {"totalPages": 1}},
        {"_links": {"self": {"href": "x?page=0"}, "last": {"href": "x?page=0"}}},
        {"links": [{"rel": "self", "href": "x?page=1"}]},
        {"first_page_url": "x?page=1", "last_page_url": "x?page=1", "current_page": 1},
        {"links": [{"url": None, "label": "a"}, {"url": "x?page=1", "active": True}]},
        *({"request": "GET /v1.0/Resources/query"}, {"url": "/r?offset=0&limit=500"}),
        *({"url": "{{base}}/r?search={}"}, {"url": "/r?first=500"}),
        {"Link": '<x?page=1>; rel="first", <x?page=1>; rel="last"', "total": 2},
    ],
)
def test_addresses_of_an_only_page_take_nothing_away(
    export: Export, more: dict[str, Any]
) -> None:
    report = judge_beside(export, {"total": 2} | more)

    assert (report.missing, report.proved) == ((), True)


def test_a_page_as_full_as_its_address_allows_is_reported(export: Export) -> None:
    said = "contains as many records as one page may"

    assert said in "".join(judge_beside(export, {"url": "/r?$top=2"}).missing)
    assert judge_beside(export, {"url": "/r?$top=3"}).proved


def test_pages_that_follow_by_their_addresses_are_complete(export: Export) -> None:
    pages = [
        {
            "items": [user],
            "links": {"self": f"x?page={at}", "last": "x?page=2", "first": "x?page=1"},
        }
        for at, user in enumerate(USERS, 1)
    ]

    assert judge(export, *pages).proved
    assert not judge(export, *pages[:1]).proved
    assert not judge(export, *pages[1:]).proved


def test_what_an_address_says_is_named_by_what_it_leads_to() -> None:
    address = "x?page=2&offset=4&limit=9&first=3&name=a"
    answer = {
        "self": address,
        "last": address,
        "next": address,
        "prev": address,
        "links": [address, {"rel": "self", "href": "x?p=7"}],
    }

    assert sorted(list_linked(answer, [])) == [
        ("lastlinkedoffset", "4"),
        ("lastlinkedpage", "2"),
        ("limit", "9"),
        ("listlinkedoffset", "4"),
        *[("listlinkedpage", "2"), ("listlinkedpage", "7")],
        *[("offset", "4"), ("page", "2"), ("page", "7"), ("previous", True)],
        ("take", "3"),
    ]


def make_address(parameters: int, name: str = "a") -> str:
    return "/x?" + "&".join(f"{name}{at}=1" for at in range(parameters))


def test_an_address_of_very_many_parameters_is_a_filter_at_once(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def count_roles(names: list[str]) -> list[str]:
        asked.extend(names)
        return list_roles(names)

    monkeypatch.setattr("apiuser.exports.jsontext.filters.list_roles", count_roles)

    report = judge_beside(export, {f"u{at}": make_address(5_000) for at in range(6)})

    assert asked == []
    assert "the answer was filtered" in "".join(report.notices)
    assert judge_beside(export, {"url": make_address(100)}).proved
    assert len(asked) == 100


def test_many_addresses_have_no_more_names_than_members_may(export: Export) -> None:
    members = ", ".join(f'"u": "{make_address(90, f"b{at}x")}"' for at in range(60))
    links = members.replace('"u": ', "")
    text = f'{{"items": [{{"userName": "a1"}}], "links": [{links}]}}'

    said = refusal(export(text, "export.json"))

    assert "more than 5,000 different names" in said
    few = text.replace("&", "%26")
    assert read_resources(export(few, "export.json")).records == 1
