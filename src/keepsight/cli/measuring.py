"""How long a command takes, and the most memory that it and what it starts hold at one time."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import psutil

EVERY = 0.2
"""Seconds between two looks at the memory of the processes."""
KIBIBYTE, MEBIBYTE, GIBIBYTE = 1024, 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a command. Memory is in bytes; `said` is all that it printed."""

    seconds: float
    memory: int
    said: str
    code: int


def measure(arguments: Sequence[str]) -> Measured:
    """Run one of Keepsight's own commands in a process of its own."""
    begun, most = monotonic(), 0
    process = psutil.Popen(
        [sys.executable, "-m", "keepsight.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    while True:
        most = max(most, _held(process))
        try:
            process.wait(timeout=EVERY)
            break
        except psutil.TimeoutExpired:
            continue
    said = process.stdout.read().decode()
    return Measured(monotonic() - begun, most, said, process.returncode)


def _held(process: psutil.Process) -> int:
    """Bytes that a process and those it started hold, what they share counted once if we can."""
    held = 0
    for each in (process, *_children(process)):
        try:
            memory = each.memory_full_info()
            held += getattr(memory, "pss", 0) or memory.rss
        except psutil.Error:
            continue
    return held


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []
