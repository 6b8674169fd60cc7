"""Making what a test needs, through the same actions as in earnest."""
