"""Which addresses may be called: https on port 443, hosts of Autotask only."""

import re
from urllib.parse import urlsplit

FIRST_HOST = "webservices.autotask.net"
"""The host that knows every zone (Autotask developer help: Thread limiting)."""

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+autotask\.net")
_VISIBLE = re.compile(r"[!-~]+")
_LONGEST_ADDRESS = 300
"""Characters of an address; those seen have about 50."""


def is_allowed(address: str) -> bool:
    """Tell whether an address may be called.

    An address that could be read in two ways may not.
    """
    if (
        len(address) > _LONGEST_ADDRESS
        or not _VISIBLE.fullmatch(address)
        or "\\" in address
    ):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    # The host is compared as it is: nothing before it, the port after it.
    host = parts.netloc.casefold().removesuffix(":443")
    return (
        parts.scheme == "https"
        and port in {None, 443}
        and _HOST.fullmatch(host) is not None
        and not parts.fragment
    )


def is_interface(address: str) -> bool:
    """Tell whether an address is that of a zone's API.

    It ends in `/ATServicesRest/`, in lower-case letters or capitals, and the version is
    added after it.
    """
    _, _, path = address.partition("://")
    _, _, path = path.partition("/")
    return is_allowed(address) and path.casefold() == "atservicesrest/"
