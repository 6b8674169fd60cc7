"""How gunicorn serves the pages, and the line that says that it does."""

import gc
from importlib import import_module
from typing import Any

from django.conf import settings

wsgi_app = "keepsight.config.wsgi:application"
workers = 2
threads = 4
worker_class = "gthread"
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Said once connections are answered, so that whoever waits for it need not try."""
    place = server.address[0] if isinstance(server.address, list) else server.address
    host, port = place if isinstance(place, tuple) else (place, "")
    print(f"Serving http://{host}:{port}  (Ctrl+C stops it)", flush=True)


def post_worker_init(worker: Any) -> None:
    """What a process has loaded by now stays as long as it does, and is looked through for garbage
    no more: that would hold up every twentieth page or so by a tenth of a second.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


def worker_exit(server: Any, worker: Any) -> None:
    """Let what was loaded be cleared away: else libraries call it a leak as the process ends."""
    gc.unfreeze()
