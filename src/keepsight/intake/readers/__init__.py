"""From bytes to rows of text: one reader for each kind of file, hostile input refused."""
