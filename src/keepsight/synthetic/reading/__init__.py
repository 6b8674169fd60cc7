"""Reading a county back: one child's story across agencies, and its rates beside England's."""
