"""What is done: obligations that open and close from events."""
