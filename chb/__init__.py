"""Holdfast: harm hotspots and the Clear-Hold-Build work that answers them."""

__version__ = "0.1.0"
