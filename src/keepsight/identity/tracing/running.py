"""Asking about one record after another, and keeping each answer before the next is asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from keepsight.audit.actor import Actor
from keepsight.identity.tracing.asking import ToAsk
from keepsight.identity.tracing.keeping import keep_reconciled, keep_traced, note_told
from keepsight.identity.tracing.tracer import Tracer, TracingStopped
from keepsight.kernel.tracing.answers import NotUnderstood
from keepsight.kernel.tracing.reconciling import reconcile
from keepsight.kernel.tracing.tracing import trace

MOST_NOT_UNDERSTOOD = 5
"""Answers in a row without a known shape, after which nobody else is asked (our own setting)."""


@dataclass(slots=True)
class Run:
    """What a run came to: answers by outcome, and why it ended before its end, if it did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    restricted: int = 0
    not_understood: int = 0
    stopped: str = ""

    @property
    def asked(self) -> int:
        """How many records were told to the service."""
        return self.outcomes.total() + self.not_understood


def ask_about(records: Iterable[ToAsk], *, tracer: Tracer, by: Actor) -> Run:
    """Ask a service about records. An answer that is not understood is not kept: it is asked again
    in another run. No transaction is open while the service is asked.
    """
    run, in_a_row = Run(), 0
    for each in records:
        try:
            note_told(by=by, record_asked=each, service=tracer.name)
            _ask(run, each, tracer, by)
            in_a_row = 0
        except TracingStopped as stopped:
            run.stopped = str(stopped)
            break
        except NotUnderstood as strange:
            run.not_understood += 1
            in_a_row += 1
            if in_a_row == MOST_NOT_UNDERSTOOD:
                run.stopped = str(strange)
                break
    return run


def _ask(run: Run, asked: ToAsk, tracer: Tracer, by: Actor) -> None:
    if asked.nhs_number:
        answer = tracer.look_up(asked.nhs_number)
        found = reconcile(asked.nhs_number, asked.sought, answer)
        kept = keep_reconciled(by=by, record_asked=asked, service=tracer.name, found=found)
    else:
        traced = trace(asked.sought, tracer.search)
        kept = keep_traced(by=by, record_asked=asked, service=tracer.name, traced=traced)
    run.outcomes[str(kept.outcome)] += 1
    run.restricted += kept.restricted
