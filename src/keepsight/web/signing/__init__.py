"""Between allauth, which says who somebody is, and the token, which opens the database."""
