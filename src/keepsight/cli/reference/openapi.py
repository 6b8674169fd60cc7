"""The OpenAPI document of the API, as a file: the same that is served at /api/openapi.json."""

import json
import os

import django


def openapi_document() -> str:
    """The document as text. Django’s models are read for it, and no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepsight.config.settings")
    django.setup()
    from keepsight.api.door import openapi

    return json.dumps(openapi(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
