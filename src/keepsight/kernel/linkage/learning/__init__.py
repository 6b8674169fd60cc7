"""Learning what agreement and difference weigh, from records of which nobody said who they are."""
