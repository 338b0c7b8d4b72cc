"""Open Referral UK: service directories as JSON and as a package of CSV files."""
