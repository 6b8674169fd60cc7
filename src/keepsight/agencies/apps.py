"""Django's name for this room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "keepsight.agencies"
    label = "agencies"
