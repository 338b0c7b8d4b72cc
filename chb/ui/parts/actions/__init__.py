"""Actions of all plans in one list."""
