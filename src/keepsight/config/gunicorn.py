"""How gunicorn serves the pages, and the line that says that it does."""

from typing import Any

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
