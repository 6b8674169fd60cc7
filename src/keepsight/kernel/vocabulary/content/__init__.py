"""What each kind of event says: one frozen class a kind, its fields typed and checked."""
