"""Delimited text: its dialect, its records, and many plain ones at a time."""
