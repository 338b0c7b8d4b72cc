"""Places, their phases, gates and decisions."""
