"""Django's name for this room."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "keepsight.sharing"
    label = "sharing"
