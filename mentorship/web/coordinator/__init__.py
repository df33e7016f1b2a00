"""The coordinator's pages: today, approvals, rounds, numbers."""
