"""`keepsight sources`: formats that are taken, and mappings for files of any other system."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from keepsight.cli import process
from keepsight.cli.errors import Unusable

if TYPE_CHECKING:
    from keepsight.intake.proposing.propose import Proposal

sources = typer.Typer(no_args_is_help=True, help="Formats, and mappings for any other table.")

MappingFile = Annotated[Path, typer.Argument(help="The mapping file (YAML).")]


@sources.command("list")
def list_sources() -> None:
    """Every format that Keepsight takes without a mapping of one’s own."""
    from keepsight.intake.recognise import SOURCES

    for each in SOURCES:
        typer.echo(f"{each.name}: {each.title}")


@sources.command()
def new(
    file: Annotated[Path, typer.Argument(help="A file of the other system (CSV).")],
    out: Annotated[Path | None, typer.Option(help="Where the mapping file goes.")] = None,
    kind: Annotated[str, typer.Option(help="The kind of event that a line states.")] = "",
) -> None:
    """Propose a mapping for a table, with a reason for each guess. Nothing is taken in."""
    from keepsight.intake.mapping_file import as_text, key_for
    from keepsight.intake.proposing.compose import as_proposed, compose
    from keepsight.intake.proposing.kinds import is_stated, kinds
    from keepsight.intake.proposing.propose import propose
    from keepsight.intake.reading.reader import Reader
    from keepsight.intake.rows import FileRefused

    if kind and not is_stated(kind):
        known = ", ".join(each.kind for each in kinds())
        raise Unusable(f"A table cannot state “{kind}”. It can state: {known}.")
    try:
        with Reader() as reader:
            sample = reader.look(_there(file), file.name, _written(file))
    except FileRefused as refusal:
        raise Unusable(str(refusal)) from None
    proposal = propose(sample, file.name, kind)
    chosen = as_proposed(proposal, name=key_for(file.stem), title=file.stem)
    composed = compose(proposal, chosen)
    text = as_text(composed.mapping, _comments(file.name, proposal, composed.problems))
    if out is None:
        typer.echo(text, nl=False)
        return
    if out.exists():
        raise Unusable(f"There is a file {out} already. Name another, or move it away.")
    out.write_text(text, encoding="utf-8")
    typer.echo(f"{out} is written. Read it, correct it, and try it:")
    typer.echo(f"  keepsight sources check {out} {file}")


@sources.command()
def check(
    mapping: MappingFile,
    file: Annotated[Path, typer.Argument(help="The file to try it on.")],
) -> None:
    """Say what would come in by a mapping: rows, events, and quarantine by reason."""
    from keepsight.intake.reading.reader import Reader
    from keepsight.intake.rows import FileRefused
    from keepsight.intake.trying import try_mapping

    said = _mapping(mapping)
    try:
        with Reader() as reader:
            tried = try_mapping(reader, said, _there(file), file.name, _written(file))
    except FileRefused as refusal:
        raise Unusable(str(refusal)) from None
    typer.echo(
        f"{file.name}: {tried.rows:,} rows, {tried.facts.total():,} facts, "
        f"{tried.refused.total():,} for quarantine. Nothing was written."
    )
    for title, count in tried.facts.most_common():
        typer.echo(f"  {count:,} of the kind “{title}”")
    for reason, count in tried.refused.most_common():
        typer.echo(f"  {count:,} for quarantine: {reason}")
    for each in tried.findings:
        if str(each["rule"]).endswith(".remark"):
            typer.echo(f"  {each['rows']:,} kept with a remark: {each['field']}: {each['says']}")


@sources.command()
def add(
    mapping: MappingFile,
    agency: Annotated[str, typer.Option(help="The key of the agency whose files it reads.")],
) -> None:
    """Keep a mapping as the next version of its name; then `feeds add` takes it as a format."""
    said = _mapping(mapping)
    process.begin("batch", demo=process.is_demo())
    process.migrate()
    from keepsight.agencies.queries import agency_by_key, agency_keys
    from keepsight.audit.actor import system
    from keepsight.intake.mapping_file import key_for
    from keepsight.intake.mappings import keep_mapping

    sender = agency_by_key(agency)
    if sender is None:
        known = ", ".join(agency_keys()) or "none yet"
        raise Unusable(f"There is no agency “{agency}”. The agencies are: {known}.")
    key = key_for(str(said["name"]).removeprefix("own-"))
    kept = keep_mapping(
        by=system("command line"), agency=sender, key=key, mapping=said | {"name": key}
    )
    typer.echo(f"The mapping {key} is kept as version {kept.version}.")


def _mapping(path: Path) -> dict[str, Any]:
    from keepsight.intake.mapping import MappingError
    from keepsight.intake.mapping_file import mapping_in

    try:
        return mapping_in(_there(path).read_text(encoding="utf-8"))
    except (MappingError, UnicodeDecodeError) as fault:
        raise Unusable(f"{path.name}: {fault}") from None


def _written(path: Path) -> date:
    """A file is taken as received on the day on which it was last written."""
    from keepsight.kernel.calendar import LONDON

    return datetime.fromtimestamp(path.stat().st_mtime, LONDON).date()


def _there(path: Path) -> Path:
    if not path.is_file():
        raise Unusable(f"There is no file {path}.")
    return path.resolve()


def _comments(name: str, proposal: "Proposal", problems: tuple[str, ...]) -> list[str]:
    """What a person must read before they use a proposal."""
    said = [f"Proposed from {name} by `keepsight sources new`. Read and correct every line."]
    said += [f"What a line states: {proposal.kind or 'not known'}. {proposal.kind_because}"]
    said += [f"Days: {proposal.days}. {proposal.days_because}", ""]
    for each in proposal.columns:
        said.append(f"{each.name}: {each.role or 'not taken'}. {each.because}")
    said += ["", *(f"Still missing: {each}" for each in problems)]
    return [" ".join(each.split()) for each in said]
