"""Asking Autotask itself: for the zone of a username, and on request for one log-in."""
