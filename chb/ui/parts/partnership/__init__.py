"""The stakeholder group, its meetings and pathways."""
