"""Packages that load their parts late tell their names at once."""

import importlib

import pytest


@pytest.mark.parametrize(
    "package", ["", ".auditing", ".exports", ".forms", ".howto.diagnosis", ".reports"]
)
def test_names_that_load_late_are_listed_before_they_do(package: str) -> None:
    module = importlib.import_module(f"apiuser{package}")

    assert dir(module) == sorted(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)
