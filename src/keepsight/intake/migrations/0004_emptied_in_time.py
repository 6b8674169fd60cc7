"""A row in quarantine is emptied only when it is past its time: the database holds to it too."""

from django.db import migrations

from keepsight.kernel.feeds import LEAST_DAYS

IN_TIME = f"""
CREATE FUNCTION intake_emptied_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM chronology_delivery d JOIN chronology_feed f ON f.id = d.feed_id
      WHERE d.id = OLD.delivery_id
        AND d.recorded < now() - make_interval(days => greatest({LEAST_DAYS}, f.unmatched_days))
    ) THEN
    RAISE EXCEPTION 'a row in quarantine is kept whole until its time is over'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION intake_emptied_in_time() FROM PUBLIC;
CREATE TRIGGER intake_emptied_in_time BEFORE UPDATE ON intake_quarantinedrow FOR EACH ROW
WHEN (NEW.raw = '{{}}'::jsonb AND OLD.raw <> '{{}}'::jsonb)
EXECUTE FUNCTION intake_emptied_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_emptied"), ("chronology", "0005_erasure")]

    operations = [migrations.RunSQL(IN_TIME)]
