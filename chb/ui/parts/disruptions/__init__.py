"""The running log of disruptions."""
