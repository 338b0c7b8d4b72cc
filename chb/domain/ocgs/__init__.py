"""Organised crime groups: where they are, how they are banded, who belongs."""
