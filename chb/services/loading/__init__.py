"""Bringing data in, the sample place, and what is loaded."""
