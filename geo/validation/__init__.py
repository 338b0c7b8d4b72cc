"""How good is a map? Scores of earlier hotspots against what happened afterwards."""
