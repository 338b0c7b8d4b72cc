"""A place: its phases, boundary, people and history."""
