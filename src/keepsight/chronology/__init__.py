"""What is known: feeds, deliveries, append-only events, and what was known on a day."""
