"""Each part of the benchmark in a process of its own, which prints what it took as JSON."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from keepsight.cli.detection_bench.county import copy_of_county, given, home, last_day, make

NEW_ROWS = 1_000_000


def job(way: str, size: int) -> None:
    """Do one part: `county`, `grow`, `judge`, `each`, `replay`, `child`, `extract` or `spark`."""
    print(json.dumps(WAYS[way](size)))


def copy_of(children: int) -> Path:
    return home() / f"copy-{children}"


def _county(children: int) -> dict[str, Any]:
    make(children)
    return {}


def _grow(children: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.growing import grow

    shutil.rmtree(copy_of(children), ignore_errors=True)
    return asdict(grow(copy_of_county(), copy_of(children), children))


def _judge(children: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.judging import judge

    return asdict(judge(copy_of(children), given(), last_day()))


def _each(children: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.judging import each_alone

    return each_alone(copy_of(children), given(), last_day())


def _replay(children: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.judging import replayed

    return {"seconds": replayed(copy_of(children), given(), last_day())}


def _child(samples: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.one_child import both_ways

    by_sql, by_hand, prepared, unlike = both_ways(samples, last_day())
    return {
        "sql": _middle_and_slowest(by_sql),
        "hand": _middle_and_slowest(by_hand),
        "prepared": prepared,
        "unlike": unlike,
        "children": len(by_sql),
    }


def _extract(rows: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.extracting import after_a_night

    return {"seconds": after_a_night(rows)}


def _spark(_: int) -> dict[str, Any]:
    from keepsight.cli.detection_bench.national import on_spark

    return asdict(on_spark(copy_of_county(), given(), last_day()))


def _middle_and_slowest(seconds: list[float]) -> tuple[float, float]:
    """Half of them, and 99 of 100, were no slower."""
    return median(seconds), quantiles(seconds, n=100)[98]


WAYS: dict[str, Callable[[int], dict[str, Any]]] = {
    "county": _county,
    "grow": _grow,
    "judge": _judge,
    "each": _each,
    "replay": _replay,
    "child": _child,
    "extract": _extract,
    "spark": _spark,
}
"""What each part is called."""

WITH_DATABASE = frozenset({"county", "child", "extract"})
