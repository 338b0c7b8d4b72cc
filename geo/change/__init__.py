"""What changed from period to period, per cell: panels, trends and named patterns.

A panel has shape (cells, periods). Zero means that nothing happened; NaN means that nobody
knows, because no data cover that cell in that period.
"""
