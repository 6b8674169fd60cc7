"""The agencies' files, one module a format. They know nothing of the readers in intake."""
