"""Whose records may be shown to a tracing service. It is Keepsight’s own practice, not law."""

from collections.abc import Iterable

from keepsight.kernel.feeds import Cohort
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind


def may_trace(kind: AgencyKind, feeds: Iterable[tuple[bool, Cohort | None]]) -> bool:
    """Whether an agency of this kind, with these feeds (switched on; cohort), may have any traced.

    Closely held services never: that they know somebody is content in itself. Where a feed that is
    switched on brings existence only, it was agreed that nothing is done with the record but to
    know of it. Without a feed that is switched on, nothing was agreed at all.
    """
    cohorts = {cohort for on, cohort in feeds if on}
    wide = bool(cohorts) and cohorts <= {Cohort.KNOWN, Cohort.ALL}
    return wide and kind not in CONFIDENTIAL_AGENCIES
