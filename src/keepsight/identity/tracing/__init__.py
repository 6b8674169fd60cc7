"""Asking a service outside for a child’s NHS number: off unless it is set up."""
