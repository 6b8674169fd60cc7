"""Serving the pages with gunicorn, in a process that logs in as the app and nothing else."""

import os
import signal
import subprocess
import sys

from rich.console import Console


def serve(port: int, *, demo: bool = False) -> None:
    """Serve on the loopback address until interrupted; the database stops with us."""
    environment = os.environ | {"KEEPSIGHT_ROLE": "app"}
    if demo:
        environment["KEEPSIGHT_DEMO"] = "1"
    command = [
        *(sys.executable, "-m", "gunicorn", "keepsight.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
        *("--worker-class", "gthread", "--log-level", "warning"),
    ]
    server = subprocess.Popen(command, env=environment)
    Console().print(f"Serving [bold]http://127.0.0.1:{port}[/bold]  (Ctrl+C stops it)")
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        server.wait()
    except KeyboardInterrupt:
        server.wait()
