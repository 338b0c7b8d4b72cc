"""What is due for review, held, or to be disposed of."""
