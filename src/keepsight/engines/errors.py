"""Why an engine that was asked for cannot be used."""


class EngineUnusable(RuntimeError):
    """There is no such engine, or it does not run here; the message says what to do."""
