"""Look up and Log in once, in a JupyterLab whose kernels reach a stand-in for Autotask.

With APIUSER_SHOTS, a picture of the Test stage after each answer is kept.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import open_lab
from tests.browser.pages import (
    SCREEN,
    Lab,
    end_kernel,
    open_notebook,
    prepare_page,
    shoot,
)
from tests.browser.sheet_steps import NOTEBOOK, choose, open_sheet, open_stage, press
from tests.planted import SECRETS
from tests.verification.stand_in import (
    ASKED,
    HOST,
    NO_ZONE,
    TRIED,
    ZONE_HOST,
    StandIn,
    answer,
    list_settings,
    open_stand_in,
    tell_zone,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PORTAL = answer(200, "<!DOCTYPE html><title>Sign in</title>", Content_Type="text/html")
ASKING = [f"CONNECT {HOST}:443", ASKED]
LOGGING_IN = [f"CONNECT {ZONE_HOST}:443", TRIED]
# What is answered to a look-up, and what its row then says.
LOOKED_UP = {
    "unknown": (NO_ZONE, "does not know this username"),
    "portal": (PORTAL, "A web page came back"),
    "redirect": (answer(302, Location="https://sample.example.com/"), "redirects"),
    "throttled": (answer(429), "status 429"),
    "no-zone": (answer(200, [1]), "names no zone"),
    "hostile": (
        tell_zone("https://sample.example.com/ATServicesRest/"),
        "outside Autotask",
    ),
    "cut": (tell_zone()[:-10], "cut off"),
    "known": (None, "Sample Zone 5"),
}
# What is answered to a log-in, and what its row then says.
LOGGED_IN = {
    "refused": (answer(401), "refused (status 401)"),
    "forbidden": (answer(403), "refused (status 403)"),
    "bad-gateway": (answer(502), "status 502"),
    "works": (None, "belong together"),
}


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with open_stand_in(StandIn(secret=SECRETS[4])) as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def lab(
    browser_path: str, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """A JupyterLab whose kernels take the stand-in for Autotask."""
    del browser_path
    base = tmp_path_factory.mktemp("calling")
    with open_lab(base, list_settings(stand_in, base)) as lab:
        yield lab


@pytest.fixture(scope="module")
def page(browser: "Browser", lab: Lab) -> Iterator["Page"]:
    page = browser.new_page(base_url=lab.url, viewport=SCREEN)
    prepare_page(page, lab)
    yield page
    end_kernel(page)
    page.close()


def test_each_answer_is_said_at_its_row_after_one_call(
    page: "Page", stand_in: StandIn
) -> None:
    open_notebook(page, NOTEBOOK, mode="doc")
    sheet = open_sheet(page)
    choose(sheet, "Our own")
    sheet.get_by_role("textbox", name="Username ends with").fill("@sample.example.com")
    open_stage(sheet, "Fill in")
    sheet.get_by_role("textbox", name="Username (Key)").fill("sample4key")
    sheet.get_by_label("Password (Secret)", exact=True).fill(stand_in.secret)
    sheet.get_by_role("textbox", name="Tracking Identifier").fill(stand_in.code)
    sheet.get_by_text("characters, follows every rule").first.wait_for()
    open_stage(sheet, "Test")

    for name, (said, words) in LOOKED_UP.items():
        stand_in.instead = said
        press(sheet, "Look up")
        sheet.get_by_text(words).first.wait_for()
        shoot(page, f"look-up-{name}")
        assert stand_in.log == ASKING, name
        stand_in.log.clear()

    for name, (said, words) in LOGGED_IN.items():
        stand_in.instead = said
        press(sheet, "Log in anyway")
        sheet.get_by_text("Press again to log in").first.wait_for()
        assert stand_in.log == [], name
        press(sheet, "Log in anyway")
        sheet.get_by_text(words).first.wait_for()
        shoot(page, f"log-in-{name}")
        assert stand_in.log == LOGGING_IN, name
        stand_in.log.clear()
