"""The picture of the page is well-formed and numbered like the steps."""

from xml.etree import ElementTree as ET

import pytest

from apiuser.guide import draw_page
from apiuser.howto import STEPS, Job
from apiuser.howto.integrations import load_integrations

NAMESPACE = "{http://www.w3.org/2000/svg}"
ROOM = 20
"""How far the words of two rows are apart at the least."""


@pytest.mark.parametrize("job", Job)
def test_every_step_on_the_page_has_its_number_in_the_picture(job: Job) -> None:
    root = ET.fromstring(draw_page(job))  # noqa: S314  # our own text

    numbers = {text.text for text in root.iter(f"{NAMESPACE}text")}
    wanted = {
        str(number) for number, step in enumerate(STEPS[job], start=1) if step.part
    }
    assert wanted <= numbers


def test_the_picture_has_a_text_alternative() -> None:
    assert 'role="img" aria-label="Sketch of the API user page' in draw_page()


def test_the_picture_shows_the_values_of_the_preset() -> None:
    picture = draw_page()
    preset = load_integrations()["presh-zapier"]

    assert f">{preset.first_name}</text>" in picture
    assert f">{preset.email}</text>" in picture
    assert f">{preset.vendor}</text>" in picture


def test_nothing_leads_to_generate_key_when_only_the_secret_is_new() -> None:
    root = ET.fromstring(draw_page(Job.ROTATE))  # noqa: S314  # our own text
    texts = list(root.iter(f"{NAMESPACE}text"))
    (button,) = (text for text in texts if text.text == "Generate Key")

    beside = [
        text.text for text in texts if abs(_height(text) - _height(button)) < ROOM
    ]

    assert beside == ["Generate Key"]


def _height(text: ET.Element) -> int:
    return int(text.attrib["y"])
