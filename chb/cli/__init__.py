"""The command line: for analysts, and for work that runs by itself."""
