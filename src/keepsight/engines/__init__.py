"""Where rules meet many children: one expression on several engines, and embedded PostgreSQL."""
