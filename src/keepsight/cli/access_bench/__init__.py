"""`keepsight bench access`: a county filled straight in, and what looking at it costs."""
