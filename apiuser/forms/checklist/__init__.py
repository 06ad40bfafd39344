"""The form of the checklist."""
