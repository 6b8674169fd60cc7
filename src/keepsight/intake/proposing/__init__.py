"""Proposing how an unknown table is to be read: each guess with its reason, for a person to judge."""
