"""Django's name for this room."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "keepsight.chronology"
    label = "chronology"
