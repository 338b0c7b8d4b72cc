"""The parts of the harm map: its layers, switches and months, two maps side by side."""
