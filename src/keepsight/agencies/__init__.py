"""Who takes part: areas, agencies, and the people who work in them."""
