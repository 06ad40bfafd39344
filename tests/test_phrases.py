"""What people type for `apiuser explain`, and the symptom or cause that is due."""

import pytest

from apiuser.howto.diagnosis import find_symptoms

# The symptoms that are meant as a whole.
SYMPTOMS_MEANT = {
    "401": "401",
    "status code 401": "401",
    "error 401 when I log in": "401",
    "HTTP/1.1 401 Unauthorized": "401",
    "401 with an empty body": "401",
    "not authorised": "401",
    "invalid credentials": "401",
    "Invalid username or password": "401",
    "The password is incorrect": "401",
    "connection test failed": "401",
    "the credentials are wrong": "401",
    "it can't log in": "401",
    "I cannot log in": "401",
    "login failed": "401",
    "log-in failed": "401",
    "the login does not work": "401",
    "authentication failed": "401",
    "failed to authenticate": "401",
    "the connection test fails": "401",
    "500": "zone code rights",
    "Internal Server Error": "zone code rights",
    "500 Internal Server Error": "zone code rights",
    "HTTP 500": "zone code rights",
    "does the user exist": "zone",
    "does this user exist?": "zone",
    "Is it there: does the username exist?": "zone",
    "user does not exist": "zone",
    "user doesn't exist": "zone",
    "unknown user": "zone",
    "user not found": "zone",
    "The user name is unknown": "zone",
    "which zone am I in": "zone",
    "zone lookup": "zone",
    "zone info": "zone",
    "ZONE": "zone",
    "Zone information could not be determined": "zone",
    '{"errors":["Zone information could not be determined"]}': "zone",
    '500 {"errors":["IntegrationCode is invalid."]}': "code",
    "where is the tracking identifier": "code",
    "403": "rights",
    "403 Forbidden": "rights",
    "permission denied": "rights",
    "cannot create tickets": "rights",
    "it has no rights": "rights",
    "The logged in Resource does not have the adequate permissions": "rights",
    "access denied": "401 rights",
    "404": "404",
    "404 Not Found": "404",
    "account is locked": "locked",
    "locked": "locked",
    "Lock-out": "locked",
    "locked out": "locked",
    "the user was locked out": "locked",
    "how do I unlock it": "locked",
    "too many failed logins": "locked",
    "no records": "empty",
    "no data": "empty",
    "no tickets come": "empty",
    "it returns nothing": "empty",
    "nothing comes back": "empty",
    "empty": "empty",
    "the list is empty": "empty",
    "records are missing": "empty",
    "companies missing": "empty",
    "contacts don't show up": "empty",
    "works when typed, not in a script": "script",
    "special characters in the secret": "script",
    "docker": "script",
    "it worked yesterday": "stopped",
    "it used to work": "stopped",
    "it suddenly stopped working": "stopped",
    "it doesn't work any more": "stopped",
    "does not work anymore": "stopped",
    "the vendor refuses it": "vendor",
    "Thread Threshold Exceeded": "limits",
    "429 Too Many Requests": "limits",
    "rate limit": "limits",
    "it is very slow": "limits",
    "the username is already in use": "page",
    "username already exists": "page",
    "it cannot be saved": "page",
    "I lost the secret": "page",
    "forgot to copy the password": "page",
    "how do I reset the secret": "page",
    "are we charged for it": "seat",
    "does it need a license": "seat",
    "timeout": "silent",
    "time-out": "silent",
    "it timed out": "silent",
    "request times out": "silent",
    "502": "silent",
    "502 Bad Gateway": "silent",
    "503 Service Unavailable": "silent",
    "connection refused": "silent",
    "it does not connect": "silent",
    "cannot connect to Autotask": "silent",
    "The name of the host is not known here": "silent",
    "could not resolve host": "silent",
    "certificate verify failed": "silent",
    "no answer": "silent",
    "proxy": "silent",
}
# One cause is meant, by its name.
CAUSES_MEANT = {
    "is the secret right": "Wrong or old secret",
    "is the password correct?": "Wrong or old secret",
    "wrong password": "Wrong or old secret",
    "wrong secret": "Wrong or old secret",
    "401 wrong password": "Wrong or old secret",
    "the secret was changed": "Wrong or old secret",
    "deactivated": "User inactive",
    "account disabled": "User inactive",
    "the user is not active": "User inactive",
    "too early": "Too early",
    "I just created it": "Too early",
    "new user, 401": "Too early",
    "the new API user does not work": "Too early",
    "e-mail as username": "E-mail address as username",
    "e-mail used as username": "E-mail address as username",
    "email as username": "E-mail address as username",
    "I used my email": "E-mail address as username",
    "moved to another zone": "Address of another zone",
    "wrong zone": "Address of another zone",
    "without tracking identifier": "No tracking identifier sent",
    "wrong integration code": "Wrong tracking identifier",
    "wrong vendor": "Another integration vendor",
    "the vendor is not in the list": "Label not in the list",
    "the suffix": "Wrong or missing suffix",
    "a backslash": "Stray characters in the username",
    "trailing space": "Blanks at either end",
    "password expired": "Expired secret",
    "a person's own login": "A person's own login",
    "single sign-on": "A person's own login",
    "SSO": "A person's own login",
    "kaseya one": "Kaseya One",
    "impersonation": "Acting as another resource",
    "acts as another resource": "Acting as another resource",
    "basic auth": "HTTP Basic or other headers",
    "line of business": "Lines of business",
    "V2.0": "Version V2.0 of the API",
    "the secret is too long": "Secret too long for the application",
    "username misspelled": "Username misspelled or incomplete",
}
# Nothing of it is known, however common its words are.
NOTHING_MEANT = [
    "",
    "  ",
    "\x00",
    "💥",
    "the",
    "xyzzy",
    "help",
    "it does not work",
    "nothing works",
    "what now",
    "user",
    "username",
    "secret",
    "name",
    "host",
    "known",
    "exist",
    "right",
    "here",
    "value",
    "program",
    "address",
    "How do I find the level of my integration?",
    "the color of the page",
    "New API User missing from menu",
    "open the page of the user and look at the list of its fields",
]


@pytest.mark.parametrize(("text", "codes"), SYMPTOMS_MEANT.items())
def test_a_phrase_leads_to_its_symptom(text: str, codes: str) -> None:
    found = find_symptoms(text)

    assert [symptom.code for symptom, _ in found] == codes.split()
    assert all(causes == symptom.causes for symptom, causes in found)


@pytest.mark.parametrize(("text", "name"), CAUSES_MEANT.items())
def test_a_phrase_leads_to_its_cause(text: str, name: str) -> None:
    assert [[one.name for one in causes] for _, causes in find_symptoms(text)] == [
        [name]
    ]


@pytest.mark.parametrize("text", NOTHING_MEANT)
def test_nothing_is_guessed(text: str) -> None:
    assert find_symptoms(text) == ()


def test_of_a_page_that_was_pasted_the_first_words_count() -> None:
    code = "401"

    assert find_symptoms(f"{code} {'word ' * 10_000}")
    assert find_symptoms(f"{'word ' * 10_000} {code}") == ()
