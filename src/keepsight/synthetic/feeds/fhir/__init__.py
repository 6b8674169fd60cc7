"""What health services send as FHIR R4 in the manner of UK Core."""

from keepsight.synthetic.feeds.fhir.appointments import write_appointments
from keepsight.synthetic.feeds.fhir.attendances import write_attendances

__all__ = ["write_appointments", "write_attendances"]
