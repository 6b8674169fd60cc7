"""Serving the pages with gunicorn, in a process that logs in as the app and nothing else."""

import os
import signal
import subprocess
import sys


def serve(port: int, *, demo: bool = False) -> None:
    """Serve on the loopback address until interrupted; the embedded database stops with us."""
    environment = os.environ | {"KEEPSIGHT_ROLE": "app"}
    if demo:
        environment["KEEPSIGHT_DEMO"] = "1"
    settings = ("--config", "python:keepsight.config.gunicorn", "--bind", f"127.0.0.1:{port}")
    server = subprocess.Popen(  # noqa: S603 - our own program and settings
        [sys.executable, "-m", "gunicorn", *settings], env=environment
    )
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        server.wait()
    except KeyboardInterrupt:
        server.wait()
