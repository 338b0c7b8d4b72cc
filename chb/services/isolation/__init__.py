"""Work on files from outside, in child processes that can do little and cost little."""
