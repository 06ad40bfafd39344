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

# Made up too, but with the look of drawn ones, and with marks that are escaped.
DRAWN_LOOKING = (
    "S4.mpLe-0nLy7Kq2Zx9Wv3Rt8",
    "s4m.PL3on-LyQ8w5Hj2Nb7Vc6",
)
ESCAPED = 'Sample&Only<Nr>"6"\\/+=%'
