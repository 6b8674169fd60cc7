"""Proposing how an unknown table is to be read: guesses with reasons, for a person to judge."""
