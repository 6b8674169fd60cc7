"""`keepsight bench access`: a county of children filled straight in, and what a look at it costs."""
