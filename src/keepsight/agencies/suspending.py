"""How the closing of an account is said, from the command line and from the pages alike."""


class PersonRefused(ValueError):
    """Something that cannot be done to an account; the message says why."""


def suspension(reason: str) -> str:
    """How a suspension is said on the account; raises PersonRefused without a reason."""
    if not reason.strip():
        raise PersonRefused("Say why: a suspension without a reason cannot be followed.")
    return f"suspended: {reason.strip()}"
