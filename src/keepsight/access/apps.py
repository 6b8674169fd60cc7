"""Django's name for this room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "keepsight.access"
    label = "access"
