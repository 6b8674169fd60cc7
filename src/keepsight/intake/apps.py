"""Django's name for this room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "keepsight.intake"
    label = "intake"
