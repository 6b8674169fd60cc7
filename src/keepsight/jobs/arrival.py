"""What follows from what arrived, child by child: signs, scopes and clocks, as the night would."""

from keepsight.audit.actor import system
from keepsight.casework.clocks import reckon_obligations
from keepsight.chronology.actions.arriving import Arrived, done_with, set_aside, take_arrived
from keepsight.detection.arriving import detect_child
from keepsight.identity.matching import match_next

ARRIVAL = system("arrival worker")


def drain() -> bool:
    """Work out what follows from one arrival; False where nothing waits.

    What goes wrong with one child is put on record, and holds up no other.
    """
    arrived = take_arrived(by=ARRIVAL)
    if arrived is None:
        return False
    try:
        _follow(arrived)
    except Exception as fault:
        set_aside(by=ARRIVAL, arrived=arrived, why=_said(fault))
    return True


def match() -> bool:
    """Match one record that a file changed; False where none waits, or the night is quicker."""
    return match_next(by=ARRIVAL)


def _follow(arrived: Arrived) -> None:
    """Without a child there is nothing to follow yet: the record waits for the first linkage."""
    if arrived.child_id is not None:
        detect_child(by=ARRIVAL, child_id=arrived.child_id)
        reckon_obligations(by=ARRIVAL, child_id=arrived.child_id, whole=True)
    done_with(by=ARRIVAL, arrived=arrived)


def _said(fault: Exception) -> str:
    """What kind of fault it was: its own words may hold what is known of a child."""
    return f"What follows could not be worked out: {type(fault).__name__}."
