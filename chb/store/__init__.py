"""The embedded store: one SQLite file for records, Parquet files for frames."""
