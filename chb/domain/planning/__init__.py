"""Plans and what feeds them: tactics, disruptions, intelligence, signals, partners."""
