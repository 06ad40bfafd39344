"""The form of the audit."""
