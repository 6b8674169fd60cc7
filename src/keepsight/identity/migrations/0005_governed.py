"""A child named by its reference or by the agency's own number, for who keeps people apart.

The answer is the reference and nothing else, and only of a child whom the asker's own agency has
a record of. Postcodes are for linking at night: no page reads them from here.
"""

from django.db import migrations

from keepsight.engines.rls import definer
from keepsight.engines.roles import role_name

GOVERNED = """
  SELECT found.child_id FROM (
    SELECT asked AS child_id
    UNION ALL
    SELECT p.child_id FROM identity_subjectrecord s
    JOIN access_subjectplace p ON p.subject_record_id = s.id
    WHERE s.agency_id = access_governed() AND s.key = number AND p.tier <> 'sealed'
  ) found
  WHERE access_governs(found.child_id) LIMIT 1"""

READ = (
    *("id", "agency_id", "area_id", "tier", "key", "forename", "surname", "forename_sound"),
    *("surname_sound", "date_of_birth", "sex", "nhs_number", "upn", "address_withheld"),
    *("first_received", "details_received"),
)
"""Every column of a subject record but the postcode."""

APP = role_name("app")


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_led"), ("access", "0005_apart")]

    operations = [
        migrations.RunSQL(
            definer(
                "identity_governed_child(asked uuid, number text)", "uuid", GOVERNED, to=("app",)
            )
            + f"REVOKE SELECT ON identity_subjectrecord FROM {APP};\n"
            + f"GRANT SELECT ({', '.join(READ)}) ON identity_subjectrecord TO {APP};\n"
        )
    ]
