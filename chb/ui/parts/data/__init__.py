"""What is loaded, how good it is, and bringing in more."""
