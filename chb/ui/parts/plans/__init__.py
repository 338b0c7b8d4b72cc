"""The 4P plan."""
