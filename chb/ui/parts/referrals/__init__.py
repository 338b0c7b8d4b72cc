"""Who takes referrals, and the sheet for officers."""
