"""Who is to be spoken to next, and what was said."""
