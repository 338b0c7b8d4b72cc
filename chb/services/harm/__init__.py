"""Where harm is, how far to trust it, and what it is near."""
