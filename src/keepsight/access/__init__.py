"""Who is looking: the viewer, the scope tables, and the session token of row-level security."""
