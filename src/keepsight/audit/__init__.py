"""Who looked and who changed: the append-only record of every sight, write and refusal."""
