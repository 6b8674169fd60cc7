"""Pairs of which the truth is known because both records carry a valid number.

Two records with one NHS number, or one permanent UPN, are one child, and with two different ones
two children, but for the few whose number was written wrongly. Nobody has to judge them.
"""

import numpy as np

from keepsight.kernel.linkage.bulk.columns import Found, Pairs, Table
from keepsight.kernel.linkage.bulk.guarding import permanent


def labels_of(table: Table, pairs: Pairs) -> tuple[Found, Found]:
    """Which pairs are labelled, and which of all are labelled as one child.

    A pair whose NHS numbers and UPNs disagree on it is not labelled.
    """
    labelled = np.zeros(len(pairs), bool)
    one, two = labelled.copy(), labelled.copy()
    for column in (table.columns["nhs_number"], permanent(table.columns["upn"])):
        left, right = column.codes[pairs.left], column.codes[pairs.right]
        both = (left >= 0) & (right >= 0)
        one |= both & (left == right)
        two |= both & (left != right)
    return one ^ two, one
