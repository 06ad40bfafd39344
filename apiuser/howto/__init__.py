"""The steps of the how-to for each job, as data."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.howto import entering, finishing, key_and_secret, preparing
from apiuser.howto.stage import Row, Section, Stage
from apiuser.howto.stages import STAGES
from apiuser.howto.step import Field, Input, Job, Note, Step, holds

__all__ = [
    "STAGES",
    "STEPS",
    "Field",
    "Input",
    "Job",
    "Note",
    "Row",
    "Section",
    "Stage",
    "Step",
    "holds",
]

STEPS: Mapping[Job, tuple[Step, ...]] = MappingProxyType(
    {
        Job.CREATE: (
            preparing.PREPARE,
            preparing.POLICY,
            preparing.NAMES,
            entering.OPEN,
            entering.GENERAL,
            entering.LEVEL,
            entering.KEPT_FORMATS,
            key_and_secret.KEY,
            key_and_secret.SECRET,
            entering.TRACKING_STEP,
            entering.BUSINESS_LINES,
            finishing.STORE,
            finishing.SAVE,
            finishing.TEST,
            finishing.HAND_OVER,
        ),
        Job.EDIT: (
            preparing.CHANGES,
            preparing.FIND_USER,
            preparing.POLICY,
            preparing.NAMES,
            entering.GENERAL_EDITED,
            entering.LEVEL_EDITED,
            entering.KEPT_FORMATS,
            key_and_secret.RENEW,
            entering.TRACKING_STEP,
            entering.BUSINESS_LINES,
            finishing.STORE,
            finishing.SAVE,
            finishing.TEST_EDITED,
            finishing.HAND_OVER,
        ),
        Job.ROTATE: (
            key_and_secret.APPLICATIONS,
            preparing.POLICY,
            preparing.FIND_USER,
            key_and_secret.ROTATE_SECRET,
            finishing.STORE,
            key_and_secret.PASTE,
            finishing.SAVE_ROTATED,
            finishing.TEST_ROTATED,
            finishing.HAND_OVER,
        ),
    }
)
"""Every job's steps in their order."""
