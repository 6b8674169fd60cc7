"""The field’s words: kinds of event and agency, and the code sets that agencies use."""
