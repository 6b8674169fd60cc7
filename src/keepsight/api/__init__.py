"""The door for what cannot wait: agencies’ systems send reports, one by one."""
