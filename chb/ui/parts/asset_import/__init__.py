"""A list of assets, from the file to the register."""
