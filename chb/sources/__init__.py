"""The outside coming in: one file per format, a checked frame and an account of it."""
