"""Why an API user does not work, as data: symptoms, causes, checks and fixes."""

from typing import TYPE_CHECKING

from apiuser import load_late

if TYPE_CHECKING:
    from apiuser.howto.diagnosis.evidence import ONCE
    from apiuser.howto.diagnosis.recognition import Diagnosis, find_symptoms
    from apiuser.howto.diagnosis.symptom import Cause, Symptom
    from apiuser.howto.diagnosis.symptoms import load_symptoms

__all__ = ["ONCE", "Cause", "Diagnosis", "Symptom", "find_symptoms", "load_symptoms"]

_HOMES = {
    "ONCE": "evidence",
    "Cause": "symptom",
    "Diagnosis": "recognition",
    "Symptom": "symptom",
    "find_symptoms": "recognition",
    "load_symptoms": "symptoms",
}


def __getattr__(name: str) -> object:
    # Late, so that a form loads no symptoms before somebody tests.
    return load_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__  # as notebooks list what can be typed
