"""Gates between intensities, and their evidence."""
