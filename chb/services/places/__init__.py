"""Places: starting, moving, redrawing and joining them; gates and decisions."""
