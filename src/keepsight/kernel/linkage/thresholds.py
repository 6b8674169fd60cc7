"""From how many bits two records are joined, kept together, or put before a person.

All are our own measurements on made-up counties (`./run bench identity`). Between the weight that
joins and the one that parts again lies a gap, so that a link does not come and go with every night.
"""

LINK_WEIGHT = 2.0
"""Bits from which a pair is linked without a person's decision: 96 of 100 such pairs are true."""

STAYS_WITHIN = 2.0
"""Bits below the linking weight down to which a link that already stands is kept."""

BREAK_WEIGHT = LINK_WEIGHT - STAYS_WITHIN
"""Bits below which a link that stands is broken: as likely false as true."""

ASKED_WITHIN = 3.0
"""Bits below the linking weight down to which a person is asked."""

REVIEW_WEIGHT = LINK_WEIGHT - ASKED_WITHIN
"""Bits from which a person is asked: about half of these pairs are true."""

ALIKE_WITHIN = ASKED_WITHIN
"""Bits within which two children fit a record equally well, so that a person is asked which.

Three bits are odds of 8 to 1: closer than that, the stronger of the two is wrong more often than
what is linked without asking may be."""

LINK_WITHIN_AGENCY = 6.0
"""Bits from which two ids of one agency are linked: 98 of 100 such pairs are true, where of those
between `LINK_WEIGHT` and this a tenth is false."""

UNMET = -10.0
"""What two records are taken to weigh that no rule brought together, where a group is judged."""

HOLDS_FROM = -3.0
"""Mean bits between two groups from which they hold together as one child.

A third record that is far from one of two, and less than 4 bits from the other, is so left out."""
