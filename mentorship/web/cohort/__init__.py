"""The pages of a cohort for those who belong to it."""
