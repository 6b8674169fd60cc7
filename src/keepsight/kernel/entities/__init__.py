"""Adults, places, vehicles, telephones, online names and groups: what events of children name."""
