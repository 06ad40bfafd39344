"""That a list may hold several tenants is a point of its own, with what to do."""

from pathlib import Path

from tests.auditing.checkup.inquiring import CLEAN, show

TWO = "key1,k@acme.example.com,API User,Active\nkey2,l@example.com,API User,Active\n"


def test_a_list_with_two_endings_is_not_called_complete(tmp_path: Path) -> None:
    names = ("key1@acme.example.com", "key2@beta.example.com")
    rows = TWO.replace("key1", names[0]).replace("key2", names[1])

    shown = show(tmp_path, clean=CLEAN + rows)

    points = {point["label"]: point for point in shown["points"]}
    assert points["Tenants"]["how"].startswith("Export each tenant on its own")
    assert "(@acme.example.com, @beta.example.com)" in points["Tenants"]["lines"][0]
    assert shown["verdict"]["level"] == "warning"
