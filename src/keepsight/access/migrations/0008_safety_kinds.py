"""Five more headings under which agencies agree what they share, known to the functions of access.

Crimes, sightings and notices; youth justice; daily life in a children's home; housing; the work of
voluntary organisations. The functions hold the list of headings, so they are made again, and with
them what governance may ask, which replaces one of them. An agreement that is signed already gives
none of the new headings until it is signed anew.
"""

from django.db import migrations

from keepsight.access import functions, governing


class Migration(migrations.Migration):
    dependencies = [("access", "0007_clients")]

    operations = [migrations.RunSQL(functions.every() + governing.every())]
