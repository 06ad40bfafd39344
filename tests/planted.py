"""The made-up secrets of all tests; no other text in the tests is a secret."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import quote

SECRETS = (
    "Sample.Only-Secret-Nr.0001",
    "Sample.Only-Secret-Nr.0002",
    "Sample.Only-Secret-Nr.0003",
    "SampleOnly.Secret.0004",
    "Sa.mple-Only-0005",
)

PASSPHRASES = (
    "sample only, passphrase one",
    "sample only, passphrase two",
)

# Made up too, but with the look of drawn ones, and with marks that are escaped.
DRAWN_LOOKING = (
    "S4.mpLe-0nLy7Kq2Zx9Wv3Rt8",
    "s4m.PL3on-LyQ8w5Hj2Nb7Vc6",
)
DOLLAR = "Sa.mple$Only-0005"
ESCAPED = 'Sample&Only<Nr>"6"\\/+=%'

# Each can be read back from what stands in an address.
ENCODED: Mapping[str, Callable[[str], str]] = {
    "base64": lambda secret: b64encode(secret.encode()).decode(),
    "base64 with more": lambda secret: b64encode(f"key:{secret};".encode()).decode(),
    "base64, quoted": lambda secret: quote(b64encode(f"?{secret}".encode()), safe=""),
    "hex": lambda secret: secret.encode().hex(),
    "quoted": lambda secret: "".join(f"%{ord(sign):02x}" for sign in secret),
    "JSON": lambda secret: "".join(f"\\u{ord(sign):04X}" for sign in secret),
    "HTML": lambda secret: "".join(f"&#{ord(sign):03};" for sign in secret),
    "quoted twice": lambda secret: quote(
        "".join(f"%{ord(sign):02X}" for sign in secret)
    ),
}

# Of so few letters that only marks tell them from other texts.
FEW_LETTERS = ("!Sa.mp~-=\u00e9", "!Sa.mp ~-=")

# With words in braces, for which programs for KeePass files put something else, and
# with braces that they leave alone.
BRACED = (
    "Sa.mple{TITLE}Only-0005",
    "Sa.mple{title}Only-0005",
    "Sa.mple{S:Tracking identifier}05",
    "Sa.mple{REF:U@T:Sample}-0005",
    "Sa.mple{DT_SIMPLE}Only-0005",
    "Sa.mple{T-CONV:/{URL}/Raw/}-0005",
)
OTHER_BRACES = ("Sa.mple{0}-0005", "Sa{.m}ple{a}-0005", "Sa.mple}{Only-0005")

# Passphrases at the bound of what is taken: 8 and 7 different characters.
EIGHT_SIGNS = "dgbkfchjkcgdhbfj"
SEVEN_SIGNS = "dgbjfchjbcgdhbfj"

# Typed passphrases that are soon guessed, though long and of many characters.
GUESSED = (
    "1234567812345678",
    "abcdefghabcdefgh",
    "password12345678",
    "qwertyuiopasdfgh",
    "P@ssw0rd-P@ssw0rd!",
    "Winter2026Winter2027",
    "1qaz2wsx3edc4rfv",
    "zyxwvutsrqponmlkj",
    "Sommer-Passwort-2026",
    "azertyuiopqsdfghjklm",
    "iloveyousomuch123",
)
# Soon guessed by a list of what people take, which is long.
LISTED = ("liverpool manchester", "chelsea jennifer")

# Drawn-looking or not, by the bounds that the search draws: the mean length of the
# runs that read as words or numbers, first of copy-safe ones, then of others.
JUST_DRAWN_LOOKING = ("ab123Cde.456", "Ab!123?DE#45&fgh")
JUST_TOO_WORDY = (
    "ab12CD.345-Efg.678_hij.901-Klm.234_npq.567-Rst",
    "Ab!12?DE#45&fg!67?HI#890&jkl!123?NPQ#456",
)
# The same for names as programs have them, which are secrets if nothing else is there.
JUST_NO_NAME = "Abcd123.Efgh456"
JUST_A_NAME = "Abcd123.Efgh456.Jkmn789.Pqrs234.Tuvw567.Xyza"
# Of as many different marks as a secret needs that is not copy-safe, and of fewer.
THREE_MARKS = "Ab!1De?2Fg#3hi"
TWO_MARKS = "Ab!1De?2Fg!3hi"
