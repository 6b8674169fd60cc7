"""Who may know, by agreement: what agencies have agreed to give to one another, and for what."""
