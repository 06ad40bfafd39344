"""Why an API user does not work, as data: symptoms, causes, checks and fixes."""

from apiuser.howto.diagnosis.evidence import ONCE
from apiuser.howto.diagnosis.recognition import Diagnosis, find_symptoms
from apiuser.howto.diagnosis.symptom import Cause, Symptom
from apiuser.howto.diagnosis.symptoms import load_symptoms

__all__ = ["ONCE", "Cause", "Diagnosis", "Symptom", "find_symptoms", "load_symptoms"]
