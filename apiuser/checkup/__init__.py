"""One audit's state without a screen, and what its sheet shows as plain data."""
