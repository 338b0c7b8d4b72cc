"""Community assets in the database."""
