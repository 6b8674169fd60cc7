"""Where a rule comes from, in words for the reader of a page."""

import re

OWN_NOTES = re.compile(r"\s*\(domain\.md[^)]*\)")
MARKED = re.compile(r"\s*\[M\??\]")
NOT_CONFIRMED = "not confirmed against the source"


def citation(source: str, mark: str = "") -> str:
    """A source without our own notes, and with every mark said in words."""
    plain = OWN_NOTES.sub("", source)
    said = MARKED.sub(f" [{NOT_CONFIRMED}]", plain)
    return f"{said} ({NOT_CONFIRMED})" if mark in {"M", "M?"} and said == plain else said
