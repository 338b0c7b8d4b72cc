"""Hotspots, and how far to trust them."""
