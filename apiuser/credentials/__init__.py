"""Usernames and secrets: when two are the same, what is wrong with one, new ones drawn exactly."""
