"""Which records are one person: what speaks for it, what forbids it, and what follows."""
