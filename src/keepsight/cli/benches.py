"""`keepsight bench`: the line, or one part of it, timed on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from keepsight.cli import process

bench = typer.Typer(help="Time and memory of the line, or of one part of it.")


@bench.callback(invoke_without_command=True)
def bench_line(
    context: typer.Context,
    children: Annotated[int, typer.Option(min=100, max=1_000_000)] = 10_000,
) -> None:
    """Time the whole line, from feeds to obligations, in a database of its own."""
    if context.invoked_subcommand is None:
        from keepsight.cli.bench import run

        run(children)


@bench.command("county")
def bench_county(
    sizes: Annotated[list[int] | None, typer.Argument(help="Children of each county.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the last county made.")] = False,
) -> None:
    """Time the making of counties of 10,000, 100,000 and 1,000,000 children, and their memory."""
    from keepsight.cli.bench_county import run

    run(sizes or [10_000, 100_000, 1_000_000], keep=keep)


@bench.command("push")
def bench_push(
    reports: Annotated[int, typer.Option(min=10, help="How many reports are sent.")] = 100,
) -> None:
    """Time reports that cannot wait: from sending one to the alert that it begins."""
    process.begin_anew("push", "batch")
    from keepsight.cli.bench_push import run

    run(reports)


@bench.command("sign-in")
def bench_sign_in(
    measuring: Annotated[bool, typer.Option("--measure", hidden=True)] = False,
) -> None:
    """Time the sign-in page: a refusal must take as long as any other, whatever its reason."""
    from keepsight.cli.bench_sign_in import measure, run

    (measure if measuring else run)()


@bench.command("audit")
def bench_audit(
    writers: Annotated[int, typer.Option(min=1, help="Processes that write at one time.")] = 8,
    seconds: Annotated[int, typer.Option(min=1, help="How long they write.")] = 10,
    entries: Annotated[int, typer.Option(min=1, help="How many are then checked.")] = 1_000_000,
) -> None:
    """Time the log: durable entries a second, how soon they are placed, and the check of all."""
    from keepsight.cli.bench_audit import run

    run(writers, seconds, entries)


@bench.command("audit-writer", hidden=True)
def bench_audit_writer(seconds: float, entries: int, together: int) -> None:
    """Write entries for so many seconds, or so many, some together in a transaction."""
    process.begin("app")
    from keepsight.cli.bench_audit_writer import write

    write(seconds, entries, together)


@bench.command("intake")
def bench_intake(
    sizes: Annotated[list[int] | None, typer.Argument(help="Rows of each register.")] = None,
    county: Annotated[
        int | None, typer.Option(min=100, max=1_000_000, help="Children of a whole county instead.")
    ] = None,
) -> None:
    """Time registers of 500,000, 2,000,000 and 8,000,000 rows, beside a bare COPY of their rows;
    or, with --county, all that a made-up county sends in half a year.
    """
    if county:
        process.begin_anew("intake-county", "batch")
        from keepsight.cli.bench_intake_county import run as run_county

        run_county(county)
        return
    credentials = process.begin_anew("intake", "batch")
    from keepsight.cli.bench_intake import run

    run(credentials, sizes or [500_000, 2_000_000, 8_000_000])


@bench.command("intake-part", hidden=True)
def bench_intake_part(folder: Path, number: int) -> None:
    """Take in the files of one worker."""
    process.begin("batch")
    from keepsight.cli.bench_intake_county import take_part

    take_part(folder, number)


@bench.command("identity")
def bench_identity(
    records: Annotated[int, typer.Option(min=10_000, max=5_000_000)] = 1_000_000,
    way: Annotated[str, typer.Option(hidden=True)] = "",
    folder: Annotated[Path, typer.Option(hidden=True)] = Path(),
) -> None:
    """Link made-up records of four agencies, beside Splink alone: time, memory, how good it is."""
    if way == "live":
        credentials = process.begin_anew("identity-live", "batch")
        from keepsight.cli.bench_identity_live import measure_live

        measure_live(folder, credentials)
        return
    if way:
        from keepsight.cli.bench_identity_job import job

        job(way, folder)
        return
    from keepsight.cli.bench_identity import run

    run(records)


@bench.command("detect")
def bench_detect(
    children: Annotated[list[int] | None, typer.Argument(help="Children of each copy.")] = None,
    county: Annotated[int, typer.Option(min=300, help="Children of the county behind it.")] = 1_000,
    rows: Annotated[int, typer.Option(min=1, help="New events for the nightly copy.")] = 1_000_000,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the copies.")] = False,
    way: Annotated[str, typer.Option(hidden=True)] = "",
    size: Annotated[int, typer.Option(hidden=True)] = 0,
) -> None:
    """Judge every child of nightly copies of 10,000, 100,000 and 1,000,000 children, beside a plain
    scan of them; one child alone; and a county on Spark.
    """
    if not way:
        from keepsight.cli.bench_detect import run

        run(children or [10_000, 100_000, 1_000_000], county, rows=rows, keep=keep)
        return
    from keepsight.cli.detection_bench.jobs import WITH_DATABASE, job

    if way in WITH_DATABASE:
        process.begin("batch", demo=True)
    if way == "county":
        process.migrate()
    job(way, size)


@bench.command("access")
def bench_access(
    children: Annotated[int, typer.Option(min=2_000, max=1_000_000)] = 1_000_000,
    areas: Annotated[int, typer.Option(min=1, max=10, help="Areas that they live in.")] = 1,
    samples: Annotated[int, typer.Option(min=10, help="Times that each page is asked for.")] = 300,
    fresh: Annotated[bool, typer.Option("--fresh", help="Fill the database anew.")] = False,
    only: Annotated[str, typer.Option(help="Only pages in whose title this stands.")] = "",
    measuring: Annotated[bool, typer.Option("--measure", hidden=True)] = False,
) -> None:
    """Time pages, searches and refusals among a million children, under every policy."""
    from keepsight.cli.bench_access import measure, run

    if measuring:
        measure(samples, only)
    else:
        run(children=children, areas=areas, samples=samples, fresh=fresh, only=only)
