"""Leaks planted on purpose, in the real server: what the recorder and the scanner must catch.

A server is started with ``site`` on its path and HOLDFAST_TEST_PLANT naming a file. What that
file says is drawn in place of the page of assets, by everybody who opens it.
"""
