"""Community assets: register, imports, engagement, timetables, reach and gaps."""
