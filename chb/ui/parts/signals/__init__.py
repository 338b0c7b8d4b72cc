"""What partners notice."""
