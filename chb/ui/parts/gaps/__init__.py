"""Unmet need, and what would meet it."""
