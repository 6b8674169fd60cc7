"""Settings, the page addresses, and where the database is."""
