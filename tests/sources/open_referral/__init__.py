"""Open Referral UK as it is published."""
