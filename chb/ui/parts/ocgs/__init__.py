"""The file of a group."""
