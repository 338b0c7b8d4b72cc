"""Community assets: register, sessions, contacts, and changes of many at once."""
