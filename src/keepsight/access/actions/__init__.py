"""Writing what access is decided by: sessions, ties, agreements, and what keeps people apart."""

from keepsight.access.actions.agreements import end_agreement, sign_agreement
from keepsight.access.actions.alike import UNDONE, close_alike, open_again
from keepsight.access.actions.apart import (
    ApartRefused,
    declare_interest,
    end_exclusion,
    end_protection,
    end_seal,
    keep_apart,
    protect_address,
    seal_child,
)
from keepsight.access.actions.glass import ReviewRefused, review_glass
from keepsight.access.actions.homes import HomeRefused, set_home
from keepsight.access.actions.people import restore_colleague, suspend_colleague
from keepsight.access.actions.places import note_contacts, note_withheld, refresh_involvement
from keepsight.access.actions.sessions import close_session, open_session, present_token
from keepsight.access.actions.settings import set_area
from keepsight.access.actions.ties import end_ties, replace_ties, tie_child

__all__ = [
    "UNDONE",
    "ApartRefused",
    "HomeRefused",
    "ReviewRefused",
    "close_alike",
    "close_session",
    "declare_interest",
    "end_agreement",
    "end_exclusion",
    "end_protection",
    "end_seal",
    "end_ties",
    "keep_apart",
    "note_contacts",
    "note_withheld",
    "open_again",
    "open_session",
    "present_token",
    "protect_address",
    "refresh_involvement",
    "replace_ties",
    "restore_colleague",
    "review_glass",
    "seal_child",
    "set_area",
    "set_home",
    "sign_agreement",
    "suspend_colleague",
    "tie_child",
]
