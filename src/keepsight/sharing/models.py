"""Information-sharing agreements as documents; access reads their flat parties and terms."""

from django.db import models

from keepsight.audit.writing import ActionModel


class Agreement(ActionModel):
    """What some agencies signed: about no child."""

    title = models.TextField()
    gateway = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    review_by = models.DateField()
    signed = models.DateTimeField()
    ended_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
