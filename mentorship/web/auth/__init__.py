"""Joining, signing in and out, recovery."""
