"""What all tests share: properties are not timed, since machines differ in speed."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
