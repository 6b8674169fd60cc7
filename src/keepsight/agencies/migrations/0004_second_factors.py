"""What the pages may do with allauth's tables: second factors, and who signs in elsewhere."""

from django.db import migrations

from keepsight.engines.rls import grant

TABLES = (
    grant("mfa_authenticator", app="SELECT, INSERT, UPDATE, DELETE", batch="SELECT, DELETE")
    + grant("socialaccount_socialaccount", app="SELECT, INSERT, UPDATE", batch="SELECT, DELETE")
    + grant("socialaccount_socialapp", app="SELECT", batch="SELECT")
    + grant("socialaccount_socialtoken", batch="SELECT, DELETE")
    + grant("account_emailaddress", app="SELECT", batch="SELECT")
    + grant("account_emailconfirmation")
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_signing_in"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [migrations.RunSQL(TABLES)]
