"""The state of one audit without a screen, and what its sheet shows, as plain data."""
