"""Signing in, accounts and sessions; what must hold before the server starts."""
