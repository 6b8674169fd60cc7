"""Sessions end after idle time, and at once when a person is suspended or has a new password."""

from datetime import timedelta

import django.utils.timezone
from django.db import migrations, models

from keepsight.engines.roles import role_name

PATH = "SET search_path = pg_catalog, public, pg_temp"

LIVE = """
  s.closed IS NULL AND s.expires > now() AND s.seen + s.idle > now()
"""

VIEWER = f"""
CREATE OR REPLACE FUNCTION access_viewer()
RETURNS TABLE (person_id bigint, agency_id bigint, area_id bigint, role text)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
  SELECT s.person_id, p.agency_id, coalesce(p.area_id, a.area_id) AS area_id, p.role
  FROM access_accesssession s
  JOIN agencies_person p ON p.id = s.person_id AND p.is_active
  JOIN agencies_agency a ON a.id = p.agency_id
  WHERE s.token_hash = sha256(convert_to(current_setting('keepsight.token', true), 'UTF8'))
    AND {LIVE}
$$;
"""

OPEN = f"""
DROP FUNCTION access_open_session(bytea, bigint, timestamptz);
CREATE FUNCTION access_open_session(
  hash bytea, person bigint, until timestamptz, unused interval DEFAULT interval '30 minutes')
RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH opened AS (
    INSERT INTO access_accesssession (token_hash, person_id, opened, expires, seen, idle)
    SELECT hash, p.id, now(), until, now(), unused FROM agencies_person p
    WHERE p.id = person AND p.is_active
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM opened);
$$;
REVOKE ALL ON FUNCTION access_open_session(bytea, bigint, timestamptz, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_open_session(bytea, bigint, timestamptz, interval)
  TO {role_name("app")};
"""

TOUCH = f"""
CREATE FUNCTION access_touch_session(hash bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH live AS (
    SELECT s.token_hash, s.seen FROM access_accesssession s
    JOIN agencies_person p ON p.id = s.person_id AND p.is_active
    WHERE s.token_hash = hash AND {LIVE}),
  touched AS (
    UPDATE access_accesssession s SET seen = now() FROM live
    WHERE s.token_hash = live.token_hash AND live.seen < now() - interval '1 minute'
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM live);
$$;
REVOKE ALL ON FUNCTION access_touch_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_touch_session(bytea) TO {role_name("app")};
"""
"""Once a minute and not at each page, so that one person's requests do not wait for each other."""

END = f"""
CREATE FUNCTION access_end_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
  UPDATE access_accesssession SET closed = now() WHERE person_id = NEW.id AND closed IS NULL;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION access_end_sessions() FROM PUBLIC;
CREATE TRIGGER access_end_sessions AFTER UPDATE ON agencies_person FOR EACH ROW
WHEN ((OLD.is_active AND NOT NEW.is_active) OR OLD.password IS DISTINCT FROM NEW.password)
EXECUTE FUNCTION access_end_sessions();
"""
"""In the database, so that it holds whoever closes an account and by whatever way."""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_policies"), ("agencies", "0003_signing_in")]

    operations = [
        migrations.AddField(
            "accesssession", "seen", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.AddField(
            "accesssession", "idle", models.DurationField(default=timedelta(minutes=30))
        ),
        migrations.RunSQL(VIEWER + OPEN + TOUCH + END),
    ]
