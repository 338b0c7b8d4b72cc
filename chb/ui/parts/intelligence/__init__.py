"""What must be known, and who was asked."""
