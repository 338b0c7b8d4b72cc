"""What the first page of each role rests on: light questions, each held to the scope."""
