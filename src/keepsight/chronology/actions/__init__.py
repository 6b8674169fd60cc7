"""Writing what is known: feeds and deliveries, events, weeks of attendance, and their scope."""
