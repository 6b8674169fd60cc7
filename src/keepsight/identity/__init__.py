"""Who it is about: subject records, children, and the links between them."""
