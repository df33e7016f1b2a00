"""What she has done and tried, what others thank her for, and what she can take along."""
