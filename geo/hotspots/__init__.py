"""Where harm is higher than chance would have it: statistics on cells, and places made of them.

Every function here works on plain arrays, one value per cell, and on who borders whom.
"""
