"""Reading files in a process of its own, which can be killed and holds no key to anything."""
