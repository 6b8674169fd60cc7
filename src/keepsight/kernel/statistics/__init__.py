"""What may be said in numbers without saying it of a child."""
