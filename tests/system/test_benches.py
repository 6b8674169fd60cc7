"""Every benchmark runs from an empty database, at its smallest size: figures are no test's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = {
    "access": (["--children", "2000", "--samples", "10"], "Pages, 10 times each"),
    "audit": (["--writers", "1", "--seconds", "1", "--entries", "10000"], "durable entries"),
    "county": (["300"], "Making a county"),
    "detect": (
        ["300", "--county", "300", "--rows", "1000"],
        "The whole catalogue over every child",
    ),
    "identity": (["--records", "10000"], "Live: one record against"),
    "intake": (["60000"], "beside a bare COPY"),
    "intake-county": (["--county", "300"], "All of a county"),
    "push": (["--reports", "10"], "From a report to its alert"),
}


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("bench", BENCHES)
def test_a_benchmark_runs(bench: str, tmp_path: Path) -> None:
    arguments, title = BENCHES[bench]
    name = bench.removesuffix("-county") if "-" in bench else bench
    done = subprocess.run(
        [sys.executable, "-m", "keepsight.cli", "bench", name, *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"KEEPSIGHT_VAR": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert title in done.stdout
