"""The words of the work: places, phases, assets, locations, harm, periods.

Standard library only. No frame, database, screen, file or clock.
"""
