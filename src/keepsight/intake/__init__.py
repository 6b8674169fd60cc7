"""What arrives: sources, each with its mapping, checks and fixture; quarantine."""
