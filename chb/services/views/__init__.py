"""The one way from records to what partners and the community are shown.

Screens and exports of a view below the restricted one take their data from here and from
nowhere else.
"""
