"""The audit log: rows chained by a keyed hash, the key and the anchors outside the database."""
