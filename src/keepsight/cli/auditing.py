"""`keepsight audit`: the tamper-evident log, kept going, published and checked."""

import signal
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from psycopg import Error

from keepsight.cli import process
from keepsight.cli.errors import Unusable
from keepsight.kernel.checkpoints import BadCheckpoint, Signed, VerifierKey, read_key, read_note
from keepsight.kernel.merkle import HASH_SIZE, consistency_holds

audit = typer.Typer(no_args_is_help=True, help="The tamper-evident log: who looked, who changed.")

Keys = Annotated[
    list[str] | None,
    typer.Option("--key", help="A verification key to trust; without one, this machine’s own."),
]


@audit.command("sequence")
def sequence(
    once: Annotated[
        bool, typer.Option("--once", help="Place what waits now, sign, and end.")
    ] = False,
) -> None:
    """Give entries and events their places in the log as they come, and sign checkpoints."""
    process.begin("batch")
    process.migrate()
    from keepsight.audit.sequencing import SEQUENCER, keep_sequencing, sequence_all

    if once:
        typer.echo(f"{sequence_all(by=SEQUENCER):,} were given their place in the log.")
        return
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    keep_sequencing(stop, lambda sentence: typer.echo(sentence, err=True))


@audit.command("checkpoint")
def checkpoint(
    out: Annotated[Path | None, typer.Option(help="A file to write it to.")] = None,
) -> None:
    """Print the latest signed checkpoint, for a witness to keep."""
    process.begin("batch")
    from keepsight.audit.queries import latest_checkpoint

    latest = latest_checkpoint()
    if latest is None:
        raise Unusable("There is no checkpoint yet. `keepsight audit sequence --once` makes one.")
    if out:
        out.write_text(latest.note, encoding="utf-8")
    else:
        typer.echo(latest.note, nl=False)
    typer.echo(f"Check it with the key {latest.verifier_key}", err=True)


@audit.command("verify")
def verify(
    against: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that a witness has kept.")
    ] = None,
    key: Keys = None,
) -> None:
    """Check every entry and event, the tree, our checkpoints and those of witnesses."""
    credentials = process.begin("batch")
    from keepsight.audit.keys import own_verifier_key
    from keepsight.audit.leaves import ENTRIES
    from keepsight.audit.verifying.check import check
    from keepsight.audit.verifying.database import NotALog, open_log
    from keepsight.chronology.logged import EVENTS

    own = own_verifier_key()
    keys = _keys(key) or ([own] if own else [])
    if not keys:
        raise Unusable(
            "There is no key here that has signed checkpoints. Name the verification key that was "
            "published with them: --key KEY."
        )
    witnessed = [(f"the checkpoint in {path.name}", _kept(path, keys)) for path in against or ()]
    try:
        with open_log(credentials, [ENTRIES, EVENTS]) as log:
            verdict = check(log, keys, witnessed)
    except (NotALog, Error) as fault:
        raise Unusable(f"The log cannot be checked: {str(fault).strip()}") from None
    for line in verdict.lines():
        typer.echo(line)
    raise typer.Exit(0 if verdict.good else 1)


@audit.command("compare")
def compare(
    old: Annotated[Path, typer.Argument(help="The checkpoint kept first.")],
    new: Annotated[Path, typer.Argument(help="A later one.")],
    proof: Annotated[Path, typer.Argument(help="The proof between the two.")],
    key: Keys = None,
) -> None:
    """For a witness: does the later checkpoint continue the earlier? Needs no database."""
    keys = _keys(key)
    if not keys:
        raise Unusable("--key must be the verification key that you were given with the first.")
    first, second = (_kept(path, keys).checkpoint for path in (old, new))
    if first.origin != second.origin or first.size > second.size:
        raise Unusable("The second must be a later checkpoint of the same log.")
    hashes = _proof(proof)
    if not consistency_holds(first.size, second.size, hashes, first.root, second.root):
        typer.echo("They do not fit: what the first one stands for has been rewritten.")
        raise typer.Exit(1)
    typer.echo(f"They fit: the first {first.size:,} of {second.size:,} entries are as they were.")


def _keys(texts: Sequence[str] | None) -> list[VerifierKey]:
    try:
        return [read_key(text) for text in texts or ()]
    except BadCheckpoint as bad:
        raise Unusable(str(bad)) from None


def _kept(path: Path, keys: Sequence[VerifierKey]) -> Signed:
    """A witness's checkpoint: one that nobody whom we trust has signed is of no use."""
    from keepsight.audit.keys import is_signed_by

    try:
        signed = read_note(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, BadCheckpoint) as fault:
        raise Unusable(f"{path.name} cannot be used: {fault}") from None
    if not is_signed_by(signed, keys):
        named = ", ".join(str(key) for key in keys)
        raise Unusable(f"{path.name} is not signed by {named}. Name its own key with --key.")
    return signed


def _proof(path: Path) -> list[bytes]:
    from base64 import b64decode

    try:
        hashes = [b64decode(line, validate=True) for line in path.read_text("ascii").split()]
    except (OSError, ValueError):
        raise Unusable(f"{path.name} is not a proof: it has a hash in Base64 a line.") from None
    if any(len(each) != HASH_SIZE for each in hashes):
        raise Unusable(f"{path.name} is not a proof: each line is a hash of 32 bytes.")
    return hashes
