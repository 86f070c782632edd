"""Unified social credit codes from a visibly synthetic block, with both check characters computed (GB 32100-2015, GB 11714)."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def body_check(body: str) -> str:
    """Return the ninth character of an organisation code, for its first eight."""
    total = sum(BODY_ALPHABET.index(char) * weight for char, weight in zip(body, BODY_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def code_check(first: str) -> str:
    """Return the eighteenth character of a unified social credit code, for its first seventeen."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def uscc(*, entity: str, region: str, body: str) -> str:
    """Compose a code: two characters of authority and entity kind, six of the registering region, eight of the body."""
    first = f"{entity}{region}{body}{body_check(body)}"
    return first + code_check(first)


def synthetic_body(serial: int, *, is_old: bool) -> str:
    """Return eight characters that no register has given out: MA9 and 000 blocks with a running number."""
    return f"{'000' if is_old else 'MA9'}{serial:05d}"
