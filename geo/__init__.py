"""Spatial mathematics of harm: numbers and frames in, numbers and frames out.

Nothing here knows a crime, a person, a database or a screen. Everything that
measures runs in a projected metric CRS and carries its unit in its name.
"""
