"""Backups on the server, and whether the store is sound."""
