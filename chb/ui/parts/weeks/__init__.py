"""The timetable of a week, its clashes and what a move would do."""
