"""Finding the NHS number of somebody at a service that traces: what is asked, and what is read."""
