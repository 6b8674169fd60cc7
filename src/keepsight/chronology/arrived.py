"""Children of whom something came that cannot wait for the night."""

from django.db import models

from keepsight.audit.writing import ActionModel

CHANNEL = "keepsight_arrival"
"""On which the database tells workers that something came."""

TRIES = 5
"""After how many tries what came is left to the night, with its problem on record."""


class DirtyChild(ActionModel):
    """That something came about whom a subject record is: what follows is to be worked out anew.

    It names the record and not the child, who may not be known yet. `tried` is when a worker last
    took it up, `drained` when nothing was left to do, and `problem` what came in the way. It waits
    `by_company` where nothing came about the child itself, but about one whom it shares an entity
    with: then it makes no others wait.
    """

    subject_record = models.ForeignKey(
        "identity.SubjectRecord", on_delete=models.PROTECT, related_name="+"
    )
    noted = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried = models.DateTimeField(null=True)
    drained = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, default="")
    by_company = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(drained=None),
                name="chronology_dirty_waiting",
            )
        ]
