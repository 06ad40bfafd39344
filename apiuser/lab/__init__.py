"""The forms opened in the browser, in JupyterLab or alone."""

from apiuser.lab.starting import open_form, open_lab

__all__ = ["open_form", "open_lab"]
