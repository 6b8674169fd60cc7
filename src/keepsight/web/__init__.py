"""Pages: views by audience, presenters, templates and assets. Calls actions and queries only."""
