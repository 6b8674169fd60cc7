"""The pages by audience: each view asks its questions and hands the answers to a template."""
