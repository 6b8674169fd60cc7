"""Django's name for this room."""

from django.apps import AppConfig


class DetectionConfig(AppConfig):
    name = "keepsight.detection"
    label = "detection"
