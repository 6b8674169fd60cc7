"""The shapes that exploitation takes in records, as inquiries and reviews describe it.

Each is a table, not a stereotype: children of every group live every shape. Wording is what a
record would say and no more. The order is that in which a small county takes them.
"""

from keepsight.synthetic.stories.shapes import care, criminal, groups, singles, unseen

SHAPES = (
    groups.TOWN_NETWORK,
    criminal.COUNTY_LINE,
    care.MOVED_ON,
    singles.MET_ONLINE,
    unseen.NOBODY_SUSPECTS,
    singles.PEERS,
    criminal.LOCAL_DEALING,
    unseen.NO_TRACE,
    singles.DISABLED_CHILD,
    groups.BOY_AND_OLDER_MEN,
    singles.OLDER_PARTNER,
    groups.NO_STEREOTYPE,
    criminal.HELD_FOR_OTHERS,
    singles.ONLINE_ONLY,
    care.SEMI_INDEPENDENT,
    unseen.TAUGHT_AT_HOME,
    criminal.RELATIVES_HOME,
    care.UNACCOMPANIED,
    singles.WITHIN_FAMILY,
    criminal.MADE_TO_STEAL,
    care.ACROSS_A_BORDER,
    unseen.NEVER_ON_A_ROLL,
)
