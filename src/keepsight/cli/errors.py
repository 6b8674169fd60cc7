"""Faults that a person can mend."""


class Unusable(RuntimeError):
    """Something in the command's words that cannot be; the message says what to do."""
