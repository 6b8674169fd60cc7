"""`keepsight identity trace`: a service is asked about records, and what came of it is printed.

It prints counts, and no name and no number.
"""

import json
from typing import TYPE_CHECKING

import typer

from keepsight.cli import process
from keepsight.cli.errors import Unusable

if TYPE_CHECKING:
    from keepsight.identity.tracing.running import Run


def trace(*, limit: int, agency_key: str, numbers: bool, dry_run: bool, as_json: bool) -> None:
    """Ask about records that may be asked about; ends with 1 where the service stopped it."""
    process.begin("batch", demo=process.is_demo())
    process.migrate()
    from keepsight.audit.actor import system
    from keepsight.identity.tracing.asking import records_to_ask
    from keepsight.identity.tracing.running import ask_about
    from keepsight.identity.tracing.settings import TracingOff, tracer_of_this_place

    agencies = _agencies(agency_key)
    if dry_run:
        waiting = len(records_to_ask(agencies=agencies, numbers=numbers, limit=limit))
        _say_waiting(waiting, len(agencies), as_json=as_json)
        return
    try:
        tracer = tracer_of_this_place()
    except TracingOff as off:
        raise Unusable(str(off)) from None
    records = records_to_ask(agencies=agencies, numbers=numbers, limit=limit)
    run = ask_about(records, tracer=tracer, by=system("tracing"))
    found = {
        "service": tracer.name,
        "agencies": len(agencies),
        "asked": run.asked,
        "outcomes": dict(sorted(run.outcomes.items())),
        "restricted": run.restricted,
        "not_understood": run.not_understood,
        "stopped": run.stopped,
    }
    typer.echo(json.dumps(found, ensure_ascii=False) if as_json else _in_words(run, tracer.name))
    if run.stopped:
        raise Unusable(run.stopped)


def _agencies(key: str) -> list[int]:
    from keepsight.agencies.queries import agency_by_key
    from keepsight.chronology.queries.tracing import agencies_that_may_trace

    allowed = agencies_that_may_trace()
    if not key:
        return allowed
    agency = agency_by_key(key)
    if agency is None:
        raise Unusable(f"There is no agency “{key}”.")
    if agency.pk not in allowed:
        raise Unusable(
            f"Records of “{key}” are not told to a tracing service: it is a service that is "
            "closely held, or has no feed switched on, or has one for existence only."
        )
    return [agency.pk]


def _say_waiting(waiting: int, agencies: int, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"would_ask": waiting, "agencies": agencies}))
    else:
        typer.echo(f"{waiting:,} records of {agencies:,} agencies would be asked about.")


def _in_words(run: "Run", service: str) -> str:
    lines = [f"{service} was asked about {run.asked:,} records."]
    lines += [f"  {count:,} {outcome}" for outcome, count in run.outcomes.most_common()]
    if run.not_understood:
        lines.append(f"  {run.not_understood:,} answered in a way that was not understood")
    if run.restricted:
        lines.append(f"{run.restricted:,} are restricted patients: their address is withheld.")
    return "\n".join(lines)
