"""What a person meets after Save, with what leads to it."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.howto.diagnosis import login_causes as login
from apiuser.howto.diagnosis import other_causes as other
from apiuser.howto.diagnosis.evidence import (
    EMPTY,
    NAME_EXISTS,
    NO_ZONE,
    REFUSED,
    ZONE_PROVES_LITTLE,
)
from apiuser.howto.diagnosis.symptom import Symptom
from apiuser.howto.step import Note
from apiuser.rules.citations import (
    API_THRESHOLD,
    AUTOTASK_MCP,
    CAMPAI,
    CLOUD_DEPOT,
    CLOUDDEPOT_LIMITS,
    DJANGO_AUTOTASK,
    HOW_TO,
    IT_GLUE,
    LOCKOUT,
    MSP360,
    N8N_THREAD_ERRORS,
    N8N_THREADS,
    POSTMAN,
    PUBLIC_KEY,
    PY_AUTOTASK,
    SOAP_REQUIREMENTS,
    THREAD_LIMITING,
    USERNAME_DOMAIN,
    W6W,
    ZONE_LOOKUP,
)

SYMPTOMS: Mapping[str, Symptom] = MappingProxyType(
    {
        symptom.code: symptom
        for symptom in (
            Symptom(
                code="401",
                title="401, whatever you enter",
                label="401",
                words=(
                    "401, unauthorized, unauthorised, not authorized, not authorised, "
                    "empty body, invalid credentials, wrong credentials, bad "
                    "credentials, credentials invalid, credentials wrong, credentials "
                    "rejected, credentials refused, authentication, not authenticate, "
                    "unable to authenticate, failed to authenticate, login fails, "
                    "login failed, login refused, login rejected, login denied, login "
                    "not work, not login, unable to login, failed to login, access "
                    "denied, connection test fails, connection test failed, test "
                    "connection fails, test fails, invalid username, invalid password, "
                    "invalid login, incorrect username, incorrect password, password "
                    "incorrect, not sign in, sign in fails, sign in failed, auth "
                    "fails, auth failed, not authenticated"
                ),
                means=(REFUSED,),
                do=(
                    Note(
                        "Wait until the user is five minutes old: until then it may not "
                        "work, and every failure counts.",
                        (CLOUD_DEPOT, PY_AUTOTASK),
                    ),
                    Note(
                        "Look up its zone, with Look up in the form or “apiuser "
                        "verify USERNAME”: "
                        "that needs no secret, locks nobody, and tells whether the "
                        "username exists, with its suffix.",
                        (ZONE_LOOKUP, THREAD_LIMITING),
                    ),
                ),
                found=(
                    login.NEW_USER,
                    login.OTHER_ZONE,
                    login.EMAIL,
                    login.WRONG_CODE,
                    login.NO_CODE,
                    login.OTHER_VENDOR,
                    login.LOCKED_OUT,
                    login.CHANGED_ON_THE_WAY,
                    login.SUFFIX,
                    login.OTHER_SECRET,
                    login.STRAY_CHARACTERS,
                    login.ORDINARY,
                    login.PERSON,
                    login.BASIC,
                    login.EXPIRED,
                    login.OLD_RULES,
                    login.KASEYA,
                    login.INACTIVE,
                ),
            ),
            Symptom(
                code="zone",
                title="500 “Zone information could not be determined”",
                label="500, “Zone information…”",
                words=(
                    "zone information, zone info, 500, internal server error, server "
                    "error, user exist, username exist, user not exist, username not "
                    "exist, unknown user, unknown username, username unknown, username "
                    "not known, username not found, user not found, no such user, user "
                    "not known, which zone, zone not found, no zone, zone lookup, "
                    "lookup zone"
                ),
                means=(
                    NO_ZONE,
                    Note(
                        "The look-up needs no secret and locks nobody.",
                        (THREAD_LIMITING, DJANGO_AUTOTASK),
                    ),
                    NAME_EXISTS,
                    ZONE_PROVES_LITTLE,
                ),
                found=(
                    other.UNKNOWN_NAME,
                    other.NOT_ENCODED,
                    other.OTHER_PRODUCT,
                    other.FAILING_LOOKUP,
                ),
            ),
            Symptom(
                code="code",
                title="500 “IntegrationCode is invalid.”, or a fault that asks for one",
                label="500, “IntegrationCode…”",
                words=(
                    "integrationcode, integration code, apiintegrationcode, tracking "
                    "identifier, tracking id, identifier, 500, internal server error, "
                    "server error"
                ),
                means=(
                    Note(
                        "An older source reports this answer, a newer one an empty 401.",
                        (ZONE_LOOKUP, W6W),
                    ),
                ),
                found=(
                    login.WRONG_CODE,
                    login.NO_CODE,
                    login.OTHER_VENDOR,
                    login.VENDORS_CODE,
                ),
            ),
            Symptom(
                code="rights",
                title="403, or 500 about permissions",
                label="403, permissions",
                words=(
                    "403, forbidden, permission, rights, right missing, privileges, "
                    "access denied, not permitted, security level, 500, internal "
                    "server error, server error, not create ticket, not update ticket, "
                    "not create company, not create contact"
                ),
                means=(
                    Note(
                        "The answer is 403, or 500 with the text “The logged in "
                        "Resource does not have the adequate permissions”.",
                        (DJANGO_AUTOTASK,),
                    ),
                ),
                found=(
                    other.FEW_RIGHTS,
                    other.IMPERSONATING,
                    other.PROTECTED,
                    other.ONE_KIND,
                ),
            ),
            Symptom(
                code="404",
                title="404",
                words="404, page not found, address not found",
                found=(other.LAST_VERSION,),
            ),
            Symptom(
                code="silent",
                title="No answer: a time-out, 502, or no connection",
                label="No answer, 502",
                words=(
                    "502, 503, 504, bad gateway, service unavailable, timeout, timed "
                    "out, times out, no answer, no whole answer, not answer, nobody "
                    "answers, answer cut off, no response, not respond, no connection, "
                    "no encrypted connection, not connect, unable to connect, failed "
                    "to connect, connection failed, connection fails, connection "
                    "refused, connection reset, connection closed, not reach, not "
                    "reached, unreachable, offline, network, name of host, host not "
                    "known, host not found, unknown host, not resolve, name or service "
                    "not known, getaddrinfo, dns, proxy, firewall, certificate, ssl, "
                    "tls, sends on, redirect, web page"
                ),
                means=(
                    Note("If no answer comes, that says nothing about the user."),
                    Note(
                        "Whether the call arrived and counted is not known, so do not "
                        "repeat a log-in at once.",
                    ),
                ),
                found=(
                    other.NO_NETWORK,
                    other.IN_BETWEEN,
                    other.OTHER_PRODUCT,
                    other.DOWN,
                ),
            ),
            Symptom(
                code="locked",
                title="The user is locked",
                label="Locked",
                words=(
                    "locked, lock, lockout, unlock, locked out, user locked, too many "
                    "attempts, too many failed, failed attempts, user blocked, account "
                    "blocked"
                ),
                means=(
                    Note(
                        "Repeated failures lock the user; how many is a setting of "
                        "Site Setup, and no document gives its default.",
                        (LOCKOUT, MSP360),
                    ),
                    Note("Its calls are answered 401.", (POSTMAN,)),
                    Note(
                        "A notice goes to the user's e-mail address.",
                        (LOCKOUT, CLOUD_DEPOT),
                    ),
                    Note(
                        "The notice names the IP address of the caller.",
                        (USERNAME_DOMAIN,),
                    ),
                ),
                do=(
                    Note(
                        "Find the program that fails: usually one that still has an "
                        "old secret.",
                        (LOCKOUT, CAMPAI),
                    ),
                    Note(
                        "If it cannot be found, change the username for a short "
                        "time, which reveals it; meanwhile, everything with that "
                        "username stops.",
                        (USERNAME_DOMAIN,),
                    ),
                    Note("Stop it, or give it the new secret.", (LOCKOUT,)),
                    Note(
                        "Open the user in Edit mode, clear Locked, and save.",
                        (MSP360, CLOUD_DEPOT),
                    ),
                    Note("Wait, and try once."),
                ),
                found=(
                    login.OTHER_SECRET,
                    login.PERSON,
                    other.REPEATING,
                ),
            ),
            Symptom(
                code="empty",
                title="Log-in works, answers are empty",
                label="Works, but empty",
                words=(
                    "empty, nothing comes, nothing returned, returns nothing, nothing "
                    "arrives, nothing shown, shows nothing, sees nothing, finds "
                    "nothing, gets nothing, nothing found, no results, no data, no "
                    "records, no tickets, no companies, no contacts, no items, data "
                    "missing, missing data, records missing, missing records, tickets "
                    "missing, missing tickets, companies missing, missing companies, "
                    "contacts missing, missing contacts, tickets not show up, "
                    "companies not show up, contacts not show up"
                ),
                means=(EMPTY,),
                found=(other.LINES_OF_BUSINESS, other.FEW_RIGHTS),
            ),
            Symptom(
                code="script",
                title="Works when typed, fails in a script",
                words=(
                    "script, env, powershell, docker, when typed, typed by hand, "
                    "special characters, dollar, quotes"
                ),
                means=(
                    Note(
                        "Generated secrets can contain $ # ~ * @ and other characters "
                        "that programs read as something else.",
                        (PUBLIC_KEY,),
                    ),
                    Note(
                        "A secret of letters, digits, - and . avoids that, and is what "
                        "apiuser generates.",
                    ),
                ),
                found=(
                    other.POWERSHELL_QUOTES,
                    other.ENV_FILE,
                    other.REFUSED_CHARACTERS,
                    other.TOO_LONG,
                    other.BLANKS,
                ),
            ),
            Symptom(
                code="stopped",
                title="Worked, then stopped",
                words=(
                    "stopped, stops working, worked before, worked until, worked "
                    "yesterday, worked fine, used to work, no longer work, any more, "
                    "anymore, suddenly, since yesterday"
                ),
                found=(
                    login.OTHER_ZONE,
                    login.LOCKED_OUT,
                    login.OTHER_SECRET,
                    login.EXPIRED,
                    other.RENAMED,
                ),
            ),
            Symptom(
                code="vendor",
                title="The vendor refuses the user",
                words="vendor, label",
                found=(login.OTHER_VENDOR, other.NO_LABEL, other.TWO_PRODUCTS),
            ),
            Symptom(
                code="limits",
                title="“Thread Threshold Exceeded”, or slow",
                words=(
                    "thread, threshold, slow, 429, limit, too many requests, too many "
                    "calls, rate limit, throttled, throttling, quota"
                ),
                means=(
                    Note(
                        "A database allows 10,000 requests in an hour, all integrations "
                        "together.",
                        (CLOUDDEPOT_LIMITS, API_THRESHOLD),
                    ),
                    Note(
                        "Above 50 percent of that, answers take about half a second "
                        "more; above 75 percent, about a second.",
                        (CLOUDDEPOT_LIMITS, API_THRESHOLD),
                    ),
                    Note(
                        "Three threads at a time are allowed for each tracking "
                        "identifier and kind of record, for integrations made after "
                        "2023.1; older ones start higher.",
                        (THREAD_LIMITING, N8N_THREADS, N8N_THREAD_ERRORS),
                    ),
                    Note(
                        "A claim of 20,000 requests in one project's discussion has no "
                        "other support.",
                        (AUTOTASK_MCP,),
                    ),
                ),
                found=(other.SHARED, other.BUSY),
            ),
            Symptom(
                code="page",
                title="The page in Autotask refuses the entry",
                words=(
                    "in use, taken, already exists, not save, not saved, requirements, "
                    "lost secret, secret lost, not copy secret, forgot copy, reset "
                    "secret, reset password, see secret again"
                ),
                means=(
                    Note(
                        "If the secret was lost because the page was saved before it "
                        "was copied, generate a new one: nothing shows the old one.",
                        (HOW_TO, IT_GLUE),
                    ),
                ),
                found=(
                    other.TAKEN,
                    other.BAD_NAME,
                    other.BAD_SECRET,
                    other.USED_SECRET,
                    other.NO_IDENTIFIER,
                ),
            ),
            Symptom(
                code="seat",
                title="A seat is charged",
                words="seat, charged, charge, invoice, billed, bill, license, licence",
                means=(
                    Note(
                        "API-only users cost no seat; an API user that is moved to an "
                        "ordinary level does.",
                        (SOAP_REQUIREMENTS,),
                    ),
                ),
                found=(other.SEAT,),
            ),
        )
    }
)
"""Every symptom by its code, in the order in which they are met."""
