"""The made-up secrets of all tests; no other text in the tests is a secret."""

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
