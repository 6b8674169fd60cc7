"""Serving the pages with gunicorn, in a process that logs in as the app and nothing else.

Beside it run the sequencer of the log, whoever takes files in, and the worker that takes up what
cannot wait, each in a process of its own with the role that it needs.
"""

import os
import signal
import subprocess
import sys


def serve(port: int, *, demo: bool = False) -> None:
    """Serve on the loopback address until interrupted; the embedded database stops with us."""
    settings = ("--config", "python:keepsight.config.gunicorn", "--bind", f"127.0.0.1:{port}")
    # In a group of its own, Ctrl+C does not reach it: it places what the last requests wrote.
    sequencer = _start("batch", demo, "keepsight.cli", "audit", "sequence", process_group=0)
    workers = [
        _start("batch", demo, "keepsight.cli", "work", "--only", part, process_group=0)
        for part in ("arrivals", "files")
    ]
    server = _start("app", demo, "gunicorn", *settings)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: server.terminate())
    try:
        server.wait()
    except KeyboardInterrupt:
        server.wait()
    finally:
        for each in (*workers, sequencer):
            each.terminate()
            each.wait()


def _start(
    role: str, demo: bool, module: str, *arguments: str, process_group: int | None = None
) -> subprocess.Popen[bytes]:
    environment = os.environ | {"KEEPSIGHT_ROLE": role} | ({"KEEPSIGHT_DEMO": "1"} if demo else {})
    return subprocess.Popen(  # noqa: S603 - our own programs and settings
        [sys.executable, "-m", module, *arguments], env=environment, process_group=process_group
    )
