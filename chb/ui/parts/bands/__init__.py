"""Harm as partners see it."""
