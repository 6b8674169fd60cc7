"""What words and law mean: pure Python, with no Django and no SQL."""
