"""The work itself: groups, plans, disruptions, intelligence, partners."""
