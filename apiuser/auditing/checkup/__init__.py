"""The state of one audit without a screen, and what its form shows, as plain data."""
