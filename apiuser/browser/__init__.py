"""The form in the page of the guide: the checklist without JupyterLab, in Pyodide."""
