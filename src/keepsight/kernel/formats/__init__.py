"""The schemas of the files that agencies exchange, as data that reading and writing share.

FHIR R4 has no schema here: `fhir.resources` holds it.
"""
