"""What it may mean: alerts, with the events that met them."""
